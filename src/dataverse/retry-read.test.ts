import { expect, it } from 'vitest';
import type { Clock } from '../model/ports.ts';
import type { HttpAnswer } from './http.ts';
import { createSharedPause, type SharedPause } from './pause.ts';
import { readWithRetry } from './retry-read.ts';

/** A clock that moves by sleeping alone. */
function sleepingClock(): Clock {
  let now = Date.parse('2026-11-21T09:00:00Z');
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

it.each([
  ['no pause', '0'],
  ['a pause that is over', 'Wed, 21 Oct 2015 07:28:00 GMT'],
  ['less than none', '-1'],
  ['a span of time', '00:00:02'],
])(
  'a service that is busy for ever and asks for %s is asked ever more rarely, and not for ever',
  async (_name, retryAfter) => {
    const clock = sleepingClock();
    const limits = { attempts: 6, totalMs: 15 * 60_000 };
    const context = {
      clock,
      random: () => 0.5,
      pause: createSharedPause(clock),
      limits,
      host: 'contoso.example',
    };
    let sent = 0;
    const read = readWithRetry(context, 'GET mailboxes', async () => {
      sent += 1;
      return { status: 429, headers: new Headers({ 'retry-after': retryAfter }), text: '' };
    });
    await expect(read).rejects.toMatchObject({ kind: 'throttled' });
    expect(sent).toBeGreaterThan(5);
    expect(sent).toBeLessThan(60);
  },
);

function busy(headers: Readonly<Record<string, string>>, status = 429): HttpAnswer {
  return { status, headers: new Headers(headers), text: '' };
}

interface Bench {
  readonly clock: Clock;
  readonly pause: SharedPause;
  readonly read: (send: () => Promise<HttpAnswer>) => Promise<HttpAnswer>;
}

function bench(): Bench {
  const clock = sleepingClock();
  const pause = createSharedPause(clock);
  const limits = { attempts: 6, totalMs: 15 * 60_000 };
  const context = { clock, random: () => 0.5, pause, limits, host: 'contoso.example' };
  return { clock, pause, read: (send) => readWithRetry(context, 'GET mailboxes', send) };
}

it('the time of a read counts over many pauses, and the error tells it', async () => {
  const { clock, read } = bench();
  const started = clock.now();
  const failure = read(async () => busy({ 'retry-after': '280' }));
  await expect(failure).rejects.toMatchObject({
    kind: 'throttled',
    status: 429,
    message: 'GET mailboxes was throttled: no reason given; given up after 840 s, attempts: 4',
  });
  expect(clock.now() - started).toBe(840_000);
});

it('a read is not sent when others are asked to pause for longer than it may take', async () => {
  const { clock, pause, read } = bench();
  pause.extend(16 * 60_000);
  let sent = 0;
  const failure = read(async () => {
    sent += 1;
    return busy({});
  });
  await expect(failure).rejects.toMatchObject({
    kind: 'throttled',
    message: 'GET mailboxes was not sent: the service asks for a pause, again and again',
  });
  expect([sent, clock.now()]).toEqual([0, Date.parse('2026-11-21T09:00:00Z')]);
});

it.each([
  ['more time than there is', '1000', 1_000_000],
  ['a day that is far away', 'Fri, 31 Dec 9999 23:59:59 GMT', 366 * 24 * 60 * 60_000],
  ['more than a date can say', '9'.repeat(400), 366 * 24 * 60 * 60_000],
])('a read that gives up for %s halts the others', async (_name, retryAfter, left) => {
  const { pause, read } = bench();
  await expect(read(async () => busy({ 'retry-after': retryAfter }))).rejects.toMatchObject({ status: 429 });
  expect(pause.left()).toBe(left);
});

it('the last attempt halts the others as well', async () => {
  const { pause, read } = bench();
  await expect(read(async () => busy({ 'retry-after': '40' }, 503))).rejects.toMatchObject({ status: 503 });
  expect(pause.left()).toBe(40_000);
});

it('a pause that is lengthened while it lasts ends with the first error of the read', async () => {
  const { pause, read } = bench();
  const failure = read(async () => {
    pause.extend(20 * 60_000);
    return busy({ 'retry-after': '5' });
  });
  await expect(failure).rejects.toMatchObject({ kind: 'throttled', status: 429 });
});

it('a service that is not available for a time is left alone by all', async () => {
  const { clock, pause, read } = bench();
  const started = clock.now();
  let sent = 0;
  await read(async () => {
    sent += 1;
    return sent === 1 ? busy({ 'retry-after': '20' }, 503) : busy({}, 200);
  });
  await pause.passed();
  expect(clock.now() - started).toBe(20_000);
});
