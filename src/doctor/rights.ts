/**
 * The privileges that matter, what each is for, and what the caller has of it. Privileges are named as the service
 * spells them (Microsoft Learn, "Security roles and privileges"); how they are read is not known here.
 */

import type { DoctorFinding, DoctorRight } from '../model/doctor.generated.ts';
import { RIGHT_TITLES } from '../model/right-titles.ts';
import type { Caller } from '../model/snapshot.ts';
import type { Asked } from './asked.ts';

interface RightFacts {
  readonly on: DoctorRight['on'];
  readonly right: DoctorRight['right'];
  readonly privilege: string;
  /** What cannot be done without it. */
  readonly rulesOut: string;
  /** Any of these takes it; nothing does where there is none. */
  readonly neededFor: readonly Asked[];
}

export const RIGHTS: readonly RightFacts[] = [
  right('mailbox', 'read', 'prvReadMailbox', 'No mailbox can be seen.', ['mailboxes']),
  right(
    'mailbox',
    'write',
    'prvWriteMailbox',
    'Methods, server profile and state of mailboxes cannot be written, and no test can be requested.',
    ['mailboxes'],
  ),
  right('mailbox', 'create', 'prvCreateMailbox', 'No forward mailbox can be created.', ['forward-creation']),
  right('mailbox', 'delete', 'prvDeleteMailbox', 'No forward mailbox can be deleted.', ['forward-deletion']),
  right('mailbox', 'append', 'prvAppendMailbox', 'No mailbox can be given a server profile.', [
    'profile-of-mailboxes',
  ]),
  right('profile', 'read', 'prvReadEmailServerProfile', 'No server profile can be seen.', [
    'profiles',
    'mailboxes',
  ]),
  right('profile', 'write', 'prvWriteEmailServerProfile', 'No server profile can be edited.', ['profiles']),
  right('profile', 'create', 'prvCreateEmailServerProfile', 'No server profile can be created.', [
    'profile-creation',
  ]),
  right('profile', 'delete', 'prvDeleteEmailServerProfile', 'No server profile can be deleted.', [
    'profile-deletion',
  ]),
  right(
    'profile',
    'append-to',
    'prvAppendToEmailServerProfile',
    'No mailbox can be given a server profile.',
    ['profile-of-mailboxes'],
  ),
  right('user', 'read', 'prvReadUser', 'No mailbox of a user can be told from others.', ['user-mailboxes']),
  right('user', 'write', 'prvWriteUser', 'No e-mail address of a user can be changed or approved.', [
    'user-addresses',
  ]),
  right('queue', 'read', 'prvReadQueue', 'No mailbox of a queue can be told from others.', [
    'queue-mailboxes',
  ]),
  right('queue', 'write', 'prvWriteQueue', 'No e-mail address of a queue can be changed or approved.', [
    'queue-addresses',
  ]),
  right('settings', 'read', 'prvReadOrganization', 'The e-mail settings cannot be seen.', ['settings']),
  right('settings', 'write', 'prvWriteOrganization', 'The e-mail settings cannot be changed.', ['settings']),
  right('alert', 'read', 'prvReadTraceLog', 'Why a test failed cannot be told.', []),
  right(
    'approval',
    'approve',
    'prvApproveRejectEmailAddress',
    'No e-mail address can be approved or rejected.',
    ['approvals'],
  ),
];

function right(
  on: RightFacts['on'],
  name: RightFacts['right'],
  privilege: string,
  rulesOut: string,
  neededFor: readonly Asked[],
): RightFacts {
  return { on, right: name, privilege, rulesOut, neededFor };
}

export function rightsOf({ depths }: Caller, asked: ReadonlySet<Asked>): readonly DoctorRight[] {
  return RIGHTS.map(({ on, right: name, privilege, neededFor }) => ({
    on,
    right: name,
    privilege,
    depth: depths[privilege] ?? 'unknown',
    needed: neededFor.some((what) => asked.has(what)),
  }));
}

/**
 * Reading is told with what cannot be seen, approving with the approvals, alerts with alerts. Writing is told here: one
 * finding for each table and level.
 */
export function rightsFindings(rights: readonly DoctorRight[]): readonly DoctorFinding[] {
  const writing = rights.filter(({ right: name }) => name !== 'read' && name !== 'approve');
  const needed = writing.filter((one) => one.needed);
  if (needed.length > 0 && needed.every(({ depth }) => depth === 'unknown')) return [notKnown()];
  const found = Object.keys(RIGHT_TITLES).flatMap((on) => {
    const here = needed.filter((one) => one.on === on);
    return [
      ...lacking(here.filter(({ depth }) => depth === 'none')),
      ...partial(here.filter(({ depth }) => depth !== 'none' && depth !== 'global')),
    ];
  });
  return found.length > 0 ? found : [allHeld(writing)];
}

function notKnown(): DoctorFinding {
  return {
    id: 'rights',
    level: 'warning',
    what: 'Which privileges the account holds could not be found out.',
    so_what: 'Whether its steps will be refused shows only when they are sent.',
    mend: 'Let the account read privileges and its own user: the role "Basic User" is enough.',
  };
}

function lacking(missing: readonly DoctorRight[]): readonly DoctorFinding[] {
  const [first] = missing;
  if (first === undefined) return [];
  const privileges = missing.map(({ privilege }) => privilege);
  return [
    {
      id: 'rights',
      level: 'problem',
      what: `The account may not ${verbsOf(missing)} ${RIGHT_TITLES[first.on]}.`,
      so_what: [...new Set(privileges.map(rulesOut))].join(' '),
      mend: `Give it a security role that holds ${listed(privileges)} for the whole organization.`,
    },
  ];
}

function partial(shallow: readonly DoctorRight[]): readonly DoctorFinding[] {
  const [first] = shallow;
  if (first === undefined) return [];
  const held = shallow.map(({ privilege, depth }) => `${privilege}: ${depth}`);
  return [
    {
      id: 'rights',
      level: 'warning',
      what: `The account may ${verbsOf(shallow)} only some ${RIGHT_TITLES[first.on]} (${held.join(', ')}).`,
      so_what: 'Steps on the others will be refused, each by itself.',
      mend: `Give it a security role that holds ${listed(shallow.map(({ privilege }) => privilege))} for the whole organization.`,
    },
  ];
}

function allHeld(writing: readonly DoctorRight[]): DoctorFinding {
  const without = writing.filter(({ depth }) => depth === 'none').map(({ privilege }) => privilege);
  return {
    id: 'rights',
    level: 'ok',
    what: 'The account holds every privilege that writing this configuration takes.',
    so_what: without.length === 0 ? null : `Not held, and not needed now: ${without.join(', ')}.`,
    mend: null,
  };
}

function rulesOut(privilege: string): string {
  return RIGHTS.find((facts) => facts.privilege === privilege)?.rulesOut ?? '';
}

function verbsOf(rights: readonly DoctorRight[]): string {
  return listed(rights.map(({ right: name }) => (name.startsWith('append') ? 'link' : name)));
}

/** `read`, `read and write`, `read, write and create`. */
export function listed(words: readonly string[]): string {
  const distinct = [...new Set(words)];
  const last = distinct.at(-1) ?? '';
  return distinct.length < 2 ? last : `${distinct.slice(0, -1).join(', ')} and ${last}`;
}
