/** Lines of a run's journal: what the reducer is told, and what was settled, in a form that another run can read. */

import { mailboxAddress, parseAddress } from '../model/address.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import type { JournalLine, WriteResult } from '../model/ports.ts';

export function startedLine(plan: Plan, steps: number): JournalLine {
  return {
    event: 'run-started',
    plan_digest: plan.plan_digest,
    environment: plan.environment.name,
    organization_id: plan.environment.organization_id,
    as_of: plan.as_of,
    steps,
  };
}

/** What the decisions that follow were made by. */
export function observedLine(addresses: readonly string[], at: string): JournalLine {
  return { event: 'observed', addresses, at };
}

/** `until`: clock time in milliseconds; nothing is sent before it. */
export function pausedLine(until: number): JournalLine {
  return { event: 'paused', until: new Date(until).toISOString() };
}

/** On disk before the bytes leave. `at` is the service time of the reading that the write relies on. */
export function intentLine(step: PlanStep, at: string, needsTest: boolean): JournalLine {
  const { id, address, verb } = step;
  const renamed = renamedTo(step);
  return {
    event: 'intent',
    step: id,
    address,
    verb,
    at,
    ...(needsTest ? { needs_test: true } : {}),
    ...(renamed === null ? {} : { renamed_to: renamed }),
  };
}

/** Runs after this one know the resource by its new name. */
function renamedTo({ address, verb, set }: PlanStep): string | null {
  const name = set.find(({ field }) => field === 'name')?.to;
  const parsed = parseAddress(address);
  if (verb !== 'edit' || typeof name !== 'string' || parsed === null) return null;
  return parsed.sort === null ? `${parsed.kind}:${name}` : mailboxAddress(parsed.sort, name);
}

export function answeredLine(step: PlanStep, result: WriteResult): JournalLine {
  const { id, address, verb } = step;
  const line: JournalLine = { event: 'answered', step: id, address, verb, answer: result.kind };
  switch (result.kind) {
    case 'done':
      return { ...line, at: result.at };
    case 'refused':
      return {
        ...line,
        status: result.status,
        code: result.code,
        message: result.message,
        hint: result.hint,
      };
    case 'lost':
      return { ...line, message: result.message };
    case 'conflict':
    case 'busy':
    case 'throttled':
      return line;
    default:
      return result satisfies never;
  }
}

export function settledLine(step: PlanStep, outcome: Outcome, at: string | null): JournalLine {
  return {
    event: 'settled',
    step: step.id,
    address: step.address,
    verb: step.verb,
    outcome: outcome.kind,
    reason: outcome.reason,
    ...(at === null ? {} : { at }),
    ...(outcome.already ? { already: true } : {}),
    ...(outcome.message === null ? {} : { message: outcome.message }),
    ...(outcome.hint === null ? {} : { hint: outcome.hint }),
    ...(outcome.results === null ? {} : { results: { ...outcome.results } }),
  };
}
