/**
 * What a plan leaves to a person, to a later run, or to nobody, with what is equal put together, and why in words.
 * The same in every format; knows no layout.
 */

import type { Plan, PlanDeferred, PlanHandoff, PlanHeldBack } from '../model/plan.generated.ts';
import { canonical, compareText, sameText } from '../model/value.ts';
import { groupBy } from './group.ts';
import { shortName } from './names.ts';
import { count, thousands } from './text.ts';
import { timeText } from './time-text.ts';

export const HANDOFF_WHY: Readonly<Record<PlanHandoff['why'], string>> = {
  'no-privilege': 'the account that runs this lacks the privilege to approve',
  'no-role': 'the account that runs this lacks a role that approving needs',
  'by-configuration': 'this environment has "approvals: hand-off"',
  'owner-approved-mailbox-not':
    'the user or queue is approved but its mailbox is not, and writing it again does not help',
  'own-sign-in': 'Gmail lets nobody but the user of the mailbox sign in to it',
};

/** When a person's turn is. */
export const HANDOFF_WHEN = 'after the rest of this plan is applied';

export const HELD_WHY: Readonly<Record<PlanHeldBack['reason'], string>> = {
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

export interface Due {
  readonly handoff: PlanHandoff;
  readonly verb: string;
  readonly address: string;
  readonly emailAddress: string | null;
}

/** What one person can do with one command. */
export function handoffGroups({ steps, handoffs }: Plan): readonly (readonly Due[])[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const due = handoffs.map((handoff): Due => {
    const step = byId.get(handoff.step);
    const { what, address, email_address } = handoff;
    // A sign-in is no step of ours: it tells itself whose it is.
    return {
      handoff,
      verb: what ?? step?.verb ?? 'approve',
      address: step?.address ?? address ?? handoff.step.slice(0, handoff.step.lastIndexOf('#')),
      emailAddress: step?.set[0]?.for ?? email_address ?? null,
    };
  });
  return groupBy(due, ({ verb, handoff: { who, why, where, command } }) =>
    canonical([verb, who, why, where, command]),
  );
}

/** Whether its name says already which e-mail address it is about. */
export function isNamedByAddress({ address, emailAddress }: Due): boolean {
  return emailAddress === null || sameText(emailAddress, shortName(address));
}

/** Resources that wait with the same verbs for the same reason. */
export interface WaitingGroup {
  readonly addresses: readonly string[];
  /** `edit + test`: an edit that makes a test necessary waits together with it. */
  readonly verbs: string;
  readonly why: string;
  /** How long, where that is known; else empty. */
  readonly until: string;
}

const APPROVED_NOW = 'is approved now; run apply again to test it';

/** `approved`: what a run has approved since; it waits for nobody any more. */
export function heldGroups({ held_back }: Plan, approved: readonly string[] = []): readonly WaitingGroup[] {
  const done = new Set(approved);
  const now = held_back.map((held): Held => {
    const isApproved = held.reason === 'waits-for-approval' && done.has(held.address);
    return { ...held, why: isApproved ? APPROVED_NOW : HELD_WHY[held.reason] };
  });
  const resources = groupBy(now, ({ address, why, detail }) => canonical([address, why, detail ?? '']));
  const groups = groupBy(resources, (group) =>
    canonical([verbsOf(group), group[0]?.why ?? '', group[0]?.detail ?? '']),
  );
  return groups.flatMap((group) =>
    waitingGroup(
      group,
      ({ why, detail }) => [why, detail].filter((text) => text !== undefined).join('; '),
      untilText(group.flat()),
    ),
  );
}

interface Held extends PlanHeldBack {
  readonly why: string;
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

export function deferredGroups({ deferred, steps }: Plan): readonly WaitingGroup[] {
  const perRun = steps.filter(({ verb }) => verb === 'test').length;
  const runs = Math.ceil(new Set(deferred.map(({ address }) => address)).size / Math.max(perRun, 1));
  const resources = groupBy(deferred, ({ address, reason }) => canonical([address, reason]));
  const groups = groupBy(resources, (group) => canonical([verbsOf(group), group[0]?.reason ?? '']));
  return groups.flatMap((group) =>
    waitingGroup(group, ({ reason }) => DEFERRED_WHY[reason](perRun, runs), ''),
  );
}

interface Waiting {
  readonly address: string;
  readonly verb: string;
}

/** Each of the group is what one resource waits with. */
function waitingGroup<Item extends Waiting>(
  group: readonly (readonly Item[])[],
  whyOf: (item: Item) => string,
  until: string,
): readonly WaitingGroup[] {
  const [resource] = group;
  const first = resource?.[0];
  if (resource === undefined || first === undefined) return [];
  const addresses = group.flatMap(([one]) => (one === undefined ? [] : [one.address]));
  return [{ addresses, verbs: verbsOf(resource), why: whyOf(first), until }];
}

function verbsOf(group: readonly Waiting[]): string {
  return group.map(({ verb }) => verb).join(' + ');
}
