/** The rows that a run makes for itself. Everything made is deleted at the end. */

import { randomUUID } from 'node:crypto';
import type { Client, Json } from '../../src/emulator/test-client.ts';
import { NAME_PREFIX } from './write-guard.ts';

/** No mail server answers for it (RFC 2606). */
const DOMAIN = 'mailboxctl-contract.invalid';

export type Kind = 'mailboxes' | 'emailserverprofiles';

export interface OwnRows {
  /** Unique in the environment. */
  name(): string;
  /** What a new row is made of; no method, so that it never moves mail. */
  columns(kind: Kind): Json;
  /** Makes a row; its path, such as `mailboxes(id)`. */
  make(kind: Kind, columns?: Json): Promise<string>;
  /** The path of a row that does not exist yet and may be made. */
  reserve(kind: Kind): string;
  /** From now on this path may be written and is deleted at the end; for rows that were made in a batch. */
  adopt(path: string): void;
  /** A row that somebody named: it may be written, and is never deleted. */
  lend(path: string): void;
  /** Deletes everything; the paths of rows that are still there. */
  clear(): Promise<readonly string[]>;
}

export function createOwnRows(client: Client, writable: Set<string>): OwnRows {
  const run = randomUUID().slice(0, 8);
  const made: string[] = [];
  let count = 0;

  const name = (): string => {
    count += 1;
    return `${NAME_PREFIX} ${run} ${count}`;
  };
  const columns = (kind: Kind): Json => {
    const named = { name: name() };
    if (kind === 'emailserverprofiles') return { ...named, ...PROFILE };
    return { ...named, emailaddress: `${run}-${count}@${DOMAIN}`, ...MAILBOX };
  };
  const lend = (path: string): void => {
    writable.add(path.toLowerCase());
  };
  const adopt = (path: string): void => {
    lend(path);
    made.push(path);
  };

  return {
    name,
    columns,
    lend,
    adopt,
    reserve(kind) {
      const path = `${kind}(${randomUUID()})`;
      adopt(path);
      return path;
    },
    async make(kind, more = {}) {
      const answer = await client.call('POST', kind, { ...columns(kind), ...more });
      const path = answer.headers.get('odata-entityid')?.split('/').at(-1);
      if (answer.status !== 204 || path === undefined) {
        throw new Error(`POST ${kind} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
      }
      adopt(path);
      return path;
    },
    async clear() {
      const left: string[] = [];
      for (const path of made.splice(0).reverse()) {
        const { status } = await client.call('DELETE', path);
        if (status !== 204 && status !== 404) left.push(path);
      }
      return left;
    },
  };
}

/** No direction has a method: none (0 and 2 mean that in different columns). */
const MAILBOX: Json = {
  incomingemaildeliverymethod: 0,
  outgoingemaildeliverymethod: 0,
  actdeliverymethod: 2,
};

/** POP3 and SMTP at names that do not resolve. */
const PROFILE: Json = {
  servertype: 1,
  incomingcredentialretrieval: 0,
  outgoingcredentialretrieval: 0,
  incomingserverlocation: `pop3.${DOMAIN}`,
  outgoingserverlocation: `smtp.${DOMAIN}`,
  incomingportnumber: 995,
  outgoingportnumber: 587,
};
