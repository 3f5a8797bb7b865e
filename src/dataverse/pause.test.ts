import { expect, it } from 'vitest';
import type { Clock } from '../model/ports.ts';
import { type AwaitedPause, createSharedPause } from './pause.ts';

/** A clock that stands; who sleeps does not wake up. */
const STILL: Clock = { now: () => 0, sleep: () => new Promise(() => {}) };

it('a shorter pause that another request is asked for cuts no longer one', () => {
  const ends: number[] = [];
  const pause = createSharedPause(STILL);
  pause.onExtend((until) => void ends.push(until));
  pause.extend(300_000);
  pause.extend(5_000);
  expect([pause.left(), ends]).toEqual([300_000, [300_000]]);
});

it('a pause that ends hardly later, for how long it is, is told as the same', () => {
  const told: AwaitedPause[] = [];
  const pause = createSharedPause(STILL, (one) => void told.push(one));
  for (const ms of [100_000, 105_000, 116_000]) {
    pause.extend(ms);
    void pause.passed();
  }
  expect(told.map(({ ms }) => ms)).toEqual([100_000, 116_000]);
});
