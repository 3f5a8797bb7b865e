/** What a plan leaves to a person, to a later run, or to nobody, and why. */

import type {
  Plan,
  PlanDeferred,
  PlanFinding,
  PlanHandoff,
  PlanHeldBack,
  PlanStep,
} from '../model/plan.generated.ts';
import { canonical, compareText, sameText } from '../model/value.ts';
import { groupBy, limited } from './group.ts';
import { nameLines, shortName, subject } from './names.ts';
import { commandLines, DETAIL, detail, entry, type Lines, labelled, more, section } from './page.ts';
import { VOUCHED_LINES } from './plan-actions.ts';
import { sourcesText } from './reason-text.ts';
import type { Style } from './style.ts';
import { count, thousands } from './text.ts';
import { timeText } from './time-text.ts';

const HANDOFF_WHY: Readonly<Record<PlanHandoff['why'], string>> = {
  'no-privilege': 'the account that runs this lacks the privilege to approve',
  'no-role': 'the account that runs this lacks a role that approving needs',
  'by-configuration': 'this environment has "approvals: hand-off"',
  'owner-approved-mailbox-not':
    'the user or queue is approved but its mailbox is not, and writing it again does not help',
  'own-sign-in': 'Gmail lets nobody but the user of the mailbox sign in to it',
};

const HELD_WHY: Readonly<Record<PlanHeldBack['reason'], string>> = {
  'owner-disabled': 'the user or queue is disabled',
  'no-address': 'there is no e-mail address',
  'waits-for-approval': 'waits for an approval that a person has to give',
  'not-approved': 'the e-mail address is not approved, and nothing here approves it',
  'failed-recently': 'failed a short time ago and nothing has changed since; --retest tests all the same',
  stuck: 'a test has been under way for too long; background operations of the environment may be off',
  'type-cannot-change': 'the type of a server profile cannot be changed; declare another profile',
  'approval-needs-address':
    'nothing vouches for the e-mail address; write it as emailAddress of the same item',
  'profile-missing': 'there is no server profile',
  'profile-inactive': 'the server profile is inactive',
  stolen: 'another environment synchronizes its mail; decide which of the two shall, then --retest here',
  'waits-for-sign-in': 'waits for the user of the mailbox to sign in',
  'in-use': 'it is still in use',
  'mailbox-inactive': 'the mailbox is inactive',
};

/** A run that makes no test itself, such as one of approvals, does not know how many a run makes. */
const DEFERRED_WHY: Readonly<Record<PlanDeferred['reason'], (perRun: number, runs: number) => string>> = {
  'tests-per-run': (perRun, runs) =>
    perRun === 0
      ? 'left for the next run: tests.perRun is reached'
      : `left for ${runs === 1 ? 'the next run' : `about ${thousands(runs)} more runs`}: tests.perRun allows ${count(perRun, 'test')} a run`,
};

export function handoffSection({ steps, handoffs }: Plan, style: Style): Lines {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const due = handoffs.map((handoff) => dueOf(handoff, byId.get(handoff.step)));
  const groups = groupBy(due, ({ verb, handoff: { who, why, where, command } }) =>
    canonical([verb, who, why, where, command]),
  );
  const { shown, rest } = limited(groups, style);
  const lines = shown.flatMap((group) => handoffLines(group, style));
  return section('For a person to do', [...lines, ...more(rest.flat().length, 'to do', style)], style);
}

interface Due {
  readonly handoff: PlanHandoff;
  readonly verb: string;
  readonly address: string;
  readonly emailAddress: string | null;
}

/** A sign-in is no step of ours: it tells itself whose it is. */
function dueOf(handoff: PlanHandoff, step: PlanStep | undefined): Due {
  const { what, address, email_address } = handoff;
  return {
    handoff,
    verb: what ?? step?.verb ?? 'approve',
    address: step?.address ?? address ?? handoff.step.slice(0, handoff.step.lastIndexOf('#')),
    emailAddress: step?.set[0]?.for ?? email_address ?? null,
  };
}

function dueName({ address, emailAddress }: Due): string {
  const name = shortName(address);
  return emailAddress === null || sameText(emailAddress, name) ? name : `${name} (${emailAddress})`;
}

