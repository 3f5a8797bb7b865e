/** How many mailboxes will use each profile, where its type serves only so many (Microsoft Learn, "Connect Gmail accounts by using OAuth 2.0"). */

import { isProfileType, PROFILE_TYPE_FACTS } from '../catalogue/profile-types.ts';
import { addressKey } from '../model/address.ts';
import { AddressIndex } from '../model/address-index.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { ofKind } from '../model/of-kind.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import type { ResourceIndex } from './find-resource.ts';
import { tooManyUsers } from './profile-diagnostics.ts';
import { isSynchronized, MAIL_DIRECTIONS, type UsedProfile, usedProfiles } from './profile-use.ts';

type Mailbox = Pick<DesiredResource, 'fields' | 'actual'>;

const NO_FIELDS: DesiredResource['fields'] = new Map();

/** One for each profile that has too many and that the configuration speaks of, whoever manages its mailboxes. */
export function crowdedProfiles(
  resources: readonly DesiredResource[],
  index: ResourceIndex,
  snapshot: Snapshot,
): readonly Diagnostic[] {
  if (!hasLimitedProfile(resources, snapshot)) return [];
  const declared = new AddressIndex(resources);
  return [...usersOf(resources, index, snapshot).values()].flatMap(({ profile, mailboxes }) => {
    const limit = limitOf(profile);
    if (limit === null || mailboxes.length <= limit) return [];
    const referring = mailboxes.flatMap(({ fields }) => fields.get('serverProfile') ?? []);
    const source = declared.get(profile.address)?.source ?? referring[0]?.source;
    return source === undefined ? [] : [tooManyUsers(profile, source, mailboxes.length, limit)];
  });
}

function limitOf({ type }: Pick<UsedProfile, 'type'>): number | null {
  return type === null ? null : PROFILE_TYPE_FACTS[type].maxUsers;
}

/** Most environments have none, and nobody has to be counted. */
function hasLimitedProfile(resources: readonly DesiredResource[], snapshot: Snapshot): boolean {
  const isLimited = (type: Value | undefined): boolean => isProfileType(type) && limitOf({ type }) !== null;
  return (
    ofKind(resources, 'profile').some(({ fields }) => isLimited(fields.get('type')?.value)) ||
    ofKind(snapshot.resources, 'profile').some(({ fields }) => isLimited(fields.type))
  );
}

function usersOf(
  resources: readonly DesiredResource[],
  index: ResourceIndex,
  snapshot: Snapshot,
): ReadonlyMap<string, { readonly profile: UsedProfile; readonly mailboxes: readonly Mailbox[] }> {
  const profileOf = usedProfiles(resources, index);
  const users = new Map<string, { readonly profile: UsedProfile; readonly mailboxes: Mailbox[] }>();
  for (const mailbox of mailboxesOf(resources, snapshot)) {
    const profile = profileOf(mailbox);
    if (profile === null || limitOf(profile) === null) continue;
    if (!MAIL_DIRECTIONS.some((direction) => isSynchronized(mailbox, direction))) continue;
    const key = addressKey(profile.address);
    const known = users.get(key);
    if (known === undefined) users.set(key, { profile, mailboxes: [mailbox] });
    else known.mailboxes.push(mailbox);
  }
  return users;
}

/** Those that are managed, by address, and the others. */
function mailboxesOf(resources: readonly DesiredResource[], snapshot: Snapshot): readonly Mailbox[] {
  const managed = resources.filter(({ kind, absent }) => kind === 'mailbox' && !absent);
  const known = new Set<Observed | null>(resources.map(({ actual }) => actual));
  const others = snapshot.resources.filter((observed) => observed.kind === 'mailbox' && !known.has(observed));
  return [...managed, ...others.map((actual) => ({ fields: NO_FIELDS, actual }))];
}
