/** Secrets are kept as hashes only: enough to tell whether one is set and whether a mail server would accept it. */

import { createHash } from 'node:crypto';
import type { Cell, Row } from './odata/table.ts';

const flags: ReadonlyMap<string, string> = new Map([
  ['password', 'ispasswordset'],
  ['oauthaccesstoken', 'isoauthaccesstokenset'],
  ['oauthrefreshtoken', 'isoauthrefreshtokenset'],
  ['incomingpassword', 'isincomingpasswordset'],
  ['outgoingpassword', 'isoutgoingpasswordset'],
  ['oauthclientsecret', 'isoauthclientsecretset'],
]);

export function isSecret(column: string): boolean {
  return flags.has(column);
}

export function hashSecret(value: string): string {
  return `sha256:${createHash('sha256').update(`embedded-dataverse\n${value}`).digest('hex')}`;
}

/** The columns to store for a written secret: its hash and its flag. Null and empty text clear it. */
export function storeSecret(column: string, value: Cell): Row {
  const flag = flags.get(column) ?? '';
  if (typeof value !== 'string' || value === '') return { [column]: null, [flag]: false };
  return { [column]: hashSecret(value), [flag]: true };
}
