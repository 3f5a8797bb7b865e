/**
 * The environment's mail ceiling, which comes after everything else: a mailbox whose address it does not allow moves
 * no mail, whatever items and rules ask for.
 */

import { DIRECTIONS } from '../catalogue/methods.ts';
import type { Declared, DeclaredFields, MailCeiling } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import type { Observed } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';
import { textTest } from './match-keys.ts';

export interface Ceiling {
  readonly source: Source;
  /** It reaches mailboxes that nothing else covers. */
  readonly reachesOthers: boolean;
  /** The address that is declared counts, else the one that is there; a mailbox without any is outside. */
  readonly isOutside: (fields: DeclaredFields, actual: Observed | null) => boolean;
}

export function compileCeiling(mail: MailCeiling | null): Ceiling | null {
  if (mail === null) return null;
  const allows = textTest(mail.allow);
  return {
    source: mail.source,
    reachesOthers: mail.others === 'none',
    isOutside: (fields, actual) => {
      const emailAddress = fields.get('emailAddress')?.value ?? actual?.mailbox?.emailAddress ?? null;
      return typeof emailAddress !== 'string' || !allows(foldText(emailAddress));
    },
  };
}

/** No method, no approval, no test; everything else stays as it is declared. */
export function capped(fields: DeclaredFields, { source }: Ceiling): ReadonlyMap<string, Declared> {
  const capped = new Map(fields);
  if (capped.get('approved')?.value === true) capped.delete('approved');
  capped.delete('testAndEnable');
  capped.delete('syncFromThisOrganizationOnly');
  for (const direction of DIRECTIONS) capped.set(direction, { value: 'none', source });
  return capped;
}
