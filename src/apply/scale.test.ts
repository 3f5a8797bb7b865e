/** What a run costs this process: an event looks at the steps that it touches, not at the whole plan. */

import { expect, it } from 'vitest';
import type { PlanStep } from '../model/plan.generated.ts';
import { behind, done, NO_BUDGET, reading, SETTINGS, step, UNDONE } from './apply.test-support.ts';
import { type ApplyState, type Command, initialState } from './apply-state.ts';
import { type ApplyEvent, next } from './next.ts';

/** Half of the steps need another. */
function stepsOf(count: number): readonly PlanStep[] {
  return Array.from({ length: count }, (_none, index) =>
    index % 2 === 0 ? step(`m${index}#edit`) : behind(`m${index}#edit`, `m${index - 1}#edit`),
  );
}

function visitsOf(count: number): number {
  let state: ApplyState = initialState(stepsOf(count), { ...SETTINGS, lanes: { start: 8, most: 8 } }, 0);
  const pending: Command[] = [];
  let now = 0;
  const tell = (event: ApplyEvent): void => {
    const after = next(state, event);
    state = after.state;
    pending.push(...after.commands);
  };
  tell({ kind: 'started', now });
  for (let command = pending.shift(); command !== undefined; command = pending.shift()) {
    now += 10;
    if (command.kind === 'read')
      tell({ kind: 'read', readings: new Map(command.addresses.map((a) => [a, reading(a, UNDONE)])), now });
    if (command.kind === 'send') {
      const steps = command.sendings.map(({ step: { id } }) => id);
      const sentAt = now - 50 - 20 * steps.length;
      tell({ kind: 'answered', steps, results: steps.map(() => done), sentAt, now, budget: NO_BUDGET });
    }
  }
  expect(state.finished).toBe(true);
  return state.table.visits;
}

it('grows with the plan and no faster', () => {
  const small = visitsOf(1_000) / 1_000;
  const large = visitsOf(10_000) / 10_000;
  expect(large / small).toBeLessThan(1.2);
  expect(large).toBeLessThan(60);
});
