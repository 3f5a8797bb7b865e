/** What became of a plan, at the lines that asked for it: what went wrong, and what is left to a person. */

import {
  alertsOf,
  givenUp,
  type Settled,
  type SkippedResource,
  settledSteps,
  skippedGroups,
  troubleTexts,
} from '../apply-groups.ts';
import type { ApplyReport } from '../apply-report.ts';
import { resultsText, words } from '../value-text.ts';
import { type Annotation, type Level, type Rule, titleOf } from './annotation.ts';
import { type Places, placesOf } from './places.ts';
import { ofFinding } from './plan-annotations.ts';

export function applyAnnotations(report: ApplyReport): readonly Annotation[] {
  const places = placesOf(report.plan);
  const settled = settledSteps(report);
  const of = (kind: Settled['outcome']['kind']): readonly Settled[] =>
    settled.filter(({ outcome }) => outcome.kind === kind);
  const handedOff = givenUp(report, of('handed-off'));
  return [
    ...of('failed').map((one) => ofTrouble(one, 'error', places)),
    ...settled.filter(isFailedTest).map((one) => ofFailedTest(report, one, places)),
    ...of('unknown').map((one) => ofTrouble(one, 'warning', places)),
    ...handedOff.map((one) => ofTrouble(one, 'warning', places)),
    ...report.plan.findings.map(ofFinding),
    ...skippedGroups(settled)
      .flat()
      .map((one) => ofSkipped(one, places)),
  ];
}

function ofTrouble({ step, outcome }: Settled, level: Level, places: Places): Annotation {
  const [said, ...rest] = troubleTexts(outcome);
  const text = `${step.verb} ${words(outcome.kind)}${said === undefined ? '' : `: ${said}`}`;
  return {
    level,
    rule: outcomeRule(outcome.reason ?? outcome.kind),
    address: step.address,
    part: step.verb,
    places: places([step.address]),
    text,
    hint: rest.length === 0 ? null : rest.join('\n'),
    detail: null,
  };
}

export function isFailedTest({ outcome: { kind, results } }: Settled): boolean {
  return kind === 'applied' && Object.values(results ?? {}).some((result) => result !== 'success');
}

function ofFailedTest(report: ApplyReport, test: Settled, places: Places): Annotation {
  const { address, verb } = test.step;
  const [alert] = alertsOf(report, test);
  const why = alert?.text ?? test.outcome.message;
  return {
    level: 'error',
    rule: outcomeRule('test-failed'),
    address,
    part: verb,
    places: places([address]),
    text: `test: ${resultsText(test.outcome.results ?? {})}${why === null ? '' : `. ${why}`}`,
    hint: alert?.hint ?? test.outcome.hint,
    detail: null,
  };
}

function ofSkipped({ address, verbs, behind }: SkippedResource, places: Places): Annotation {
  return {
    level: 'note',
    rule: outcomeRule('skipped'),
    address,
    part: verbs,
    places: places([address]),
    text: `${verbs} skipped: ${behind}`,
    hint: null,
    detail: null,
  };
}

function outcomeRule(code: string): Rule {
  return { id: `apply/${code}`, code, title: titleOf(code), help: 'What became of a step of the plan.' };
}
