/** Which readings somebody waits for. */

import { expect, it } from 'vitest';
import type { PlanStep } from '../model/plan.generated.ts';
import type { WriteResult } from '../model/ports.ts';
import type { FieldValues } from '../model/value.ts';
import {
  conflict,
  done,
  lost,
  NO_BUDGET,
  PENDING,
  reading,
  SETTINGS,
  step,
  UNDONE,
  UNTESTED,
} from './apply.test-support.ts';
import { type Command, initialState } from './apply-state.ts';
import { type ApplyEvent, next } from './next.ts';

/** What is asked for after these events, one after the other. */
function asked(steps: readonly PlanStep[], events: readonly ApplyEvent[]): readonly Command[] {
  let state = initialState(steps, SETTINGS, 0);
  let commands: readonly Command[] = [];
  for (const event of events) ({ state, commands } = next(state, event));
  return commands;
}

const started: ApplyEvent = { kind: 'started', now: 0 };

function read(fields: Readonly<Record<string, FieldValues>>): ApplyEvent {
  const readings = Object.entries(fields).map(([address, values]) => reading(address, values));
  return { kind: 'read', readings: new Map(readings.map((each) => [each.address, each])), now: 0 };
}

function answered(id: string, result: WriteResult): ApplyEvent {
  return { kind: 'answered', steps: [id], results: [result], sentAt: 0, now: 0, budget: NO_BUDGET };
}

it.each<readonly [string, readonly PlanStep[], readonly ApplyEvent[], readonly string[], boolean]>([
  ['steps that are to be sent wait for it', [step('a#edit'), step('b#edit')], [started], ['a', 'b'], true],
  [
    'a test that runs does not',
    [step('a#test')],
    [started, read({ a: UNTESTED }), answered('a#test', done), { kind: 'woke', now: 5_000 }],
    ['a'],
    false,
  ],
  [
    'nor an approval that is read back',
    [step('a#approve')],
    [started, read({ a: PENDING }), answered('a#approve', done)],
    ['a'],
    false,
  ],
  [
    'a step that met another change is to be sent again',
    [step('a#edit')],
    [started, read({ a: UNDONE }), answered('a#edit', conflict)],
    ['a'],
    true,
  ],
  [
    'one without an answer is looked after first, and not by a request of many parts, which may be lost too',
    [step('a#edit')],
    [started, read({ a: UNDONE }), answered('a#edit', lost)],
    ['a'],
    true,
  ],
])('%s', (_name, steps, events, addresses, hurry) => {
  expect(asked(steps, events)).toEqual([{ kind: 'read', addresses, hurry }]);
});
