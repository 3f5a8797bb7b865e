/** Progress on a terminal and in a log: what is written to stderr, character by character. */

import { expect, it } from 'vitest';
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
