/** Guards of whose mail is processed, and which mail flows in. */

import type { Folding } from '../fold.ts';
import { addressesOf, type Hit, hit } from './guard.ts';

export function approvalOff({ steps }: Folding): Hit | null {
  const off = steps.filter(
    ({ verb, set }) => verb === 'approval-policy' && set.some(({ to }) => to === false),
  );
  return hit(
    addressesOf(off),
    () => 'Mail will also be processed for addresses that nobody approved; Microsoft does not recommend it',
  );
}

/** Also where the plan gives it a new address first, after which the status is not known. */
export function approveRejected({ steps, state }: Folding): Hit | null {
  const rejected = steps.filter(
    ({ verb, address }) =>
      verb === 'approve' && state.get(address)?.resource.actual?.fields.approved === 'rejected',
  );
  return hit(addressesOf(rejected), (count) => `Approved although a person rejected them: ${count}`);
}

/** All mail of an address on a personal queue flows into Dataverse. */
export function personalQueueAddress({ steps, state }: Folding): Hit | null {
  const personal = steps.filter(({ address, set }) => {
    const mailbox = state.get(address)?.resource.actual?.mailbox ?? null;
    return (
      mailbox?.personalQueue === true && set.some(({ field, to }) => field === 'emailAddress' && to !== null)
    );
  });
  return hit(
    addressesOf(personal),
    (count) => `Personal queues that get an e-mail address, and with it all its mail: ${count}`,
  );
}
