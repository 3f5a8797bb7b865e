/** The declared profiles by name, with what their type says about them. */

import {
  type Authentication,
  isProfileType,
  PROFILE_TYPE_FACTS,
  type ProfileType,
  type ProfileTypeFacts,
} from '../catalogue/profile-types.ts';
import type { DeclaredResource } from '../model/config.ts';
import { foldText } from '../model/value.ts';
import type { Declarations } from './rule.ts';

export interface TypedProfile {
  readonly profile: DeclaredResource;
  readonly type: ProfileType;
  readonly facts: ProfileTypeFacts;
}

export const MAIL_DIRECTIONS = ['incoming', 'outgoing'] as const;

export function typedProfiles({ profiles }: Declarations): readonly TypedProfile[] {
  return profiles.flatMap((profile) => {
    const type = profile.fields.get('type')?.value;
    return isProfileType(type) ? [{ profile, type, facts: PROFILE_TYPE_FACTS[type] }] : [];
  });
}

export function profilesByName(declared: Declarations): ReadonlyMap<string, TypedProfile> {
  return new Map(typedProfiles(declared).map((typed) => [foldText(typed.profile.name), typed]));
}

/** What the profile authenticates by, in either direction; empty when the files leave it open. */
export function authenticationOf({ profile, facts }: TypedProfile): ReadonlySet<string> {
  const ways = MAIL_DIRECTIONS.map(
    (direction) => profile.fields.get(`${direction}.authentication`)?.value ?? facts.defaultAuthentication,
  );
  return new Set(ways.filter((way): way is Authentication => typeof way === 'string'));
}
