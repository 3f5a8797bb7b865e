/** The declared profiles by name, with what their type and their way of authenticating say about them. */

import {
  AUTHENTICATION_FACTS,
  type Authentication,
  isProfileType,
  PROFILE_TYPE_FACTS,
  type ProfileType,
  type ProfileTypeFacts,
  signsInForOutgoing,
} from '../catalogue/profile-types.ts';
import type { DeclaredResource } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { checkedProfiles } from './checked.ts';
import type { Declarations } from './rule.ts';

export interface TypedProfile {
  readonly profile: DeclaredResource;
  readonly type: ProfileType;
  readonly facts: ProfileTypeFacts;
}

export const MAIL_DIRECTIONS = ['incoming', 'outgoing'] as const;
export type MailDirection = (typeof MAIL_DIRECTIONS)[number];

export function typedProfiles(declared: Declarations): readonly TypedProfile[] {
  return checkedProfiles(declared).flatMap((profile) => {
    const type = profile.fields.get('type')?.value;
    return isProfileType(type) ? [{ profile, type, facts: PROFILE_TYPE_FACTS[type] }] : [];
  });
}

export function profilesByName(declared: Declarations): ReadonlyMap<string, TypedProfile> {
  return new Map(typedProfiles(declared).map((typed) => [foldText(typed.profile.name), typed]));
}

/** How one direction signs in: as declared, else as the type does by itself; `null` when the files leave it open. */
export function authenticationWay(
  { profile, facts }: TypedProfile,
  direction: MailDirection,
): Authentication | null {
  const way = profile.fields.get(`${direction}.authentication`)?.value ?? facts.defaultAuthentication;
  return isAuthentication(way) ? way : null;
}

/** What the profile authenticates by, in either direction; empty when the files leave it open. */
export function authenticationOf(typed: TypedProfile): ReadonlySet<Authentication> {
  const ways = MAIL_DIRECTIONS.map((direction) => authenticationWay(typed, direction));
  return new Set(ways.filter((way) => way !== null));
}

/**
 * Whether outgoing mail signs in as incoming mail does. It is off from the beginning for mail servers, not found by
 * auto-discover, and where it is declared to sign in by itself.
 */
export function sharesCredentials({ profile, type, facts }: TypedProfile): boolean {
  const declared = profile.fields.get('sameForOutgoing')?.value;
  if (typeof declared === 'boolean') return declared;
  return (
    facts.autoDiscover !== 'never' && !signsInForOutgoing(type, (field) => profile.fields.get(field)?.value)
  );
}

/** Where the type stands, for what is missing. */
export function typePlace({ profile }: TypedProfile): Source {
  return profile.fields.get('type')?.source ?? profile.source;
}

function isAuthentication(value: unknown): value is Authentication {
  return typeof value === 'string' && Object.hasOwn(AUTHENTICATION_FACTS, value);
}
