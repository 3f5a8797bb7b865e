/** Progress on a terminal and in a log: what is written to stderr, character by character. */

import { afterEach, expect, it, vi } from 'vitest';
import type { JournalEvent } from '../model/events.generated.ts';
import { makePlan, makeStep, test } from '../report/fixtures/make-plan.ts';
import type { Io } from './io.ts';
import { showProgress } from './progress.ts';

const START = Date.parse('2026-11-21T09:00:00Z');
const QUEUE = 'mailbox:queue/Support';
const PLAN = makePlan({ steps: [makeStep(QUEUE, 'edit'), test(QUEUE, { outgoing: 'not-run' })] });
const OPTIONS = {
  color: 'never',
  verbose: false,
  logLevel: 'info',
  format: 'text',
  input: true,
  detailedExitcode: false,
  allow: [],
} as const;
const LINE = 'Testing 0/1  0 passed  1 to come  00:00';
const CLEAR = '\r\u001b[2K';

function terminal(
  isTerminal: boolean,
  env: Io['env'] = {},
): { readonly io: Io; readonly written: () => string } {
  let text = '';
  const output: Io['stderr'] = {
    write: (more) => {
      text += more;
    },
    isTerminal,
    width: 60,
  };
  const io: Io = {
    stdout: output,
    stderr: output,
    env,
    cwd: '/',
    ask: null,
    interrupted: new AbortController().signal,
  };
  return { io, written: () => text };
}

function event(parts: Partial<JournalEvent> & Pick<JournalEvent, 'event'>): JournalEvent {
  return { time: new Date(START).toISOString(), run: 'r1', seq: 1, ...parts };
}

it('on a terminal a message goes between two drawings of the line, and nothing is left of it', () => {
  const { io, written } = terminal(true);
  const progress = showProgress(io, OPTIONS, PLAN, () => START);
  progress.onEvent(event({ event: 'settled', step: `${QUEUE}#edit`, outcome: 'applied' }));
  progress.say('Alerts cannot be read.\n');
  progress.end();
  expect(written()).toBe(`${CLEAR}${LINE}${CLEAR}Alerts cannot be read.\n${CLEAR}${LINE}${CLEAR}`);
});

it.each([
  ['in a log', false, {}, 'info'],
  ['on a terminal that cannot redraw', true, { TERM: 'dumb' }, 'info'],
  ['between the lines of requests', true, {}, 'debug'],
] as const)('%s there are plain lines', (_, isTerminal, env, logLevel) => {
  const { io, written } = terminal(isTerminal, env);
  const progress = showProgress(io, { ...OPTIONS, logLevel }, PLAN, () => START);
  progress.onEvent(event({ event: 'settled', step: `${QUEUE}#edit`, outcome: 'applied' }));
  progress.say('Alerts cannot be read.\n');
  progress.end();
  expect(written()).toBe(`09:00:00  applied  ${QUEUE}#edit\nAlerts cannot be read.\n`);
});

it.each([true, false])('where warnings alone are wanted there is none (terminal: %s)', (isTerminal) => {
  const { io, written } = terminal(isTerminal);
  const progress = showProgress(io, { ...OPTIONS, logLevel: 'warn' }, PLAN, () => START);
  progress.onEvent(event({ event: 'settled', step: `${QUEUE}#edit`, outcome: 'applied' }));
  progress.say('Alerts cannot be read.\n');
  progress.end();
  expect(written()).toBe('Alerts cannot be read.\n');
});

afterEach(() => {
  vi.useRealTimers();
});

it('a log is never silent for much longer than a minute while tests run', () => {
  vi.useFakeTimers({ now: START });
  const { io, written } = terminal(false);
  const progress = showProgress(io, OPTIONS, PLAN, () => Date.now());
  const now = (): string => new Date().toISOString();
  vi.advanceTimersByTime(5_000);
  progress.onEvent(event({ time: now(), event: 'settled', step: `${QUEUE}#edit`, outcome: 'applied' }));
  progress.onEvent(
    event({ time: now(), event: 'intent', step: `${QUEUE}#test`, verb: 'test', address: QUEUE }),
  );
  progress.onEvent(event({ time: now(), event: 'answered', step: `${QUEUE}#test`, answer: 'done' }));
  vi.advanceTimersByTime(200_000);
  progress.end();
  expect(written()).toBe(
    [
      `09:00:05  applied  ${QUEUE}#edit`,
      `09:00:05  testing  ${QUEUE}`,
      '09:01:06  Testing 1/1  0 passed  1 running  01:06  about 119 s left  usual: up to 5 min  longest: queue/Support 01:01',
      '09:02:06  Testing 1/1  0 passed  1 running  02:06  about 59 s left  usual: up to 5 min  longest: queue/Support 02:01',
      '09:03:06  Testing 1/1  0 passed  1 running  03:06  usual: up to 5 min  longest: queue/Support 03:01',
      '',
    ].join('\n'),
  );
});
