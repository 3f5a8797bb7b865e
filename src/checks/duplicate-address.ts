/** One e-mail address, one mailbox: advice that only the environment shows broken. */

import { addressKey } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { compareText, foldText } from '../model/value.ts';
import type { Check, CheckFinding, SeenEnvironment, Together } from './check.ts';
import { itemOf, managedByAddress, observedMailboxes, plannedAddress } from './subjects.ts';

export const duplicateAddress: Check = {
  id: 'duplicate-address',
  title: 'One mailbox for each e-mail address',
  why: 'One Exchange mailbox synchronizes with one mailbox record; of several with its address some stand still, and which ones nobody knows (Microsoft Learn, "Server-side synchronization").',
  severity: 'warning',
  find: ({ config, seen }) => (seen === null ? [] : duplicates(config, seen)),
};

function duplicates({ environment }: Config, seen: SeenEnvironment): readonly CheckFinding[] {
  const managed = managedByAddress(seen);
  const together: Together = {
    source: environment.source,
    message: (count) => `${count} mailboxes share their e-mail address with another one`,
  };
  return [...byEmailAddress(seen)].flatMap(([, sharing]) => {
    if (sharing.length < 2) return [];
    return sharing.map((observed) => {
      const resource = managed.get(addressKey(observed.address));
      const others = sharing
        .filter((other) => other !== observed)
        .map(({ address }) => address)
        .sort(compareText);
      return {
        address: observed.address,
        source: resource === undefined ? null : itemOf(resource),
        message: `its e-mail address is also that of ${others.join(', ')}`,
        hint: 'Give each mailbox an address of its own, or deactivate the other one.',
        together,
      };
    });
  });
}

/** By the address that each will have. */
function byEmailAddress(seen: SeenEnvironment): ReadonlyMap<string, readonly Observed[]> {
  const managed = managedByAddress(seen);
  const sharing = new Map<string, Observed[]>();
  for (const observed of observedMailboxes(seen)) {
    const resource = managed.get(addressKey(observed.address));
    const emailAddress =
      resource === undefined ? (observed.mailbox?.emailAddress ?? null) : plannedAddress(resource);
    if (emailAddress === null) continue;
    const key = foldText(emailAddress);
    const known = sharing.get(key);
    if (known === undefined) sharing.set(key, [observed]);
    else known.push(observed);
  }
  return sharing;
}
