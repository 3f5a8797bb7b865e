import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { JournalEvent } from '../../model/events.generated.ts';
import { makePlan, makeStep, test } from '../fixtures/make-plan.ts';
import { users } from '../fixtures/plans.ts';
import type { Style } from '../style.ts';
import { logEvent, logSilence, progressEvent, startLog } from './progress-log.ts';
import { nextProgress, startProgress, tickProgress } from './progress-state.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 80, unicode: true };
const START = Date.parse('2026-11-21T09:00:00Z');

type Parts = Partial<JournalEvent> & Pick<JournalEvent, 'event'>;

function event(parts: Parts, second = 0): JournalEvent {
  return { time: new Date(START + second * 1000).toISOString(), run: 'r1', seq: 1, ...parts };
}

describe('plain line', () => {
  const step = 'mailbox:queue/Support#test';

  it.each<[string, Parts, string | null]>([
    ['started', { event: 'run-started', steps: 12, environment: 'prod' }, 'run r1 started: 12 steps in prod'],
    ['read', { event: 'observed', addresses: ['mailbox:queue/Support'] }, null],
    ['an edit begins', { event: 'intent', step, verb: 'edit', address: 'mailbox:queue/Support' }, null],
    [
      'a test begins',
      { event: 'intent', step, verb: 'test', address: 'mailbox:queue/Support' },
      'testing  mailbox:queue/Support',
    ],
    ['answered', { event: 'answered', step, answer: 'done' }, null],
    [
      'applied',
      { event: 'settled', step: 'settings:email#edit', outcome: 'applied' },
      'applied  settings:email#edit',
    ],
    [
      'already so',
      { event: 'settled', step: 'settings:email#edit', outcome: 'applied', already: true },
      'already so  settings:email#edit',
    ],
    [
      'failed',
      { event: 'settled', step: 'settings:email#edit', outcome: 'failed', reason: 'stale' },
      'failed  settings:email#edit  stale',
    ],
    [
      'in the words of the service, made harmless',
      { event: 'settled', step, outcome: 'failed', reason: 'refused', message: 'No.\r\n\u001b[2J' },
      'failed  mailbox:queue/Support#test  No. \\u001b[2J',
    ],
    [
      'a test failed',
      { event: 'settled', step, outcome: 'applied', results: { incoming: 'success', outgoing: 'failure' } },
      'test failed  mailbox:queue/Support#test  incoming success, outgoing failure',
    ],
    [
      'paused',
      { event: 'paused', until: '2026-11-21T09:01:10Z' },
      'paused by the service until 2026-11-21 09:01:10 UTC',
    ],
    ['interrupted', { event: 'interrupted' }, 'interrupted; the same command goes on where this run stopped'],
    ['ended', { event: 'run-ended', result: 'incomplete' }, 'run r1 ended: incomplete'],
  ])('%s', (_, parts, expected) => {
    expect(progressEvent(event(parts, 62))).toBe(expected === null ? null : `09:01:02  ${expected}`);
  });
});

/** What a log holds of a run with these steps. */
function logged(addresses: readonly string[], events: readonly JournalEvent[]): readonly string[] {
  let state = startProgress(
    makePlan({ steps: addresses.map((address) => makeStep(address, 'edit')) }),
    START,
  );
  let log = startLog(START);
  const lines: string[] = [];
  for (const one of events) {
    state = nextProgress(state, one);
    const next = logEvent(log, one, state, STYLE);
    log = next.log;
    lines.push(...next.lines);
  }
  return lines;
}

