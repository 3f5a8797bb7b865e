/** One e-mail address, one mailbox: advice that only the environment shows broken. */

import type { Config } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { compareText, foldText } from '../model/value.ts';
import type { Check, CheckFinding, SeenEnvironment } from './check.ts';
import { addressesToBe, managedResources, observedMailboxes, placeOf } from './subjects.ts';

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
  return sharedAddresses(seen).flatMap((sharing) =>
    sharing.map((observed) => {
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
    }),
  );
}

/** Mailboxes that will have one address, where they are several; as the first of each comes. */
function sharedAddresses(seen: SeenEnvironment): readonly (readonly Observed[])[] {
  const keyOf = keyFinder(seen);
  const shared = repeatedAddresses(seen, keyOf);
  if (shared.size === 0) return [];
  const sharing = new Map<string, Observed[]>();
  for (const observed of observedMailboxes(seen)) {
    const key = keyOf(observed);
    if (key === null || !shared.has(key)) continue;
    const known = sharing.get(key);
    if (known === undefined) sharing.set(key, [observed]);
    else known.push(observed);
  }
  return [...sharing.values()];
}

/** Most environments have none: then nothing is kept of each mailbox. */
function repeatedAddresses(seen: SeenEnvironment, keyOf: KeyFinder): ReadonlySet<string> {
  const met = new Set<string>();
  const repeated = new Set<string>();
  for (const observed of observedMailboxes(seen)) {
    const key = keyOf(observed);
    if (key === null) continue;
    if (met.has(key)) repeated.add(key);
    else met.add(key);
  }
  return repeated;
}

/** The address that a mailbox will have, in the form in which addresses are compared. */
type KeyFinder = (observed: Observed) => string | null;

function keyFinder(seen: SeenEnvironment): KeyFinder {
  const addressOf = addressesToBe(seen);
  return (observed) => {
    const emailAddress = addressOf(observed);
    return emailAddress === null ? null : foldText(emailAddress);
  };
}
