import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { atMostAtOnce } from './at-once.ts';

it.each([
  [1, [1, 1, 1, 1, 1]],
  [3, [1, 2, 3, 3, 3]],
  [Number.POSITIVE_INFINITY, [1, 2, 3, 4, 5]],
])('never more than %d, in the order of asking, and whatever becomes of one', async (most, expected) => {
  const atOnce = atMostAtOnce(most);
  const order: number[] = [];
  const seen: number[] = [];
  let running = 0;
  const work = (place: number): Promise<void> =>
    atOnce(async () => {
      running += 1;
      order.push(place);
      seen.push(running);
      await setImmediate();
      running -= 1;
      if (place === 1) throw new Error('it fails');
    });
  const outcomes = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(seen).toEqual(expected);
  expect(outcomes.map(({ status }) => status === 'rejected')).toEqual([false, true, false, false, false]);
});
