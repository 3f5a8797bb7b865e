import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from './system-clock.ts';

const DAY_MS = 24 * 60 * 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([5, 2 ** 31 - 1, 2 ** 31, 60 * DAY_MS])('sleeps %d ms, however long that is', async (ms) => {
  let isAwake = false;
  void systemClock()
    .sleep(ms)
    .then(() => {
      isAwake = true;
    });
  await vi.advanceTimersByTimeAsync(ms - 1);
  expect(isAwake).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isAwake).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it.each([0, 30 * DAY_MS])('wakes up when it is told to, after %d ms', async (ms) => {
  const aborting = new AbortController();
  const sleep = systemClock().sleep(60 * DAY_MS, aborting.signal);
  await vi.advanceTimersByTimeAsync(ms);
  aborting.abort();
  await sleep;
  await systemClock().sleep(60 * DAY_MS, aborting.signal);
  expect(vi.getTimerCount()).toBe(0);
});
