/** What became of a plan as tests: one case for each step. */

import type { PlanStep } from '../../model/plan.generated.ts';
import { isFailedTest } from '../annotations/apply-annotations.ts';
import { alertsOf, type Settled, settledSteps, skippedGroups, troubleTexts } from '../apply-groups.ts';
import type { ApplyReport } from '../apply-report.ts';
import { groupBy } from '../group.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import { resultsText, words } from '../value-text.ts';
import { findingCase } from './plan-junit.ts';
import { type Case, junitXml, type State } from './test-case.ts';

export function applyJunit(document: ApplyReport, { folder }: Style): string {
  const report = printable(document);
  const { environment, as_of, steps, findings } = report.plan;
  const all = settledSteps(report);
  const settled = new Map(all.map((one) => [one.step.id, one]));
  const behind = new Map(
    skippedGroups(all).flatMap((group) => group.map((one) => [one.address, one.behind])),
  );
  const byVerb = groupBy(steps, ({ verb }) => verb);
  return junitXml({
    verb: 'apply',
    environment: environment.name,
    asOf: as_of,
    suites: [
      ...byVerb.map((group) => ({
        name: group[0]?.verb ?? '',
        cases: group.map((step) => stepCase(step, settled.get(step.id), behind, report)),
      })),
      { name: 'items', cases: findings.map((finding) => findingCase(finding, folder)) },
    ],
  });
}

function stepCase(
  { id, address }: PlanStep,
  settled: Settled | undefined,
  behind: ReadonlyMap<string, string>,
  report: ApplyReport,
): Case {
  if (settled === undefined) return { name: id, state: 'skipped', message: 'not begun' };
  const { outcome } = settled;
  if (isFailedTest(settled)) return failedTestCase(settled, report);
  if (outcome.kind === 'applied') {
    if (outcome.already) return { name: id, state: 'passed', output: 'already so, and not written' };
    return {
      name: id,
      state: 'passed',
      ...(outcome.results === null ? {} : { output: resultsText(outcome.results) }),
    };
  }
  if (outcome.kind === 'skipped')
    return { name: id, state: 'skipped', message: behind.get(address) ?? 'behind another step' };
  const [said = '', ...rest] = troubleTexts(outcome);
  return {
    name: id,
    state: STATES[outcome.kind],
    message: [words(outcome.kind), said].filter((text) => text !== '').join(': '),
    ...(outcome.reason === null ? {} : { type: outcome.reason }),
    output: rest.join('\n'),
  };
}

/** Nobody knows whether an unknown step was carried out: that is no result of a test, but an error of the run. */
const STATES: Readonly<Record<Exclude<Settled['outcome']['kind'], 'applied' | 'skipped'>, State>> = {
  failed: 'failed',
  unknown: 'error',
  'handed-off': 'skipped',
};

function failedTestCase(test: Settled, report: ApplyReport): Case {
  const { results, message, hint } = test.outcome;
  const alerts = alertsOf(report, test).flatMap((alert) => [
    alert.text,
    alert.cause ?? '',
    alert.hint ?? '',
    alert.article ?? '',
  ]);
  return {
    name: test.step.id,
    state: 'failed',
    message: resultsText(results ?? {}),
    type: 'test-failed',
    output: [message ?? '', hint ?? '', ...alerts].filter((text) => text !== '').join('\n'),
  };
}
