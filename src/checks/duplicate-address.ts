/** One e-mail address, one mailbox: advice that only the environment shows broken. */

import type { Config } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { compareText, foldText } from '../model/value.ts';
import type { Check, CheckFinding, SeenEnvironment } from './check.ts';
import { addressToBe, managedResources, observedMailboxes, placeOf } from './subjects.ts';

export const duplicateAddress: Check = {
  id: 'duplicate-address',
  title: 'One mailbox for each e-mail address',
  why: 'One Exchange mailbox synchronizes with one mailbox record; of several with its address some stand still, and which ones nobody knows (Microsoft Learn, "Server-side synchronization").',
  severity: 'warning',
  find: ({ config, seen }) => (seen === null ? [] : duplicates(config, seen)),
};

function duplicates({ environment }: Config, seen: SeenEnvironment): readonly CheckFinding[] {
  const managed = managedResources(seen);
  const together = (count: number): string =>
    `${count} mailboxes share their e-mail address with another one`;
  return [...byEmailAddress(seen)].flatMap(([, sharing]) => {
    if (sharing.length < 2) return [];
    return sharing.map((observed) => {
      const resource = managed(observed);
      const others = sharing
        .filter((other) => other !== observed)
        .map(({ address }) => address)
        .sort(compareText);
      return {
        address: observed.address,
        source: resource === undefined ? environment.source : placeOf(resource, 'emailAddress'),
        message: `its e-mail address is also that of ${others.join(', ')}`,
        hint: 'Give each mailbox an address of its own, or deactivate the other one.',
        together,
      };
    });
  });
}

/** By the address that each will have. */
function byEmailAddress(seen: SeenEnvironment): ReadonlyMap<string, readonly Observed[]> {
  const managed = managedResources(seen);
  const sharing = new Map<string, Observed[]>();
  for (const observed of observedMailboxes(seen)) {
    const emailAddress = addressToBe(observed, managed(observed));
    if (emailAddress === null) continue;
    const key = foldText(emailAddress);
    const known = sharing.get(key);
    if (known === undefined) sharing.set(key, [observed]);
    else known.push(observed);
  }
  return sharing;
}
