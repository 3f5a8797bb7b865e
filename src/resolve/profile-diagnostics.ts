/** The words for mailboxes and server profiles that do not go together. */

import type { Address } from '../model/address.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import { MAIL_DIRECTIONS, type UsedProfile } from './profile-use.ts';

/** Mailboxes that one place in the files brings to one profile. */
export interface Misfits {
  readonly profile: UsedProfile;
  readonly source: Source;
  /** Sorted, at least one. */
  readonly mailboxes: readonly Address[];
}

export function appointmentsNotPossible(misfits: Misfits): Diagnostic {
  const { name, type } = misfits.profile;
  return {
    ...about(misfits),
    code: 'type-forbids-appointments',
    severity: 'error',
    message: `${subject(misfits)}: appointmentsContactsTasks "server-side-sync" is not possible with "${name}", a profile of type ${type}`,
    hint: 'Write appointmentsContactsTasks: none, or use an Exchange profile. As it is the service answers 0x8005E247.',
  };
}

export function credentialsNotUsed(misfits: Misfits): Diagnostic {
  const { name, authentication } = misfits.profile;
  const ways = new Set(MAIL_DIRECTIONS.map((direction) => authentication[direction]));
  return {
    ...about(misfits),
    code: 'credentials-not-used',
    severity: 'error',
    message: `${subject(misfits)}: credentials are not used with "${name}", which authenticates by ${[...ways].join(' and ')}`,
    hint: 'Remove them, or use a profile with authentication: user-or-queue.',
  };
}

export function credentialsMissing(misfits: Misfits): Diagnostic {
  const { name } = misfits.profile;
  return {
    ...about(misfits),
    code: 'credentials-missing',
    severity: 'warning',
    message: `${subject(misfits)}: no credentials, but "${name}" authenticates by user or queue`,
    hint: 'Write credentials with username and password into the single item. Without them its tests fail with 0x8005E229.',
  };
}

export function credentialsIncomplete(misfits: Misfits): Diagnostic {
  const { name } = misfits.profile;
  return {
    ...about(misfits),
    code: 'credentials-missing',
    severity: 'warning',
    message: `${subject(misfits)}: credentials without a user name or without a password, but "${name}" authenticates by user or queue`,
    hint: 'Write credentials with username and password into the single item. As it is, its tests fail with 0x8005E209.',
  };
}

export function tooManyUsers(
  { address, name, type }: UsedProfile,
  source: Source,
  users: number,
  limit: number,
): Diagnostic {
  return {
    code: 'gmail-user-limit',
    severity: 'warning',
    address,
    source,
    message: `${users} mailboxes will use "${name}"; a profile of type ${type} serves at most ${limit} users`,
    hint: 'Give the others a second profile, with an application registration of its own.',
  };
}

/** A rule's line is about all that it covers, an item's about its mailbox. */
function about({ source, mailboxes }: Misfits): Pick<Diagnostic, 'address' | 'source'> {
  const [first = null] = mailboxes;
  return { address: source.rule === undefined && mailboxes.length === 1 ? first : null, source };
}

function subject({ mailboxes }: Misfits): string {
  const [first] = mailboxes;
  return mailboxes.length === 1 ? `${first}` : `${first} and ${mailboxes.length - 1} more`;
}
