/** Own credentials of a mailbox: complete, and only where its profile uses them. */

import type { DeclaredResource } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { checkedMailboxes } from './checked.ts';
import { authenticationOf, profilesByName, type TypedProfile } from './declared-profile.ts';
import { effective, profileNameOf } from './effective.ts';
import { type Declarations, found } from './rule.ts';

/** 0x8005E209 MailboxCredentialNotSpecified. */
export function credentialsAreComplete(declared: Declarations): readonly Diagnostic[] {
  return checkedMailboxes(declared).flatMap(({ address, fields }) => {
    const credentials = fields.get('credentials');
    const missing = ['username', 'password'].filter((key) => !fields.has(`credentials.${key}`));
    if (credentials?.value !== 'allowed' || missing.length === 0) return [];
    return [
      found('error', 'credentials-incomplete', {
        address,
        source: credentials.source,
        message: `credentials lack ${missing.join(' and ')}; both username and password are required`,
        hint: 'Write credentials: { username: …, password: { env: NAME } }. Without both the service answers 0x8005E209.',
      }),
    ];
  });
}

/** 0x8005E229 CannotUseUserCredentials is what a test of such a mailbox can end with. */
export function credentialsAreUsed(declared: Declarations): readonly Diagnostic[] {
  return withProfile(declared, ({ address, fields }, typed) => {
    const credentials = fields.get('credentials');
    const ways = authenticationOf(typed);
    if (credentials?.value !== 'allowed' || ways.size === 0 || ways.has('user-or-queue')) return [];
    return [
      found('error', 'credentials-not-used', {
        address,
        source: credentials.source,
        message: `credentials are not used with "${typed.profile.name}", which authenticates by ${[...ways].join(' and ')}`,
        hint: 'Remove them, or use a profile with authentication: user-or-queue.',
      }),
    ];
  });
}

/** 0x8005E229 CannotUseUserCredentials. */
export function credentialsAreNotForbidden(declared: Declarations): readonly Diagnostic[] {
  return withProfile(declared, ({ address, fields }, typed) => {
    const credentials = fields.get('credentials');
    if (credentials?.value !== 'none' || !authenticationOf(typed).has('user-or-queue')) return [];
    return [
      found('warning', 'credentials-missing', {
        address,
        source: credentials.source,
        message: `credentials are "none", but "${typed.profile.name}" authenticates by user or queue`,
        hint: 'Write username and password. Its tests will fail with 0x8005E229.',
      }),
    ];
  });
}

function withProfile(
  declared: Declarations,
  check: (item: DeclaredResource, typed: TypedProfile) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const profiles = profilesByName(declared);
  return checkedMailboxes(declared).flatMap((item) => {
    const name = profileNameOf(effective(item, 'serverProfile', declared));
    const typed = name === null ? undefined : profiles.get(foldText(name));
    return typed === undefined ? [] : check(item, typed);
  });
}
