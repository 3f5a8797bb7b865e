/** What a report on several environments says, in words. The same in every format; knows no layout. */

import type {
  Merged,
  MergedAccess,
  MergedFieldChange,
  MergedGroup,
  MergedLag,
  MergedLagChange,
  MergedLost,
  MergedProblem,
  MergedResult,
  MergedReview,
} from '../model/report.generated.ts';
import { canonical, compareText } from '../model/value.ts';
import { groupBy } from './group.ts';
import { approvalBefore } from './plan-groups.ts';
import { count, thousands } from './text.ts';
import { valueText, words } from './value-text.ts';

/** What the results count, in the order in which it is told; zeros are left out. */
const NUMBERS: Readonly<Record<MergedResult['kind'], readonly (readonly [key: string, text: string])[]>> = {
  plan: [
    ['missing', 'missing or ambiguous'],
    ['add', 'to add'],
    ['change', 'to change'],
    ['destroy', 'to destroy'],
    ['approve', 'to approve'],
    ['test', 'to test'],
    ['handed_off', 'for a person'],
    ['held_back', 'held back'],
    ['deferred', 'deferred'],
  ],
  apply: [
    ['failed', 'failed'],
    ['skipped', 'skipped'],
    ['unknown', 'unknown'],
    ['failed_tests', 'tests failed'],
    ['missing', 'missing or ambiguous'],
    ['added', 'added'],
    ['changed', 'changed'],
    ['destroyed', 'destroyed'],
    ['approved', 'approved'],
    ['tested', 'tested'],
    ['handed_off', 'handed off'],
  ],
  drift: [
    ['configuration', 'configuration'],
    ['approval', 'approval'],
    ['health', 'health'],
    ['missing', 'missing'],
    ['new', 'new'],
    ['unmanaged', 'unmanaged'],
    ['is_new', 'not in the previous report'],
  ],
  status: [
    ['failed', 'failed'],
    ['stolen', 'stolen'],
    ['disabled', 'disabled'],
    ['testing', 'testing'],
    ['not_approved', 'not approved'],
    ['not_tested', 'not tested'],
    ['working', 'working'],
    ['mailboxes', 'mailboxes'],
  ],
};

/** "2 to change, 1 to test"; what there is to say where all numbers are zero. */
export function numbersText({ kind, numbers }: MergedResult): string {
  const parts = NUMBERS[kind].flatMap(([key, text]) => {
    const number = numbers[key] ?? 0;
    return number === 0 ? [] : [`${thousands(number)} ${text}`];
  });
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

export type MergedState = MergedResult['state'];

/** The worst first. */
export const MERGED_STATES: readonly MergedState[] = [
  'refused',
  'incomplete',
  'failing',
  'drift',
  'changes',
  'waiting',
  'clean',
];

/** Frozen: scripts search it; numbers never inflect words and zeros are printed. */
export function mergedLine({ summary }: Merged): string {
  const { environments, results, problems, without_result } = summary;
  const states = MERGED_STATES.map((state) => `${summary[state]} ${state}`).join(', ');
  return `Report: ${environments} environments, ${results} results: ${states}. ${problems} files without a result, ${without_result} environments without a result.`;
}

/** What was merged: "3 plans and 1 drift report". */
export function kindsText({ results }: Merged): string {
  const kinds = groupBy(results, ({ kind }) => kind).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [kindCount(first.kind, group.length)];
  });
  return kinds.length === 0 ? 'no result' : listed(kinds.sort());
}

function kindCount(kind: MergedResult['kind'], number: number): string {
  switch (kind) {
    case 'plan':
      return count(number, 'plan');
    case 'apply':
      return count(number, 'applied plan');
    case 'drift':
      return count(number, 'drift report');
    case 'status':
      return count(number, 'status report');
    default:
      return kind satisfies never;
  }
}

/** By the kinds of results, one kind of thing each; what was due before a request stands apart. */
export type GroupSection = MergedGroup['kind'] | 'due';

export const GROUP_TITLES = {
  apply: 'Not carried out as planned',
  drift: 'Drift',
  status: 'Alerts',
  plan: 'Changes',
  due: 'Due before this request',
} as const satisfies Readonly<Record<GroupSection, string>>;
export const GROUP_SECTIONS = Object.keys(GROUP_TITLES) as readonly GroupSection[];

/** What is the matter, or done, in a word or two. */
export function whatText({ kind, what, detail, severity, hand_off }: MergedGroup): string {
  const lead = [...(severity === null ? [] : [severity]), words(what)].join(' ');
  // The code of an alert is the service's and stays as it is.
  const more = detail === null ? '' : `, ${kind === 'status' ? detail : words(detail)}`;
  return `${lead}${more}${hand_off ? ' (a person does it)' : ''}`;
}

/**
 * The other environments with a plan: they are not to do it, neither for the request nor from before it. Of what went
 * wrong it would say nothing.
 */
