/**
 * Which e-mail address an approval vouches for. An approval is for an address, not for a record: else whoever edits
 * a queue's address would have the nightly run approve the chief's inbox.
 */

import type { Observed } from '../model/snapshot.ts';
import { sameText } from '../model/value.ts';
import { rulePatternMatches } from './match-rule.ts';
import type { MergedField } from './merge-layers.ts';

/** The vouched address, or `null` when nothing in the configuration proves one. */
export function vouchedAddress(approved: MergedField, actual: Observed | null): string | null {
  const { rule, fields } = approved.layer;
  if (rule === null) {
    const declared = fields.get('emailAddress')?.value;
    if (typeof declared === 'string') return declared;
    return signInAddress(actual);
  }
  const own = signInAddress(actual);
  return own !== null && rulePatternMatches(rule, own) ? own : null;
}

/** A person's address that equals the sign-in name, which only the directory's administrators can change. */
function signInAddress(actual: Observed | null): string | null {
  const mailbox = actual?.mailbox ?? null;
  if (mailbox === null || mailbox.sort !== 'user' || mailbox.signIn === null || mailbox.emailAddress === null)
    return null;
  return sameText(mailbox.signIn, mailbox.emailAddress) ? mailbox.emailAddress : null;
}
