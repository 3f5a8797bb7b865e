/** What a configuration asks for, as far as rights are concerned. Knows fields and sorts, no privilege. */

import type { Config, DeclaredResource } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';

export type Asked =
  | 'profiles'
  | 'profile-creation'
  | 'profile-deletion'
  | 'settings'
  | 'mailboxes'
  | 'user-mailboxes'
  | 'queue-mailboxes'
  | 'forward-creation'
  | 'forward-deletion'
  /** Mailboxes are given a server profile. */
  | 'profile-of-mailboxes'
  /** An e-mail address of users is changed or approved. */
  | 'user-addresses'
  | 'queue-addresses'
  | 'approvals';

/** Fields that are written on the user or queue behind a mailbox. */
const OWNER_FIELDS: readonly string[] = ['emailAddress', 'approved'];
const PROFILE_FIELDS: readonly string[] = ['serverProfile', 'applyDefaultEmailSettings'];

/** From the files alone, since an environment that shows nothing resolves to nothing; what exists is told by `desired`. */
export function askedOf(config: Config, desired: Desired): ReadonlySet<Asked> {
  const asked = new Set<Asked>();
  if (config.profiles.length > 0) asked.add('profiles');
  if (config.settings !== null) askSettings(config.settings, asked);
  for (const { match, fields } of config.rules) {
    for (const sort of match.mailboxOf ?? (['user', 'queue'] as const)) askMailbox(sort, fields, asked);
  }
  for (const { sort, fields } of config.mailboxes) askMailbox(sort, fields, asked);
  if (config.environment.mail !== null) asked.add('mailboxes');
  for (const { kind, actual, absent } of desired.resources) {
    if (kind === 'settings') continue;
    if (absent && actual !== null) asked.add(kind === 'profile' ? 'profile-deletion' : 'forward-deletion');
    if (!absent && actual === null) asked.add(kind === 'profile' ? 'profile-creation' : 'forward-creation');
  }
  return asked;
}

function askSettings({ fields }: DeclaredResource, asked: Set<Asked>): void {
  asked.add('settings');
  if ([...fields.keys()].some((key) => key.startsWith('onlyApproved.'))) asked.add('approvals');
}

function askMailbox(
  sort: DeclaredResource['sort'],
  fields: DeclaredResource['fields'],
  asked: Set<Asked>,
): void {
  asked.add('mailboxes');
  if (sort === 'user' || sort === 'queue') {
    asked.add(`${sort}-mailboxes`);
    if (OWNER_FIELDS.some((key) => fields.has(key))) asked.add(`${sort}-addresses`);
  }
  if (PROFILE_FIELDS.some((key) => fields.has(key))) asked.add('profile-of-mailboxes');
  if (fields.has('approved')) asked.add('approvals');
}
