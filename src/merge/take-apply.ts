/** What the result of an apply brings: the counts, and each step that did not end as it should. */

import type { Apply } from '../model/apply.generated.ts';
import type { Outcome } from '../model/outcome.ts';
import { gathered, type Head, type Taken, type Thing } from './taken.ts';

export function takeApply(file: string, apply: Apply): Taken {
  const { plan, outcomes, counts } = apply;
  const { environment, as_of, plan_digest } = plan;
  const numbers = {
    ...counts,
    failed_tests: outcomes.filter(isFailedTest).length,
    missing: plan.findings.length,
  };
  return {
    head: {
      ...{ environment, kind: 'apply', file, as_of, state: stateOf(apply), guards: [] },
      numbers,
      plan_digest,
      review: null,
    },
    contents: gathered(troubles(apply)),
    // What its plan says of the configuration was true before it was applied.
    declared: null,
  };
}

function stateOf({ plan, outcomes, counts, stopped }: Apply): Head['state'] {
  const { failed, skipped, unknown, handed_off } = counts;
  if (stopped !== null || failed + skipped + unknown + plan.findings.length > 0) return 'incomplete';
  if (outcomes.length < plan.steps.length) return 'incomplete';
  if (outcomes.some(isFailedTest)) return 'failing';
  return handed_off + plan.handoffs.length + plan.held_back.length + plan.deferred.length > 0
    ? 'waiting'
    : 'clean';
}

function isFailedTest({ kind, results }: Outcome): boolean {
  return kind === 'applied' && Object.values(results ?? {}).some((result) => result !== 'success');
}

function* troubles({ plan, outcomes }: Apply): Iterable<readonly [string, Thing]> {
  const byStep = new Map(outcomes.map((outcome) => [outcome.step, outcome]));
  for (const { id, address } of plan.steps) {
    const outcome = byStep.get(id);
    const thing = outcome === undefined ? NOT_BEGUN : troubleOf(outcome);
    if (thing !== null) yield [address, thing];
  }
}

const NOT_BEGUN: Thing = { kind: 'apply', what: 'not-begun' };

function troubleOf(outcome: Outcome): Thing | null {
  const { kind, reason, message } = outcome;
  if (isFailedTest(outcome)) return { kind: 'apply', what: 'test-failed', message: resultsOf(outcome) };
  if (kind === 'applied') return null;
  return { kind: 'apply', what: kind, detail: reason, message };
}

/** `incoming failure, outgoing success`. */
function resultsOf({ results }: Outcome): string {
  return Object.entries(results ?? {})
    .map(([direction, result]) => `${direction} ${result}`)
    .join(', ');
}
