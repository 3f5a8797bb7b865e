/** Who writes is told of the pauses that reads are asked for; who only reads, of those that are waited for. */

import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { AwaitedPause } from './pause.ts';
import { fault, json, START, wire } from './wire.test-support.ts';
import { createStepWriter } from './write-step.ts';

it('tells when each pause ends', async () => {
  const asked = ['600', '5'];
  const { transport, clock } = wire((_request, index) => {
    const seconds = asked[index];
    return seconds === undefined
      ? json({})
      : fault(429, '0x80072321', 'too much', { 'Retry-After': seconds });
  });
  const secrets = { resolve: async () => '', scrub: (text: string) => text };
  const told: number[] = [];
  createStepWriter(transport, CATALOGUE, secrets, clock).onPause((until) => told.push(until - START));
  await transport.get('WhoAmI');
  expect(told).toEqual([600_000, 605_000]);
});

it('tells who reads of each pause once, however many reads are asked for it', async () => {
  const told: [ms: number, until: number, why: string][] = [];
  const onWait = ({ ms, until, why }: AwaitedPause): void => void told.push([ms, until - START, why]);
  let now = START;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      const until = now + ms;
      await setImmediate();
      now = Math.max(now, until);
    },
  };
  const { transport } = wire(
    (_request, index) => {
      if (index < 3) return fault(429, '0x80072321', 'too much', { 'Retry-After': String(30 + index / 10) });
      return index === 3 ? fault(503, '', 'not now', { 'Retry-After': '60' }) : json({});
    },
    { onWait, clock },
  );
  await Promise.all(['a', 'b', 'c'].map((path) => transport.get(path)));
  expect(told).toEqual([
    [30_000, 30_000, 'throttled'],
    [60_000, 90_200, 'unavailable'],
  ]);
});

it.each([
  ['0', 'throttled-without-time'],
  ['-1', 'throttled-without-time'],
  ['00:00:02', 'throttled-without-time'],
  ['2', 'throttled'],
  ['Sat, 21 Nov 2026 08:59:02 GMT', 'throttled'],
])('tells whether it was asked for: Retry-After %s is %s', async (retryAfter, why) => {
  const told: string[] = [];
  const { transport } = wire(
    (_request, index) => (index < 2 ? fault(429, '', 'too much', { 'Retry-After': retryAfter }) : json({})),
    { onWait: (pause) => void told.push(pause.why) },
  );
  await transport.get('WhoAmI');
  expect(told.at(-1)).toBe(why);
});

it('tells no pause that nobody waits for', async () => {
  const told: AwaitedPause[] = [];
  const { transport } = wire(() => fault(429, '0x80072321', 'too much', { 'Retry-After': '1000' }), {
    onWait: (pause) => void told.push(pause),
  });
  await expect(transport.get('WhoAmI')).rejects.toMatchObject({ status: 429 });
  expect(told).toEqual([]);
});

it('tells of pauses in one place: who listens as a writer is not told as a reader as well', async () => {
  const told: string[] = [];
  const { transport } = wire(
    (_request, index) => (index === 0 ? fault(429, '', 'too much', { 'Retry-After': '30' }) : json({})),
    { onWait: () => void told.push('reader') },
  );
  transport.onPause(() => told.push('writer'));
  await transport.get('WhoAmI');
  expect(told).toEqual(['writer']);
});