describe('log', () => {
  const applied = (address: string, second: number): JournalEvent =>
    event({ event: 'settled', step: `${address}#edit`, outcome: 'applied' }, second);

  it('lists every step of a short run', () => {
    const [one = '', two = ''] = users(2);
    expect(logged([one, two], [applied(one, 1), applied(two, 2)])).toEqual([
      `09:00:01  applied  ${one}#edit`,
      `09:00:02  applied  ${two}#edit`,
    ]);
  });

  it('says of a long run what went wrong, and now and then where it stands', () => {
    const people = users(3000);
    const failed = event(
      { event: 'settled', step: `${people[7]}#edit`, outcome: 'failed', reason: 'stale' },
      8,
    );
    const events = people.map((address, index) =>
      index === 7 ? failed : applied(address, Math.floor(index / 60)),
    );
    const lines = logged(people, events);
    expect(lines).toEqual([
      `09:00:08  failed  ${people[7]}#edit  stale`,
      '09:00:23  Writing 1,381/3,000  1 failed  60/s  27 s left  00:23',
      '09:00:38  Writing 2,281/3,000  1 failed  60/s  12 s left  00:38',
    ]);
  });

  it('says at the end of a long run where it stands', () => {
    const people = users(50);
    const events = people.map((address) => applied(address, 5));
    expect(logged(people, [...events, event({ event: 'run-ended', result: 'complete' }, 6)])).toEqual([
      '09:00:06  Writing 50/50  00:06',
      '09:00:06  run r1 ended: complete',
    ]);
  });

  it('tells a pause once, however often it is made longer, and of short ones one in half a minute', () => {
    const [one = ''] = users(1);
    const paused = (second: number, until: number): JournalEvent =>
      event({ event: 'paused', until: event({ event: 'paused' }, until).time }, second);
    const each = Array.from({ length: 20 }, (_none, index) => paused(20 + index, 21 + index));
    const pauses = [paused(1, 5), paused(2, 12), paused(11, 14), paused(14, 20), ...each];
    expect(logged([one], [...pauses, paused(42, 72), paused(72, 73)])).toEqual([
      '09:00:01  paused by the service until 2026-11-21 09:00:05 UTC',
      '09:00:31  paused by the service until 2026-11-21 09:00:32 UTC; 12 more pauses since 09:00:01',
      '09:00:42  paused by the service until 2026-11-21 09:01:12 UTC; 8 more pauses since 09:00:31',
      '09:01:12  paused by the service until 2026-11-21 09:01:13 UTC',
    ]);
  });

  it('says together what a stop left unknown in a long run', () => {
    const people = users(400);
    const unknown = (address: string, verb: string, message: string): JournalEvent =>
      event(
        {
          event: 'settled',
          step: `${address}#${verb}`,
          address,
          verb,
          outcome: 'unknown',
          reason: 'interrupted',
          message,
        },
        9,
      );
    const requested = 'The test was requested and goes on in the service';
    const events = [
      event({ event: 'interrupted' }, 8),
      ...people.map((address) => unknown(address, 'test', requested)),
      unknown(people[0] ?? '', 'edit', 'Sent, and no answer came'),
      event({ event: 'run-ended', result: 'interrupted' }, 9),
    ];
    const names = people.slice(0, 5).map((address) => address.replace('mailbox:user/', ''));
    expect(logged(people, events)).toEqual([
      '09:00:08  interrupted; the same command goes on where this run stopped',
      expect.stringMatching(/^09:00:09 {2}/u),
      `09:00:09  unknown  test of 400 mailboxes: ${names.join(', ')} and 395 more  ${requested}`,
      `09:00:09  unknown  edit of 1 mailbox: ${names[0]}  Sent, and no answer came`,
      '09:00:09  run r1 ended: interrupted',
    ]);
  });

  it('says that it is alive when nothing happened for a minute', () => {
    const steps = [test('mailbox:queue/Support', {})];
    const answered = event({ event: 'answered', step: 'mailbox:queue/Support#test', answer: 'done' });
    const state = nextProgress(startProgress(makePlan({ steps }), START), answered);
    const log = startLog(START);
    expect(logSilence(log, tickProgress(state, START + 59_000), STYLE).lines).toEqual([]);
    expect(logSilence(log, tickProgress(state, START + 60_000), STYLE).lines).toEqual([
      '09:01:00  Testing 1/1  0 passed  1 running  01:00  about 120 s left  usual: up to 5 min  longest: queue/Support 01:00',
    ]);
  });
});
