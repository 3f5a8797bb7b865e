/** What guards ask about the whole environment, managed or not, before and after the plan. */

import { addressKey, SETTINGS_ADDRESS } from '../../model/address.ts';
import { ofKind } from '../../model/of-kind.ts';
import type { Observed } from '../../model/snapshot.ts';
import { type FieldValues, isRef } from '../../model/value.ts';
import type { Folding } from '../fold.ts';

/** What a resource is now. */
export function fieldsBefore(address: string, { observed }: Folding): FieldValues {
  return observed.get(address)?.fields ?? {};
}

/** What a resource will be after the plan; what it is where nothing manages it. */
export function fieldsAfter(address: string, folding: Folding): FieldValues {
  return folding.state.fieldsOf(address) ?? fieldsBefore(address, folding);
}

export function mailboxesThere({ context }: Folding): readonly Observed[] {
  return ofKind(context.snapshot.resources, 'mailbox');
}

const users = new WeakMap<Folding['state'], ReadonlyMap<string, readonly string[]>>();

/** All mailboxes that go through a profile after the plan, managed or not. */
export function usersOfProfile(profile: string, folding: Folding): readonly string[] {
  const { state } = folding;
  const known = users.get(state) ?? usersByProfile(folding);
  users.set(state, known);
  return known.get(addressKey(profile)) ?? [];
}

function usersByProfile(folding: Folding): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { address } of mailboxesThere(folding)) {
    const { serverProfile } = fieldsAfter(address, folding);
    if (!isRef(serverProfile)) continue;
    const key = addressKey(serverProfile.ref);
    const own = found.get(key);
    if (own === undefined) found.set(key, [address]);
    else own.push(address);
  }
  return found;
}

/** Whether mailboxes of new users and queues go through it after the plan. */
export function isDefaultProfile(profile: string, folding: Folding): boolean {
  const byDefault = fieldsAfter(SETTINGS_ADDRESS, folding)['newMailboxes.serverProfile'];
  return isRef(byDefault) && addressKey(byDefault.ref) === addressKey(profile);
}
