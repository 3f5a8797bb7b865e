/** Rules that cover no mailbox, or may, and why: told at the rule, since nothing else would show that it does nothing. */

import type { DeclaredRule, Match } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Memberships, Snapshot, UnseenMembership } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';
import { closeNames } from './close-names.ts';
import type { Identity } from './identity.ts';
import type { KeyTest } from './match-keys.ts';
import { type CompiledRule, isReachable } from './match-rule.ts';
import { matchesNothing, membershipUnseen } from './resolve-diagnostics.ts';

const MEMBERSHIP_OF: Readonly<Partial<Record<keyof Match, keyof Memberships>>> = {
  businessUnit: 'businessUnits',
  team: 'teams',
  securityRole: 'securityRoles',
};

/** What rules answered when they were asked about all mailboxes. */
export interface RuleAnswers {
  /** Those that cover a mailbox for certain. */
  readonly matched: Set<CompiledRule>;
  /** Those that may cover one or not. */
  readonly doubted: Set<CompiledRule>;
}

/** Nothing is claimed where not all mailboxes could be seen. */
export function ruleDiagnostics(
  rules: readonly CompiledRule[],
  { matched, doubted }: RuleAnswers,
  identities: () => readonly Identity[],
  snapshot: Snapshot,
): readonly Diagnostic[] {
  const complete = !snapshot.notSeen.some(({ kind }) => kind === 'mailbox');
  return rules.flatMap((compiled) => {
    const idle = !matched.has(compiled);
    if (!idle && !doubted.has(compiled)) return [];
    const unseen = unseenBy(compiled.rule, snapshot.unseenMemberships);
    if (unseen !== undefined) return [membershipUnseen(compiled.rule, unseen)];
    return complete ? [matchesNothing(compiled.rule, idleReason(compiled, identities()))] : [];
  });
}

function unseenBy(
  { match, except }: DeclaredRule,
  unseen: readonly UnseenMembership[],
): UnseenMembership | undefined {
  const matches = [match, ...except.filter((entry): entry is Match => typeof entry !== 'string')];
  const keys = new Set(matches.flatMap((own) => Object.keys(own)));
  return unseen.find(({ membership }) =>
    Object.entries(MEMBERSHIP_OF).some(([key, asked]) => asked === membership && keys.has(key)),
  );
}

export interface IdleReason {
  readonly why: string;
  readonly close: readonly string[];
}

function idleReason({ rule, keys, matches }: CompiledRule, identities: readonly Identity[]): IdleReason {
  const included = new Set<string>(rule.include);
  const mailboxes = identities.filter(({ facts }) => facts.sort !== 'forward');
  const reachable = mailboxes.filter(({ facts }) => isReachable(facts, included));
  const fitting = reachable.filter((identity) => matches(identity) === 'yes');
  if (fitting.length > 0)
    return { why: `except takes out all ${fitting.length} that its match fits`, close: [] };
  const outOfReach = mailboxes.filter((identity) => matches(identity) === 'yes');
  if (outOfReach.length > 0)
    return { why: `${outOfReach.length} fit its match, ${outOfReachWhy(outOfReach)}`, close: [] };
  if (reachable.length === 0) return { why: 'there is none that rules reach', close: [] };
  const idle = keys.filter(({ test }) => !reachable.some((identity) => test(identity) === 'yes'));
  const [first] = idle;
  if (first === undefined)
    return { why: 'each key of its match fits some, but all together fit none', close: [] };
  return { why: `none fits ${idle.map(written).join(', and none ')}`, close: closeValues(first, reachable) };
}

function outOfReachWhy(mailboxes: readonly Identity[]): string {
  const facts = mailboxes.map((identity) => identity.facts);
  const reasons = [
    facts.some(({ active }) => !active) ? 'inactive' : null,
    facts.some(({ ownerEnabled }) => !ownerEnabled) ? 'of disabled owners' : null,
    facts.some(({ applicationUser }) => applicationUser) ? 'of application users' : null,
    facts.some(({ personalQueue }) => personalQueue) ? 'personal queues' : null,
  ].filter((reason) => reason !== null);
  return reasons.length === 0 ? 'but rules do not reach them' : `but they are ${reasons.join(', ')}`;
}

const SHOWN = 3;

function written({ key, wanted }: KeyTest): string {
  const some = wanted
    .slice(0, SHOWN)
    .map((text) => `"${text}"`)
    .join(', ');
  return `${key} ${some}${wanted.length > SHOWN ? ` and ${wanted.length - SHOWN} more` : ''}`;
}

/** Values that mailboxes have, near to the single one that was asked for. */
function closeValues({ key, wanted }: KeyTest, identities: readonly Identity[]): readonly string[] {
  const [only] = wanted;
  if (only === undefined || wanted.length > 1 || only.includes('*')) return [];
  const values = new Map<string, string>();
  for (const { facts } of identities)
    for (const text of valuesOf(key, facts)) values.set(foldText(text), text);
  return closeNames(only, values.values(), (text) => text);
}

function valuesOf(key: keyof Match, facts: Identity['facts']): readonly string[] {
  switch (key) {
    case 'businessUnit':
      return facts.businessUnits;
    case 'team':
      return facts.teams;
    case 'securityRole':
      return facts.securityRoles;
    case 'queue':
      return facts.sort === 'queue' ? [facts.name] : [];
    case 'signIn':
      return facts.signIn === null ? [] : [facts.signIn];
    case 'emailAddress':
      return facts.emailAddress === null ? [] : [facts.emailAddress];
    default:
      return [];
  }
}
