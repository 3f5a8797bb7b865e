import { expect, it } from 'vitest';
import type { JournalEvent } from '../model/events.generated.ts';
import { at } from './apply.test-support.ts';
import { historyOf } from './history.ts';

const line = (event: JournalEvent['event'], id: string, rest: Partial<JournalEvent> = {}): JournalEvent => {
  const [address, verb] = id.split('#');
  return {
    time: at(0),
    run: 'r',
    seq: 1,
    event,
    step: id,
    ...(address && verb ? { address, verb } : {}),
    ...rest,
  };
};
const intent = (id: string, seconds: number, rest: Partial<JournalEvent> = {}): JournalEvent =>
  line('intent', id, { at: at(seconds), ...rest });
const answered = (
  id: string,
  answer: JournalEvent['answer'],
  rest: Partial<JournalEvent> = {},
): JournalEvent => line('answered', id, { ...(answer === undefined ? {} : { answer }), ...rest });
const settled = (id: string, outcome: JournalEvent['outcome']): JournalEvent =>
  line('settled', id, outcome === undefined ? {} : { outcome });

it.each([
  ['nothing', [], {}, {}, {}],
  ['a write that was begun', [intent('a#edit', 1)], { a: at(1) }, {}, {}],
  [
    'a write and its answer',
    [intent('a#edit', 1), answered('a#edit', 'done', { at: at(2) })],
    { a: at(2) },
    {},
    {},
  ],
  [
    'a write that a test depends on',
    [intent('a#edit', 1, { needs_test: true }), answered('a#edit', 'done', { at: at(2) })],
    { a: at(2) },
    { a: at(2) },
    {},
  ],
  [
    'a write that a test depends on, and a later one that none depends on',
    [intent('a#edit', 1, { needs_test: true }), intent('a#approve', 3)],
    { a: at(3) },
    { a: at(1) },
    {},
  ],
  [
    'the same step in another run, without a test',
    [
      intent('a#edit', 1, { needs_test: true }),
      intent('a#edit', 3, { run: 's' }),
      answered('a#edit', 'done', { run: 's', at: at(4) }),
    ],
    { a: at(4) },
    { a: at(1) },
    {},
  ],
  ['a test that was begun', [intent('a#test', 1)], {}, {}, { a: at(1) }],
  [
    'a test that was requested',
    [intent('a#test', 1), answered('a#test', 'done', { at: at(2) })],
    {},
    {},
    { a: at(1) },
  ],
  [
    'a test request without an answer',
    [intent('a#test', 1), answered('a#test', 'lost')],
    {},
    {},
    { a: at(1) },
  ],
  ...(['throttled', 'refused', 'conflict', 'busy'] as const).map(
    (answer) =>
      [
        `a test request that was not carried out: ${answer}`,
        [intent('a#test', 1), answered('a#test', answer)],
        {},
        {},
        {},
      ] as const,
  ),
  ['a test that ended', [intent('a#test', 1), settled('a#test', 'applied')], {}, {}, {}],
  ['a test that may still end', [intent('a#test', 1), settled('a#test', 'unknown')], {}, {}, { a: at(1) }],
  [
    'a rename: what was written and begun before and after it is known by both names',
    [
      intent('profile:Old#edit', 1, { run: 'q', needs_test: true }),
      intent('profile:Old#edit', 3, { renamed_to: 'profile:New' }),
      answered('profile:Old#edit', 'done', { at: at(4) }),
    ],
    { 'profile:Old': at(4), 'profile:New': at(4) },
    { 'profile:Old': at(1), 'profile:New': at(1) },
    {},
  ],
  [
    'a rename: a test of the same run, which knows the old name',
    [
      intent('f#edit', 1, { renamed_to: 'g' }),
      intent('f#test', 2),
      intent('h#test', 2),
      settled('h#test', 'applied'),
    ],
    { f: at(1), g: at(1) },
    {},
    { f: at(2), g: at(2) },
  ],
  ['lines of the run itself', [line('paused', ''), line('run-ended', '')], {}, {}, {}],
] as const)('%s', (_name, lines, lastWrite, untestedWrite, openTests) => {
  expect(historyOf(lines)).toEqual({
    lastWrite: new Map(Object.entries(lastWrite)),
    untestedWrite: new Map(Object.entries(untestedWrite)),
    openTests: new Map(Object.entries(openTests)),
  });
});

const run = (name: string, event: JournalEvent['event'], rest: Partial<JournalEvent> = {}): JournalEvent => {
  return { time: at(5), run: name, seq: 1, event, ...rest };
};
const HALF = [
  run('r', 'run-started', { steps: 3 }),
  settled('a#edit', 'applied'),
  settled('b#edit', 'failed'),
];

it.each<[string, readonly JournalEvent[], boolean]>([
  ['killed', HALF, true],
  ['interrupted', [...HALF, run('r', 'run-ended', { result: 'interrupted' })], true],
  [
    'over time',
    [
      ...HALF,
      line('settled', 'c#edit', { outcome: 'skipped', reason: 'time-out' }),
      run('r', 'run-ended', { result: 'incomplete' }),
    ],
    true,
  ],
  ['ended with failures', [...HALF, run('r', 'run-ended', { result: 'incomplete' })], false],
  [
    'killed, and a later one went to its end',
    [...HALF, run('s', 'run-started', { steps: 1 }), run('s', 'run-ended', { result: 'complete' })],
    false,
  ],
])('the last run was %s', (_name, lines, isUnfinished) =>
  expect(historyOf(lines).unfinished).toEqual(isUnfinished ? { at: at(5), steps: 3, applied: 1 } : undefined),
);
