/**
 * Which e-mail address an approval vouches for. An approval is for an address, not for a record: else whoever edits
 * a queue's address would have the nightly run approve the chief's inbox.
 */

import type { DeclaredFields } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { sameText } from '../model/value.ts';
import type { MergedField } from './merge-layers.ts';

/** The vouched address, or `null` when nothing in the configuration proves one. `fields` are those of the mailbox. */
export function vouchedAddress(
  approved: MergedField,
  fields: DeclaredFields,
  actual: Observed | null,
): string | null {
  const { rule, fields: own } = approved.layer;
  const beside = own.get('emailAddress')?.value;
  if (rule === null && typeof beside === 'string') return beside;
  const signIn = signInAddress(fields, actual);
  if (rule === null || signIn === null) return signIn;
  return rule.vouchesFor(signIn) ? signIn : null;
}

/**
 * A person's address that equals the sign-in name, which only the directory's administrators can change. Where an
 * address is declared it is the one that the mailbox will have when it is approved.
 */
function signInAddress(fields: DeclaredFields, actual: Observed | null): string | null {
  const mailbox = actual?.mailbox ?? null;
  if (mailbox === null || mailbox.sort !== 'user' || mailbox.signIn === null) return null;
  const emailAddress = fields.get('emailAddress')?.value ?? mailbox.emailAddress;
  if (typeof emailAddress !== 'string') return null;
  return sameText(mailbox.signIn, emailAddress) ? emailAddress : null;
}
