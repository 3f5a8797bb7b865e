/** Steps that were not applied, and what to do about them; equal ones of many resources are one entry. */

import type { Outcome } from '../model/outcome.ts';
import type { PlanStep } from '../model/plan.generated.ts';
import { canonical, compareText } from '../model/value.ts';
import type { ApplyReport } from './apply-report.ts';
import { groupBy, limited } from './group.ts';
import { nameLines, shortName, subject } from './names.ts';
import { DETAIL, detail, entry, type Lines, more, section } from './page.ts';
import type { Style } from './style.ts';
import { words } from './value-text.ts';

/** Failures are what the report is read for: more of them than of anything else. */
const FAILURES_SHOWN = 20;

const REASONS: Readonly<Record<string, string>> = {
  'silent-refusal':
    'The service answered success and changed nothing: the account may lack the right to do this.',
  'test-timeout':
    'The test did not end within the time limit. The same command waits for it; it is not requested again.',
};
const UNKNOWN =
  'No answer came, so it may or may not have happened. The same command reads first and goes on.';

export interface Settled {
  readonly step: PlanStep;
  readonly outcome: Outcome;
}

/** Steps with their outcome, in the order of the plan. */
export function settledSteps({ plan, outcomes }: ApplyReport): readonly Settled[] {
  const byStep = new Map(outcomes.map((outcome) => [outcome.step, outcome]));
  return plan.steps.flatMap((step) => {
    const outcome = byStep.get(step.id);
    return outcome === undefined ? [] : [{ step, outcome }];
  });
}

export function failedSection(settled: readonly Settled[], style: Style): Lines {
  return troubleSection('Failed', 'failed', settled, style.colors.red, style);
}

export function unknownSection(settled: readonly Settled[], style: Style): Lines {
  return troubleSection('Unknown', 'unknown', settled, style.colors.yellow, style);
}

/** Approvals that the run gave up for a person to give; those that the plan handed off are told by the plan. */
export function givenUpSection({ plan }: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const planned = new Set(plan.handoffs.map(({ step }) => step));
  const left = settled.filter(({ step }) => !planned.has(step.id));
  return troubleSection('Handed off during this run', 'handed-off', left, style.colors.yellow, style);
}

function troubleSection(
  title: string,
  kind: 'failed' | 'unknown' | 'handed-off',
  settled: readonly Settled[],
  colour: (text: string) => string,
  style: Style,
): Lines {
  const found = settled.filter(({ outcome }) => outcome.kind === kind);
  const groups = groupBy(found, ({ step, outcome }) => canonical([step.verb, ...troubleTexts(outcome)]));
  const { shown, rest } = limited(groups, style, FAILURES_SHOWN);
  const told = new Set<string>();
  const lines = shown.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const body = firstTime(troubleTexts(first.outcome), first.outcome, told).flatMap((text) =>
      detail(text, style),
    );
    const addresses = group.map(({ step }) => step.address);
    return [...heading(colour(first.step.verb), addresses, style), ...body];
  });
  return section(title, [...lines, ...more(rest.flat().length, words(kind), style)], style);
}

/** What the service said is told each time, advice that was given above is not repeated. */
function firstTime(texts: readonly string[], { message }: Outcome, told: Set<string>): readonly string[] {
  const fresh = texts.filter((text) => text === message || !told.has(text));
  for (const text of texts) told.add(text);
  return fresh.length > 0 ? fresh : texts.slice(0, 1);
}

function troubleTexts({ kind, reason, message, hint }: Outcome): readonly string[] {
  const known = reason === null ? undefined : REASONS[reason];
  const meaning = known ?? (kind === 'unknown' && !isStop(reason) ? UNKNOWN : null);
  const code = reason === null ? null : words(reason);
  // What a code means stands in for what the outcome itself does not say, never beside it.
  const texts = message === null ? [meaning ?? code, hint] : [message, hint ?? meaning];
  return texts.filter((text) => text !== null);
}

/** The run itself stopped awaiting; no answer is lost, and the outcome says what is known. */
function isStop(reason: Outcome['reason']): boolean {
  return reason === 'interrupted' || reason === 'time-out';
}

/** Skipped steps, those of one resource together, by what they are behind. */
export function skippedSection(settled: readonly Settled[], style: Style): Lines {
  const byId = new Map(settled.map((one) => [one.step.id, one]));
  const skipped = settled.filter(({ outcome }) => outcome.kind === 'skipped');
  const resources = groupBy(skipped, ({ step }) => step.address).map((steps) => skippedOf(steps, byId));
  const groups = groupBy(resources, ({ verbs, behind }) => canonical([verbs, behind]));
  const { shown, rest } = limited(groups, style);
  const lines = shown.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const addresses = group.map(({ address }) => address);
    return [...heading(style.colors.yellow(first.verbs), addresses, style), ...detail(first.behind, style)];
  });
  return section('Skipped', [...lines, ...more(rest.flat().length, 'skipped', style)], style);
}

interface SkippedResource {
  readonly address: string;
  readonly verbs: string;
  readonly behind: string;
}

function skippedOf(steps: readonly Settled[], byId: ReadonlyMap<string, Settled>): SkippedResource {
  const behind = new Set(steps.map((one) => behindText(one, byId)));
  return {
    address: steps[0]?.step.address ?? '',
    verbs: steps.map(({ step }) => step.verb).join(', '),
    behind: [...behind].join('; '),
  };
}

/** A step behind one of the same resource says the verb only, so that many such mailboxes are one entry. */
function behindText({ step, outcome }: Settled, byId: ReadonlyMap<string, Settled>): string {
  const texts = rootsOf(step, byId).map(({ step: root, outcome: { kind } }) => {
    const name = root.address === step.address ? `its own ${root.verb}` : root.id;
    return `${name} (${kind})`;
  });
  if (texts.length === 0) return outcome.message ?? words(outcome.reason ?? 'behind another step');
  return `behind ${[...new Set(texts)].sort(compareText).join(' and ')}`;
}

function rootsOf(
  step: PlanStep,
  byId: ReadonlyMap<string, Settled>,
  seen = new Set<string>(),
): readonly Settled[] {
  return step.after.flatMap((id) => {
    const before = byId.get(id);
    if (before === undefined || seen.has(id)) return [];
    seen.add(id);
    const { kind } = before.outcome;
    if (kind === 'skipped') return rootsOf(before.step, byId, seen);
    return kind === 'applied' ? [] : [before];
  });
}

function heading(lead: string, addresses: readonly string[], style: Style): Lines {
  return [
    ...entry(lead, style.colors.bold(subject(addresses)), style),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
  ];
}
