/** Who leaves a server profile: in this plan, and who would but has to wait. */

import { type Address, addressKey } from '../model/address.ts';
import { isRef, type Value } from '../model/value.ts';
import type { Folding } from './fold.ts';

/** Ids of the steps after which something refers to the record no more. */
export function stepsThatLeave(address: Address, { steps }: Folding): readonly string[] {
  const key = addressKey(address);
  return steps.filter(({ set }) => set.some(({ from }) => refersTo(from, key))).map(({ id }) => id);
}

/** Mailboxes that are declared to go through another profile and still go through this one after the plan. */
export function waitingToLeave(profile: Address, { state }: Folding): readonly Address[] {
  const key = addressKey(profile);
  const waiting: Address[] = [];
  for (const [position, resource] of state.resources.entries()) {
    const wanted = resource.fields.get('serverProfile')?.value;
    // Nothing moves the mail of a disabled person, now or later.
    const isDisabled = resource.actual?.mailbox?.ownerEnabled === false;
    if (wanted === undefined || isDisabled || refersTo(wanted, key)) continue;
    const { serverProfile } = state.fieldsAt(position);
    if (resource.kind === 'mailbox' && refersTo(serverProfile, key)) waiting.push(resource.address);
  }
  return waiting;
}

function refersTo(value: Value | undefined, key: string): boolean {
  return isRef(value) && addressKey(value.ref) === key;
}
