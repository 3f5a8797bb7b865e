/** Advice on server profiles and on the mailboxes that use them. */

import { testedDirections } from '../catalogue/mailbox-tests.ts';
import { type Address, addressKey } from '../model/address.ts';
import { AddressIndex } from '../model/address-index.ts';
import type { Config } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import { isEngineIdentity } from '../model/engine-identity.ts';
import { ofKind } from '../model/of-kind.ts';
import type { Observed } from '../model/snapshot.ts';
import { isRef } from '../model/value.ts';
import type { Check, CheckFinding, SeenEnvironment, Together } from './check.ts';
import { activeMailboxes, declaredText, kept, placeOf, plannedProfile } from './subjects.ts';

const EXCHANGE_ONLINE = 'exchange-online';

export const exchangeOnline: Check = {
  id: 'exchange-online',
  title: 'Exchange Online where possible',
  why: 'In the same tenant it needs no credentials at all, and only Exchange synchronizes appointments, contacts and tasks (Microsoft Learn, "Supported email service configurations for server-side synchronization").',
  severity: 'info',
  find: ({ config, seen }) => [
    ...defaultProfileOfAnotherType(config),
    ...(seen === null ? [] : licensedElsewhere(seen)),
  ],
};

function defaultProfileOfAnotherType({ settings, profiles }: Config): readonly CheckFinding[] {
  const field = settings?.fields.get('newMailboxes.serverProfile');
  if (settings === null || field === undefined || !isRef(field.value)) return [];
  const key = addressKey(field.value.ref);
  const declared = kept(profiles);
  const type = declared
    .filter(({ address }) => addressKey(address) === key)
    .map(({ fields }) => declaredText(fields, 'type'))[0];
  const online = declared.find(({ fields }) => declaredText(fields, 'type') === EXCHANGE_ONLINE);
  if (type === undefined || type === null || type === EXCHANGE_ONLINE || online === undefined) return [];
  return [
    {
      address: settings.address,
      source: field.source,
      message: `newMailboxes.serverProfile is of type ${type}, although the configuration has "${online.name}" of type ${EXCHANGE_ONLINE}`,
      hint: `Write serverProfile: ${online.name}, unless new mailboxes lie on another server.`,
    },
  ];
}

/** People with a licence whose mail goes through another server although Exchange Online is set up. */
function licensedElsewhere(seen: SeenEnvironment): readonly CheckFinding[] {
  const types = profileTypes(seen);
  const known = [...types.values()];
  // Where all profiles are of that type, nobody goes through another.
  if (!known.includes(EXCHANGE_ONLINE) || known.every((type) => type === EXCHANGE_ONLINE)) return [];
  const together = (count: number): string =>
    `${count} people with a licence use another server profile than one of type ${EXCHANGE_ONLINE}`;
  return activeMailboxes(seen).flatMap((resource) => {
    if (resource.actual?.mailbox?.licensed !== true) return [];
    const profile = plannedProfile(resource);
    const type = profile === null ? undefined : types.get(addressKey(profile));
    if (type === undefined || type === EXCHANGE_ONLINE) return [];
    return [
      {
        address: resource.address,
        source: placeOf(resource, 'serverProfile'),
        message: `the person has a licence, and the server profile is of type ${type}`,
        hint: 'Use the profile of type exchange-online if the mailbox lies there.',
        together,
      },
    ];
  });
}

/** Types of the active profiles, as they will be. */
function profileTypes({ snapshot, desired }: SeenEnvironment): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const { address, fields } of ofKind(snapshot.resources, 'profile')) {
    if (fields.state !== 'inactive' && typeof fields.type === 'string')
      types.set(addressKey(address), fields.type);
  }
  for (const { address, fields, absent } of ofKind(desired.resources, 'profile')) {
    const type = declaredText(fields, 'type');
    if (absent || fields.get('state')?.value === 'inactive') types.delete(addressKey(address));
    else if (type !== null) types.set(addressKey(address), type);
  }
  return types;
}

export const testOlderThanProfile: Check = {
  id: 'test-older-than-profile',
  title: 'Tests newer than the profile',
  why: 'A test before the last change of the server profile proves nothing about how the profile is now (Microsoft Learn, "Connect to Exchange Online", test the configuration of mailboxes).',
  severity: 'info',
  find: ({ seen }) => (seen === null ? [] : olderTests(seen)),
};

function olderTests(seen: SeenEnvironment): readonly CheckFinding[] {
  const changes = profileChanges(seen);
  if (changes.size === 0) return [];
  return activeMailboxes(seen).flatMap((resource) => {
    const { actual, fields } = resource;
    const profile = plannedProfile(resource);
    const change = profile === null ? undefined : changes.get(addressKey(profile));
    const tested = actual?.fields['tests.completedOn'];
    if (actual === null || change === undefined || typeof tested !== 'string') return [];
    if (fields.get('testAndEnable')?.value !== true || testedDirections(actual.fields).length === 0)
      return [];
    if (Date.parse(tested) >= Date.parse(change.on)) return [];
    return [
      {
        address: resource.address,
        source: change.source ?? placeOf(resource, 'testAndEnable'),
        message: `the last test is older than the last change of the server profile "${change.name}" (${change.on})`,
        hint: `Test again: mailboxctl plan --retest "${change.address}"`,
        together: change.together,
      },
    ];
  });
}

interface ProfileChange {
  readonly address: Address;
  readonly name: string;
  readonly on: string;
  /** Where the profile is declared; `null` where it is not. */
  readonly source: Source | null;
  readonly together: Together;
}

/** When people changed profiles last. What the engine writes into a profile proves no change of a setting. */
function profileChanges({ snapshot, desired }: SeenEnvironment): ReadonlyMap<string, ProfileChange> {
  const declared = new AddressIndex(desired.resources);
  const changes = new Map<string, ProfileChange>();
  for (const observed of ofKind(snapshot.resources, 'profile')) {
    const { address, modified } = observed;
    if (modified.on === null || modified.by === null) continue;
    if (isEngineIdentity(modified.by)) continue;
    const name = profileName(observed);
    const source = declared.get(address)?.source ?? null;
    const { on, by } = modified;
    const together = (count: number): string =>
      `${count} mailboxes were last tested before ${by} changed the server profile "${name}" (${on})`;
    changes.set(addressKey(address), { address, name, on, source, together });
  }
  return changes;
}

function profileName({ address }: Observed): string {
  return address.slice('profile:'.length);
}
