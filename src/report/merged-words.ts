/** What a report on several environments says, in words. The same in every format; knows no layout. */

import type {
  Merged,
  MergedGroup,
  MergedLag,
  MergedLagChange,
  MergedResult,
} from '../model/report.generated.ts';
import { compareText } from '../model/value.ts';
import { groupBy } from './group.ts';
import { count, thousands } from './text.ts';
import { words } from './value-text.ts';

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

/** Titles of the sections, by the kinds of results; a section is one kind of thing. */
export const GROUP_TITLES = {
  apply: 'Not carried out as planned',
  drift: 'Drift',
  status: 'Alerts',
  plan: 'Changes',
} as const satisfies Readonly<Record<MergedGroup['kind'], string>>;
export const GROUP_KINDS = Object.keys(GROUP_TITLES) as readonly MergedGroup['kind'][];

/** What is the matter, or done, in a word or two. */
export function whatText({ kind, what, detail, severity, hand_off }: MergedGroup): string {
  const lead = [...(severity === null ? [] : [severity]), words(what)].join(' ');
  // The code of an alert is the service's and stays as it is.
  const more = detail === null ? '' : `, ${kind === 'status' ? detail : words(detail)}`;
  return `${lead}${more}${hand_off ? ' (a person does it)' : ''}`;
}

/** The other environments with a plan: they are not to do it. Of what went wrong it would say nothing. */
export function notIn({ kind, environments }: MergedGroup, planned: readonly string[]): readonly string[] {
  if (kind !== 'plan') return [];
  const own = new Set(environments);
  return planned.filter((label) => !own.has(label));
}

/** Labels of the environments that have a plan. */
export function plannedLabels({ results }: Merged): readonly string[] {
  return results
    .filter(({ kind }) => kind === 'plan')
    .map(({ label }) => label)
    .sort(compareText);
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
