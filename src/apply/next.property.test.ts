/**
 * Whatever a service answers, in whatever order: a step is never sent twice without a reading in between, nothing is
 * written side by side to one resource, the run ends, and every step has exactly one outcome.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlanStep } from '../model/plan.generated.ts';
import type { WriteResult } from '../model/ports.ts';
import type { FieldValues } from '../model/value.ts';
import {
  APPROVED,
  busy,
  conflict,
  DONE,
  done,
  lost,
  NO_BUDGET,
  PENDING,
  reading,
  refused,
  SETTINGS,
  step,
  TESTED,
  TESTING,
  throttled,
  UNDONE,
  UNTESTED,
} from './apply.test-support.ts';
import { type ApplyState, type Command, initialState } from './apply-state.ts';
import { type ApplyEvent, next } from './next.ts';
import type { Pace } from './pace.ts';

const VERBS = ['create', 'edit', 'readdress', 'approve', 'reject', 'test', 'deactivate', 'delete'] as const;
const ROWS: readonly (FieldValues | null)[] = [
  null,
  { ...UNDONE, ...PENDING, ...UNTESTED },
  { ...UNDONE, ...PENDING, ...TESTING },
  { ...DONE, ...APPROVED, ...TESTED, state: 'active' },
  { ...DONE, ...APPROVED, ...UNTESTED, state: 'inactive' },
  { ...UNDONE, emailAddress: 'old@c', approved: 'approved', state: 'active' },
];
const ANSWERS: readonly WriteResult[] = [done, done, conflict, busy, lost, refused, throttled];
/** A service that answers 429 for ever would be waited for as long. */
const CHOICES = 4_000;

const plans = fc
  .array(
    fc.record({
      address: fc.constantFrom('a', 'b', 'c', 'd'),
      verb: fc.constantFrom(...VERBS),
      needs: fc.array(fc.nat(20), { maxLength: 2 }),
    }),
    { maxLength: 12 },
  )
  .map((drawn): readonly PlanStep[] => {
    const unique = new Map(drawn.map((each) => [`${each.address}#${each.verb}`, each]));
    const ids = [...unique.keys()];
    return [...unique].map(([id, { needs }], place) =>
      step(id, { after: needs.filter((other) => other < place).flatMap((other) => ids[other] ?? []) }),
    );
  });

interface Tracked {
  readonly pending: Command[];
  /** Steps that were sent and not read for since. */
  readonly unread: Set<string>;
  readonly writing: Set<string>;
}

/** As after its first requests: steps travel together from now on. */
function withKnownCost(pace: Pace): Pace {
  const cost = { samples: [], roundTripMs: 100, operationMs: 20 };
  return { ...pace, cost, lanes: { ...pace.lanes, stage: 'settled' } };
}

function endOf({ steps, places }: ApplyState, id: string): string | null {
  const place = places.get(id);
  return place === undefined ? 'elsewhere' : (steps[place]?.outcome?.kind ?? null);
}

function track({ pending, unread, writing }: Tracked, commands: readonly Command[], state: ApplyState): void {
  for (const command of commands) {
    pending.push(command);
    if (command.kind === 'read')
      for (const { step: asked } of state.steps)
        if (command.addresses.includes(asked.address)) unread.delete(asked.id);
    if (command.kind !== 'send') continue;
    for (const { step: sent } of command.sendings) {
      const { id, address, after } = sent;
      const unmet = after.filter((other) => endOf(state, other) === null);
      expect({ id, sentTwice: unread.has(id), sideBySide: writing.has(address), unmet }).toEqual({
        id,
        sentTwice: false,
        sideBySide: false,
        unmet: [],
      });
      unread.add(id);
      writing.add(address);
    }
  }
}

it('holds for any service', () => {
  const sizes: number[] = [];
  fc.assert(
    fc.property(
      plans,
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: 1, max: 4 }),
      (steps, random, lanes) => {
        const draws = random[Symbol.iterator]();
        let drawn = 0;
        const draw = (below: number): number => {
          drawn += 1;
          expect(drawn).toBeLessThan(CHOICES);
          return (draws.next().value ?? 0) % below;
        };
        let now = 0;
        const eventOf = (command: Command, tracked: Tracked): ApplyEvent => {
          switch (command.kind) {
            case 'read': {
              if (draw(10) === 0) return { kind: 'read-failed', message: 'away', now };
              const rows = command.addresses.map(
                (a) => [a, reading(a, ROWS[draw(ROWS.length)] ?? null)] as const,
              );
              return { kind: 'read', readings: new Map(rows), now };
            }
            case 'send': {
              const results = command.sendings.map(({ step: { address } }) => {
                tracked.writing.delete(address);
                const result = drawn > CHOICES / 4 ? refused : (ANSWERS[draw(ANSWERS.length)] ?? done);
                const after = reading(address, ROWS[draw(ROWS.length)] ?? null);
                return result.kind === 'done' && draw(2) === 0 ? { ...result, after } : result;
              });
              sizes.push(results.length);
              const ids = command.sendings.map(({ step: { id } }) => id);
              const sentAt = now - 10 - results.length * (1 + draw(10));
              return { kind: 'answered', steps: ids, results, sentAt, now, budget: NO_BUDGET };
            }
            case 'wait':
              now = Math.max(now, command.until);
              return { kind: 'woke', now };
            default:
              throw new Error('nothing comes of the end');
          }
        };
        const tracked: Tracked = { pending: [], unread: new Set(), writing: new Set() };
        const begun = initialState(steps, { ...SETTINGS, lanes: { start: 1, most: lanes } }, 0);
        let state = lanes % 2 === 0 ? begun : { ...begun, pace: withKnownCost(begun.pace) };
        const tell = (event: ApplyEvent): void => {
          const before = state.steps.map(({ outcome }) => outcome);
          const after = next(state, event);
          state = after.state;
          for (const command of after.commands)
            if (command.kind === 'wait') expect(command.until).toBeGreaterThan(now);
          track(tracked, after.commands, state);
          for (const [place, outcome] of before.entries())
            if (outcome !== null) expect(state.steps[place]?.outcome).toBe(outcome);
        };
        tell({ kind: 'started', now });
        while (!tracked.pending.some(({ kind }) => kind === 'finish')) {
          const [command] = tracked.pending.splice(draw(tracked.pending.length), 1);
          if (command === undefined) throw new Error('the run waits for nothing');
          now += draw(1_000);
          const interrupted = draw(200) === 0 && state.stopped === null;
          tell(eventOf(command, tracked));
          if (interrupted && !state.finished) tell({ kind: 'interrupted', now });
        }
        expect(state.steps.filter(({ outcome }) => outcome === null)).toEqual([]);
        // Only a run that is stopped leaves a write that has not been answered.
        if (state.stopped === null) expect(tracked.writing.size).toBe(0);
      },
    ),
    { numRuns: 400 },
  );
  // Steps did travel together.
  expect(Math.max(...sizes)).toBeGreaterThan(1);
});