export function absences({ results, groups }: Merged): (group: MergedGroup) => readonly string[] {
  const planned = results
    .filter(({ kind }) => kind === 'plan')
    .map(({ label }) => label)
    .sort(compareText);
  const isSplit = groups.some(({ due_before }) => due_before);
  const having = new Map<string, string[]>();
  for (const group of isSplit ? groups : [])
    having.set(sameKey(group), [...(having.get(sameKey(group)) ?? []), ...group.environments]);
  return (group) => {
    if (group.kind !== 'plan') return [];
    const own = new Set(isSplit ? having.get(sameKey(group)) : group.environments);
    return planned.filter((label) => !own.has(label));
  };
}

/** Equal whether the request or its base gives rise to it. */
function sameKey({ kind, what, hand_off, set }: MergedGroup): string {
  return canonical([kind, what, hand_off, set.map((one) => ({ ...one }))]);
}

/** The groups of one section. */
export function groupsIn(section: GroupSection, { groups }: Merged): readonly MergedGroup[] {
  return groups.filter(({ kind, due_before }) =>
    section === 'due' ? due_before : kind === section && !due_before,
  );
}

/** A plan of which somebody has to know more than its steps say. */
export interface Reviewed extends MergedResult {
  readonly review: MergedReview;
}

export function reviewedOf({ results }: Merged): readonly Reviewed[] {
  return results.flatMap((result) => {
    const { review } = result;
    return review !== null && hasToSay(result, review) ? [{ ...result, review }] : [];
  });
}

function hasToSay({ state }: MergedResult, review: MergedReview): boolean {
  const { risks, no_longer_managed: lost, secret_references: references, warnings } = review;
  return state !== 'clean' || risks.length + lost.length + references.length > 0 || isAny(warnings);
}

function isAny(numbers: Readonly<Record<string, number>>): boolean {
  return Object.keys(numbers).length > 0;
}

/** Empty where the plan was compared with nothing. */
export function requestText({ request }: MergedReview): string {
  if (request === null) return '';
  const { steps, due_before, withdrawn } = request;
  const due = due_before === 0 ? [] : [`${thousands(due_before)} due before it`];
  const back = withdrawn === 0 ? [] : [`${thousands(withdrawn)} taken back by it`];
  return `This request: ${[count(steps, 'step'), ...due, ...back].join(', ')}`;
}

/** Who is given access, the request's own apart; one list where there is nothing to tell apart. */
export interface AccessList {
  readonly title: string;
  readonly access: readonly MergedAccess[];
}

export function accessLists({ access, request }: MergedReview): readonly AccessList[] {
  const given = (list: readonly MergedAccess[]): string =>
    `access is given to ${count(list.length, 'e-mail address', 'e-mail addresses')}`;
  const [own, due] = [access.filter((one) => !one.due_before), access.filter((one) => one.due_before)];
  const lists = [
    { title: `${given(own)}${request === null ? '' : ' by this request'}`, access: own },
    { title: `${given(due)} by what was due before it`, access: due },
  ];
  return lists.filter((list) => list.access.length > 0);
}

/** By code, the most first. */
export function warningsOf({ warnings }: MergedReview): readonly (readonly [code: string, number: number])[] {
  return Object.entries(warnings).sort(([a, many], [b, others]) => others - many || compareText(a, b));
}

/** What is no longer managed: who decides now, and what the value stays at. */
export function stayText({ field, value, now }: MergedLost): string {
  if (now.length > 0) return 'something else decides now';
  return field === null ? 'nobody decides it now' : `nobody decides it now; it stays at ${valueText(value)}`;
}

/** "1 refused, 2 with changes"; zeros are left out. */
export function statesText({ summary }: Merged): string {
  const parts = MERGED_STATES.filter((state) => summary[state] > 0);
  const word = (state: MergedState): string =>
    state === 'changes' || state === 'drift' ? `with ${state}` : state;
  return parts.map((state) => `${thousands(summary[state])} ${word(state)}`).join(', ');
}

/** What a field was before, in the words of a single plan. */
export function beforeText(change: MergedFieldChange, { what }: MergedGroup): string {
  return what === 'approve' || what === 'reject' ? approvalBefore({ set: [change] }) : valueText(change.from);
}

/** The resources of a group, each once. */
export function addressesOf({ parts }: MergedGroup): readonly string[] {
  return [...new Set(parts.flatMap(({ addresses }) => addresses))];
}

/** "rule wave-2", or the address of an item. */
export function itemText(item: string): string {
  return item.startsWith('rule:') ? `rule ${item.slice('rule:'.length)}` : item;
}

/** The changes of a lag, those of one rule or item together. */
export function itemsOf({ changes }: MergedLag): readonly (readonly MergedLagChange[])[] {
  return groupBy(changes, ({ item }) => item);
}

export const LAG_BASIS =
  'Both declare these values by the same rule or item: the plan of one has nothing left to set, that of the other has.';

/** "a", "a and b", "a, b and c". */
export function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}

/** Files of which nothing is in the report, and those whose result another file has too: nothing is missing there. */
export function problemsOf({ problems }: Merged): {
  readonly missing: readonly MergedProblem[];
  readonly duplicates: readonly MergedProblem[];
} {
  const isDuplicate = ({ reason }: MergedProblem): boolean => reason === 'duplicate';
  return {
    missing: problems.filter((one) => !isDuplicate(one)),
    duplicates: problems.filter(isDuplicate),
  };
}

export const DUPLICATES_TITLE = 'The same result twice';
