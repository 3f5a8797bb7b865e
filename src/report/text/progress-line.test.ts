import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../model/events.generated.ts';
import { approval, makePlan, makeStep, test } from '../fixtures/make-plan.ts';
import { users } from '../fixtures/plans.ts';
import type { Style } from '../style.ts';
import { progressLine } from './progress-line.ts';
import { nextProgress, type ProgressState, startProgress, tickProgress } from './progress-state.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 80, unicode: true };
const START = Date.parse('2026-11-21T09:00:00Z');
const PEOPLE = users(38);

type Parts = Partial<JournalEvent> & Pick<JournalEvent, 'event'>;

function event(parts: Parts, second = 0): JournalEvent {
  return { time: new Date(START + second * 1000).toISOString(), run: 'r1', seq: 1, ...parts };
}

function played(state: ProgressState, events: readonly JournalEvent[]): ProgressState {
  return events.reduce(nextProgress, state);
}

const requested = (address: string | undefined, second: number): readonly JournalEvent[] => [
  event({ event: 'intent', step: `${address}#test` }, second),
  event({ event: 'answered', step: `${address}#test`, answer: 'done' }, second),
];

const tested = (address: string, result: string, second: number): readonly JournalEvent[] => [
  ...requested(address, second),
  event(
    { event: 'settled', step: `${address}#test`, outcome: 'applied', results: { incoming: result } },
    second,
  ),
];

describe('line', () => {
  const steps = PEOPLE.flatMap((address) => [makeStep(address, 'edit'), test(address, {})]);
  const start = startProgress(makePlan({ steps }), START);
  const edits = PEOPLE.map((address) =>
    event({ event: 'settled', step: `${address}#edit`, outcome: 'applied' }, 5),
  );
  const tests = [
    ...PEOPLE.slice(0, 9).flatMap((address) => tested(address, 'success', 20)),
    ...PEOPLE.slice(9, 11).flatMap((address) => tested(address, 'failure', 30)),
    ...requested(PEOPLE[11], 42),
  ];
  const many = makePlan({ steps: users(3000).map((address) => makeStep(address, 'edit')) });

  it.each<[string, readonly JournalEvent[], string]>([
    ['at the start', [], 'Writing 0/38  00:00'],
    [
      'while writing',
      [edits[0], event({ event: 'settled', step: `${PEOPLE[1]}#edit`, outcome: 'failed' }, 7)].filter(
        (one) => one !== undefined,
      ),
      'Writing 2/38  1 failed  17/min  126 s left  00:07',
    ],
    [
      'while testing',
      [...edits, ...tests],
      'Testing 12/38  9 passed  2 failed  1 running  00:42  usual: up to 5 min',
    ],
    [
      'a test that was skipped was never running',
      [...edits, event({ event: 'settled', step: `${PEOPLE[0]}#test`, outcome: 'skipped' }, 9)],
      'Testing 1/38  0 passed  1 skipped  37 to come  00:09',
    ],
    [
      'a test whose request is under way, and one whose request was lost, may not run',
      [
        ...edits,
        ...requested(PEOPLE[0], 6),
        event({ event: 'intent', step: `${PEOPLE[1]}#test` }, 7),
        event({ event: 'intent', step: `${PEOPLE[2]}#test` }, 8),
        event({ event: 'answered', step: `${PEOPLE[2]}#test`, answer: 'lost' }, 9),
      ],
      'Testing 3/38  0 passed  1 running  2 without an answer, asked for again in 179 s',
    ],
    [
      'a test that was lost, and then requested again',
      [
        ...edits,
        event({ event: 'intent', step: `${PEOPLE[0]}#test` }, 7),
        event({ event: 'answered', step: `${PEOPLE[0]}#test`, answer: 'lost' }, 8),
        ...requested(PEOPLE[0], 9),
      ],
      'Testing 1/38  0 passed  1 running  00:09  about 180 s left  usual: up to 5 min',
    ],
    [
      'a test whose request was put off is still to come',
      [
        ...edits,
        event({ event: 'intent', step: `${PEOPLE[0]}#test` }, 7),
        event({ event: 'answered', step: `${PEOPLE[0]}#test`, answer: 'throttled' }, 8),
      ],
      'Testing 0/38  0 passed  38 to come  00:08',
    ],
    ['between the writes and the first test', edits, 'Testing 0/38  0 passed  38 to come  00:05'],
    [
      'in a pause',
      [event({ event: 'paused', until: '2026-11-21T09:01:10Z' }, 10)],
      'Writing 0/38  00:10  paused by the service for 01:00',
    ],
  ])('%s', (_, events, expected) => {
    expect(progressLine(played(start, events), STYLE)).toBe(expected);
  });

  it('says pace and time left of many writes', () => {
    const done = users(3000)
      .slice(0, 1300)
      .map((address) => event({ event: 'settled', step: `${address}#edit`, outcome: 'applied' }, 50));
    expect(progressLine(played(startProgress(many, START), done), STYLE)).toBe(
      'Writing 1,300/3,000  26/s  66 s left  00:50',
    );
  });

  it('names the test that is awaited longest, and when the newest should end, where there is room', () => {
    const state = played(start, [
      ...edits,
      ...requested(PEOPLE[0], 10),
      ...requested(PEOPLE[1], 20),
      event({ event: 'observed' }, 70),
      event({ event: 'observed', step: `${PEOPLE[0]}#test` }, 70),
    ]);
    expect(progressLine(state, { ...STYLE, width: 160 })).toBe(
      'Testing 2/38  0 passed  2 running  01:10  about 130 s left  usual: up to 5 min  longest: alice@contoso.com 01:00',
    );
    expect(progressLine(state, STYLE)).toBe(
      'Testing 2/38  0 passed  2 running  01:10  about 130 s left  usual: up to 5 min',
    );
  });

  it('goes on when the pause is over', () => {
    const paused = played(start, [event({ event: 'paused', until: '2026-11-21T09:01:10Z' }, 10)]);
    expect(progressLine(tickProgress(paused, START + 70_000), STYLE)).toBe('Writing 0/38  01:10');
  });

  it('drops what does not fit, so that redrawing never wraps', () => {
    expect(progressLine(played(start, [...edits, ...tests]), { ...STYLE, width: 40 })).toBe(
      'Testing 12/38  9 passed  2 failed',
    );
  });

  it('is never the bare time: writes that are done stay counted where there are no tests', () => {
    const done = users(3000).map((address) =>
      event({ event: 'settled', step: `${address}#edit`, outcome: 'applied' }, 50),
    );
    expect(progressLine(played(startProgress(many, START), done), STYLE)).toBe('Writing 3,000/3,000  00:50');
  });

  it('changes no state that was handed in', () => {
    const before = structuredClone(start);
    played(start, [...edits, ...tests]);
    expect(start).toEqual(before);
  });

  it('counts approvals among the writes', () => {
    const approvals = makePlan({ steps: [approval('mailbox:queue/A', 'a@contoso.com')] });
    expect(progressLine(startProgress(approvals, START), STYLE)).toBe('Writing 0/1  00:00');
  });
});
