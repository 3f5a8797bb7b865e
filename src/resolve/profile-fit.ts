/**
 * Whether mailboxes and their server profiles go together. The rules know declared profiles and single items alone;
 * here it is asked again of every mailbox that is covered and of every profile that the environment has.
 */

import { SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import { PROFILE_TYPE_FACTS } from '../catalogue/profile-types.ts';
import { addressKey } from '../model/address.ts';
import type { Declared } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import { ofKind } from '../model/of-kind.ts';
import { compareText, equal, isSetFlag } from '../model/value.ts';
import type { ResourceIndex } from './find-resource.ts';
import {
  appointmentsNotPossible,
  credentialsIncomplete,
  credentialsMissing,
  credentialsNotUsed,
  type Misfits,
} from './profile-diagnostics.ts';
import { isSynchronized, MAIL_DIRECTIONS, planned, type UsedProfile, usedProfiles } from './profile-use.ts';

interface Misfit {
  /** What in the files leads to it. */
  readonly declared: Declared;
  readonly tell: (misfits: Misfits) => Diagnostic;
}

type Check = (mailbox: DesiredResource, profile: UsedProfile) => Misfit | null;

const CHECKS: readonly Check[] = [appointments, credentialsInVain, noCredentials, halfCredentials];

/** One for each item, and one for each line of a rule and profile, however many mailboxes the rule covers. */
export function profileMisfits(
  resources: readonly DesiredResource[],
  index: ResourceIndex,
): readonly Diagnostic[] {
  const profileOf = usedProfiles(resources, index);
  const found = new Map<string, { misfit: Misfit; profile: UsedProfile; mailboxes: string[] }>();
  for (const mailbox of ofKind(resources, 'mailbox')) {
    const profile = mailbox.absent ? null : profileOf(mailbox);
    if (profile === null) continue;
    for (const [check, find] of CHECKS.entries()) {
      const misfit = find(mailbox, profile);
      if (misfit === null) continue;
      const key = `${check} ${placeKey(misfit.declared.source)} ${addressKey(profile.address)}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { misfit, profile, mailboxes: [mailbox.address] });
      else known.mailboxes.push(mailbox.address);
    }
  }
  return [...found.values()].map(({ misfit: { declared, tell }, profile, mailboxes }) =>
    tell({ profile, source: declared.source, mailboxes: mailboxes.sort(compareText) }),
  );
}

/** 0x8005E247 MailboxUnsupportedEmailServerType; what the service has let stand is not for us to refuse. */
function appointments(mailbox: DesiredResource, { type }: UsedProfile): Misfit | null {
  if (type === null || PROFILE_TYPE_FACTS[type].appointmentsContactsTasks) return null;
  const declared = declaredOf(mailbox, ['appointmentsContactsTasks', 'serverProfile']);
  const asks = planned(mailbox, 'appointmentsContactsTasks') === SERVER_SIDE_SYNC;
  if (declared === null || !asks) return null;
  const changes = ['appointmentsContactsTasks', 'serverProfile'].some((key) => changesField(mailbox, key));
  return changes ? { declared, tell: appointmentsNotPossible } : null;
}

/** 0x8005E229 CannotUseUserCredentials is what a test of such a mailbox can end with. */
function credentialsInVain(mailbox: DesiredResource, { authentication }: UsedProfile): Misfit | null {
  const declared = mailbox.fields.get('credentials');
  if (declared?.value !== 'allowed') return null;
  const ways = MAIL_DIRECTIONS.map((direction) => authentication[direction]);
  if (ways.includes(null) || ways.includes('user-or-queue')) return null;
  return { declared, tell: credentialsNotUsed };
}

/** 0x8005E229 CannotUseUserCredentials. */
function noCredentials(mailbox: DesiredResource, profile: UsedProfile): Misfit | null {
  if (!usesCredentials(profile)) return null;
  const credentials = planned(mailbox, 'credentials') ?? 'none';
  return credentials === 'none' ? needsCredentials(mailbox, profile, credentialsMissing) : null;
}

/** 0x8005E209 MailboxCredentialNotSpecified: allowed, and yet the environment holds no user name or no password. */
function halfCredentials(mailbox: DesiredResource, profile: UsedProfile): Misfit | null {
  if (!usesCredentials(profile)) return null;
  if (planned(mailbox, 'credentials') !== 'allowed' || mailbox.actual === null) return null;
  const password = planned(mailbox, 'credentials.password');
  const hasBoth =
    planned(mailbox, 'credentials.username') !== null && !(isSetFlag(password) && !password.is_set);
  return hasBoth ? null : needsCredentials(mailbox, profile, credentialsIncomplete);
}

function usesCredentials({ authentication }: UsedProfile): boolean {
  return MAIL_DIRECTIONS.some((direction) => authentication[direction] === 'user-or-queue');
}

function needsCredentials(
  mailbox: DesiredResource,
  { authentication }: UsedProfile,
  tell: Misfit['tell'],
): Misfit | null {
  const directions = MAIL_DIRECTIONS.filter(
    (direction) => authentication[direction] === 'user-or-queue' && isSynchronized(mailbox, direction),
  );
  const declared = declaredOf(mailbox, ['credentials', 'serverProfile', ...directions]);
  return declared === null || directions.length === 0 ? null : { declared, tell };
}

function declaredOf({ fields }: DesiredResource, keys: readonly string[]): Declared | null {
  const [first] = keys.map((key) => fields.get(key)).filter((declared) => declared !== undefined);
  return first ?? null;
}

function changesField({ fields, actual }: DesiredResource, key: string): boolean {
  const declared = fields.get(key);
  return declared !== undefined && !equal(declared.value, actual?.fields[key] ?? null);
}

function placeKey({ file, line, column }: Source): string {
  return `${file}:${line}:${column}`;
}
