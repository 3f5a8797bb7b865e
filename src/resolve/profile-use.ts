/** Who uses which server profile, both as they will be: as declared, else as they are. Says nothing about whether that is right. */

import { SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import {
  AUTHENTICATION_FACTS,
  type Authentication,
  isProfileType,
  PROFILE_TYPE_FACTS,
  type ProfileType,
} from '../catalogue/profile-types.ts';
import type { Address } from '../model/address.ts';
import { AddressIndex } from '../model/address-index.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { FieldValues } from '../model/value.ts';
import { isRef, type Value } from '../model/value.ts';
import type { ResourceIndex } from './find-resource.ts';

export const MAIL_DIRECTIONS = ['incoming', 'outgoing'] as const;
export type MailDirection = (typeof MAIL_DIRECTIONS)[number];

export interface UsedProfile {
  readonly address: Address;
  readonly name: string;
  /** `null`: not known. */
  readonly type: ProfileType | null;
  /** How each direction signs in; `null`: not known. */
  readonly authentication: Readonly<Record<MailDirection, Authentication | null>>;
}

type Holder = Pick<DesiredResource, 'fields' | 'actual'>;

export function planned({ fields, actual }: Holder, key: string): Value {
  return fields.get(key)?.value ?? actual?.fields[key] ?? null;
}

/** Whether the mailbox will move mail through its profile in this direction. */
export function isSynchronized(mailbox: Holder, direction: string): boolean {
  return planned(mailbox, 'state') !== 'inactive' && planned(mailbox, direction) === SERVER_SIDE_SYNC;
}

/** The profile that a mailbox will have; `null` where it has none or nothing is known of it. */
export function usedProfiles(
  resources: readonly DesiredResource[],
  index: ResourceIndex,
): (mailbox: Holder) => UsedProfile | null {
  const declared = new AddressIndex(resources);
  const known = new Map<Address, UsedProfile>();
  return (mailbox) => {
    const profile = planned(mailbox, 'serverProfile');
    if (!isRef(profile)) return null;
    const { ref } = profile;
    const used =
      known.get(ref) ??
      usedProfile(ref, declared.get(ref) ?? { fields: new Map(), actual: index.get(ref) ?? null });
    known.set(ref, used);
    return used;
  };
}

function usedProfile(address: Address, profile: Holder): UsedProfile {
  const type = planned(profile, 'type');
  const name = planned(profile, 'name');
  const known = isProfileType(type) ? type : null;
  const incoming = authentication(profile, 'incoming', known);
  const shares = planned(profile, 'sameForOutgoing') === true;
  const outgoing = shares ? incoming : authentication(profile, 'outgoing', known);
  return {
    address,
    name: typeof name === 'string' ? name : address,
    type: known,
    authentication: { incoming, outgoing },
  };
}

function authentication(
  profile: Holder,
  direction: MailDirection,
  type: ProfileType | null,
): Authentication | null {
  const way = planned(profile, `${direction}.authentication`) ?? defaultOf(profile.actual?.fields, type);
  return isAuthentication(way) ? way : null;
}

/** A profile that is created begins as its type does by itself. */
function defaultOf(actual: FieldValues | undefined, type: ProfileType | null): Authentication | null {
  return actual !== undefined || type === null ? null : PROFILE_TYPE_FACTS[type].defaultAuthentication;
}

function isAuthentication(value: Value): value is Authentication {
  return typeof value === 'string' && Object.hasOwn(AUTHENTICATION_FACTS, value);
}
