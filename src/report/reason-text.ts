/** Why a step is there, for one step or for a group of equal ones: the place that declares it, or what it follows from. */

import type { PlanReason, PlanSource, PlanStep } from '../model/plan.generated.ts';
import { compareText } from '../model/value.ts';
import { groupBy } from './group.ts';
import { directionWord } from './value-text.ts';

/** Lines of one file that a group names; the others are counted. */
export const LINES_SHOWN = 3;

const HEALTH: Readonly<Record<string, string>> = {
  failure: 'the last test failed',
  'not-run': 'never tested',
  disabled: 'not enabled',
};

/** What a step follows from; empty where it is only declared. Equal for steps that belong into one group. */
export function causeText(step: PlanStep): string {
  const causes = new Set<string>();
  for (const reason of step.because) {
    if (reason.kind === 'consequence') causes.add(consequence(reason, step.address));
    if (reason.kind === 'request')
      causes.add(reason.why === undefined ? 'it was asked for' : `of --${reason.why}`);
  }
  for (const text of healthTexts(step)) causes.add(text);
  return causes.size === 0 ? '' : `because ${[...causes].sort(compareText).join(', and ')}`;
}

function consequence({ of, field, why }: PlanReason, address: string): string {
  if (of === undefined)
    return why === 'earlier-run'
      ? 'an earlier run changed it and ended before its test'
      : (why ?? 'of an earlier step');
  const origin = of.slice(0, of.lastIndexOf('#'));
  if (field === undefined) return origin === address ? 'it is new' : `${origin} is new`;
  return origin === address ? `${field} changes` : `${field} of ${origin} changes`;
}

/** "never tested: incoming, outgoing". */
function healthTexts({ because }: PlanStep): readonly string[] {
  const found = because.filter(({ kind }) => kind === 'health');
  return groupBy(found, ({ why }) => why ?? '').map((reasons) => {
    const why = reasons[0]?.why ?? 'the state is not as declared';
    const fields = reasons.flatMap(({ field }) => (field === undefined ? [] : [fieldWord(field)]));
    return fields.length === 0 ? (HEALTH[why] ?? why) : `${HEALTH[why] ?? why}: ${fields.join(', ')}`;
  });
}

function fieldWord(field: string): string {
  return directionWord(field.slice(field.lastIndexOf('.') + 1));
}

/** Where steps are declared: `rule sales (mailboxctl.yaml:40)`, `mailboxes.yaml:3, 8, 13 and 35 more`. */
export function sourceText(steps: readonly PlanStep[]): string {
  const declared = sourcesText(sourcesOf(steps, 'config'));
  const ceiling = sourcesText(sourcesOf(steps, 'ceiling'));
  return [declared, ...(ceiling === '' ? [] : [`mail ceiling (${ceiling})`])]
    .filter((text) => text !== '')
    .join('; ');
}

export function sourcesOf(steps: readonly PlanStep[], kind: PlanReason['kind']): readonly PlanSource[] {
  return steps.flatMap(({ because }) =>
    because.flatMap((reason) => (reason.kind === kind && reason.source !== undefined ? [reason.source] : [])),
  );
}

export function sourcesText(sources: readonly PlanSource[]): string {
  return placesOf(sources).map(placeText).join('; ');
}

/** Lines of one file, and the rule that they are of. */
export interface Place {
  readonly file: string;
  readonly rule: string | undefined;
  readonly lines: readonly number[];
}

/** Where sources are, those of one rule and file together. */
export function placesOf(sources: readonly PlanSource[]): readonly Place[] {
  return groupBy(sources, ({ file, rule }) => `${rule ?? ''}\n${file}`).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const lines = [...new Set(group.map(({ line }) => line))].sort((a, b) => a - b);
    return [{ file: first.file, rule: first.rule, lines }];
  });
}

function placeText({ file, rule, lines }: Place): string {
  const rest = lines.length - LINES_SHOWN;
  const shown = lines.slice(0, LINES_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return rule === undefined ? `${file}:${shown}` : `rule ${rule} (${file}:${shown})`;
}
