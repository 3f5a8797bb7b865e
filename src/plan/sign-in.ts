/**
 * Mailboxes whose user has to sign in to the mail server in person before a test can succeed: each user of a profile
 * that authenticates with Gmail OAuth (Microsoft Learn, "Connect Gmail accounts by using OAuth 2.0").
 */

import { AUTHENTICATION_FACTS } from '../catalogue/authentication-facts.ts';
import { type FieldValues, isRef } from '../model/value.ts';
import type { Folding } from './fold.ts';
import type { Predicted } from './predicted.ts';

export function needsSignIn(predicted: Predicted, folding: Folding): boolean {
  if (predicted.fields.signedIn === true) return false;
  const profile = profileFields(predicted, folding);
  return ['incoming', 'outgoing'].some((direction) => signsIn(profile[`${direction}.authentication`]));
}

function signsIn(authentication: unknown): boolean {
  return Object.entries(AUTHENTICATION_FACTS).some(
    ([name, facts]) => name === authentication && facts.needsSignIn,
  );
}

/** Of the profile that the mailbox will go through. */
function profileFields({ fields }: Predicted, { state, observed }: Folding): FieldValues {
  const { serverProfile } = fields;
  if (!isRef(serverProfile)) return {};
  return (state.get(serverProfile.ref) ?? observed.get(serverProfile.ref))?.fields ?? {};
}
