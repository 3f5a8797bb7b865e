/** What guards ask about the whole environment, managed or not, before and after the plan. */

import { addressKey, SETTINGS_ADDRESS } from '../../model/address.ts';
import type { Observed } from '../../model/snapshot.ts';
import { type FieldValues, isRef } from '../../model/value.ts';
import type { Folding } from '../fold.ts';

/** What a resource is now. */
export function fieldsBefore(address: string, { observed }: Folding): FieldValues {
  return observed.get(addressKey(address))?.fields ?? {};
}

/** What a resource will be after the plan; what it is where nothing manages it. */
export function fieldsAfter(address: string, folding: Folding): FieldValues {
  return folding.state.get(address)?.fields ?? fieldsBefore(address, folding);
}

export function mailboxesThere({ context }: Folding): readonly Observed[] {
  return context.snapshot.resources.filter(({ kind }) => kind === 'mailbox');
}

/** All mailboxes that go through a profile after the plan, managed or not. */
export function usersOfProfile(profile: string, folding: Folding): readonly string[] {
  const key = addressKey(profile);
  return mailboxesThere(folding)
    .map(({ address }) => address)
    .filter((address) => {
      const { serverProfile } = fieldsAfter(address, folding);
      return isRef(serverProfile) && addressKey(serverProfile.ref) === key;
    });
}

/** Whether mailboxes of new users and queues go through it after the plan. */
export function isDefaultProfile(profile: string, folding: Folding): boolean {
  const byDefault = fieldsAfter(SETTINGS_ADDRESS, folding)['newMailboxes.serverProfile'];
  return isRef(byDefault) && addressKey(byDefault.ref) === addressKey(profile);
}