function handoffLines(group: readonly Due[], style: Style): Lines {
  const [first] = group;
  if (first === undefined) return [];
  const { colors } = style;
  const { handoff, verb, emailAddress } = first;
  const name = colors.bold(subject(group.map(({ address }) => address)));
  const vouched = group.length === 1 && emailAddress !== null && verb !== 'approval-policy';
  const rows = [
    { label: 'why    ', text: HANDOFF_WHY[handoff.why] },
    { label: 'who    ', text: handoff.who.join(', or ') },
    { label: 'where  ', text: handoff.where },
    { label: 'when   ', text: 'after the rest of this plan is applied' },
  ];
  return [
    ...entry(colors.cyan(verb), vouched ? `${name}  for ${emailAddress}` : name, style),
    ...(group.length > 1 ? nameLines(group.map(dueName), DETAIL, style, VOUCHED_LINES) : []),
    ...labelled(rows, DETAIL, style),
    ...commandLines('command', handoff.command, style),
  ];
}

/** `approved`: what a run has approved since; it waits for nobody any more. */
export function heldBackSection({ held_back }: Plan, style: Style, approved: readonly string[] = []): Lines {
  const done = new Set(approved);
  const now = held_back.map((held): Held => {
    const isApproved = held.reason === 'waits-for-approval' && done.has(held.address);
    return { ...held, why: isApproved ? APPROVED_NOW : HELD_WHY[held.reason] };
  });
  const resources = groupBy(now, ({ address, why, detail: more }) => canonical([address, why, more ?? '']));
  const groups = groupBy(resources, (group) =>
    canonical([verbsOf(group), group[0]?.why ?? '', group[0]?.detail ?? '']),
  );
  const { shown, rest } = limited(groups, style);
  const lines = [
    ...shown.flatMap((group) => heldLines(group, style)),
    ...more(rest.flat().length, 'held back', style),
  ];
  return section('Held back', lines, style);
}

const APPROVED_NOW = 'is approved now; run apply again to test it';

interface Held extends PlanHeldBack {
  readonly why: string;
}

/** Each of the group is what one resource waits with, for the same reason. */
function heldLines(group: readonly (readonly Held[])[], style: Style): Lines {
  const [resource] = group;
  const first = resource?.[0];
  if (resource === undefined || first === undefined) return [];
  const why = [first.why, first.detail].filter((text) => text !== undefined).join('; ');
  const until = untilText(group.flat());
  return [
    ...waitingLines(verbsOf(resource), firstOfEach(group), why, style),
    ...(until === '' ? [] : detail(until, style)),
  ];
}

function untilText(group: readonly PlanHeldBack[]): string {
  const times = group
    .flatMap(({ until }) => (until === undefined ? [] : [timeText(until)]))
    .sort(compareText);
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return '';
  return first === last ? `until ${first}` : `until ${first} for the first, ${last} for the last`;
}

export function deferredSection({ deferred, steps }: Plan, style: Style): Lines {
  const perRun = steps.filter(({ verb }) => verb === 'test').length;
  const runs = Math.ceil(new Set(deferred.map(({ address }) => address)).size / Math.max(perRun, 1));
  const resources = groupBy(deferred, ({ address, reason }) => canonical([address, reason]));
  const groups = groupBy(resources, (group) => canonical([verbsOf(group), group[0]?.reason ?? '']));
  const lines = groups.flatMap((group) => {
    const [first] = group;
    const reason = first?.[0]?.reason;
    if (first === undefined || reason === undefined) return [];
    return waitingLines(verbsOf(first), firstOfEach(group), DEFERRED_WHY[reason](perRun, runs), style);
  });
  return section('Deferred', lines, style);
}

/** An edit that makes a test necessary waits together with it. */
function verbsOf(group: readonly { readonly verb: string }[]): string {
  return group.map(({ verb }) => verb).join(' + ');
}

function firstOfEach<Item>(groups: readonly (readonly Item[])[]): readonly Item[] {
  return groups.flatMap(([first]) => first ?? []);
}

function waitingLines(verb: string, group: readonly { address: string }[], why: string, style: Style): Lines {
  const addresses = group.map(({ address }) => address);
  return [
    ...entry(style.colors.cyan(verb), style.colors.bold(subject(addresses)), style),
    ...(group.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
    ...detail(why, style),
  ];
}

export function findingsSection({ findings }: Plan, style: Style): Lines {
  const { shown, rest } = limited(findings, style);
  const lines = [
    ...shown.flatMap((finding) => findingLines(finding, style)),
    ...more(rest.length, 'missing or ambiguous', style),
  ];
  return section('Missing or ambiguous', lines, style);
}

function findingLines(
  { kind, address, source, message, hint, candidates }: PlanFinding,
  style: Style,
): Lines {
  return [
    ...entry(style.colors.red(kind), style.colors.bold(address), style),
    ...detail(message, style),
    ...(hint === null ? [] : detail(hint, style)),
    ...(candidates.length === 0 ? [] : detail(`candidates: ${candidates.join(', ')}`, style)),
    ...detail(style.colors.dim(sourcesText([source])), style),
  ];
}
