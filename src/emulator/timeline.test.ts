import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTimeline } from './timeline.ts';

interface Entry {
  readonly at: number;
  readonly order: number;
  cancelled: boolean;
}

const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 80 });

it('gives out what is due in order of time, then of coming, without what was cancelled', () => {
  fc.assert(
    fc.property(times, fc.array(fc.nat(79)), fc.integer({ min: 0, max: 50 }), (ats, cancelled, until) => {
      const timeline = createTimeline<Entry>();
      const entries = ats.map((at, order): Entry => ({ at, order, cancelled: false }));
      for (const entry of entries) timeline.add(entry);
      for (const index of new Set(cancelled)) {
        const entry = entries[index];
        if (entry === undefined) continue;
        entry.cancelled = true;
        timeline.tidy();
      }
      const sorted = entries
        .filter((entry) => !entry.cancelled)
        .toSorted((left, right) => left.at - right.at || left.order - right.order);
      expect(timeline.first()).toBe(sorted[0]);
      expect(timeline.takeUntil(until)).toEqual(sorted.filter(({ at }) => at <= until));
      expect(timeline.isEmpty).toBe(sorted.every(({ at }) => at <= until));
    }),
  );
});

it('forgets cancelled entries when they are many', () => {
  const timeline = createTimeline<Entry>();
  const entries = Array.from(
    { length: 5000 },
    (_none, order): Entry => ({
      at: 5000 - order,
      order,
      cancelled: false,
    }),
  );
  for (const entry of entries) timeline.add(entry);
  for (const entry of entries.slice(10)) {
    entry.cancelled = true;
    timeline.tidy();
  }
  expect(timeline.takeUntil(5000).map(({ at }) => at)).toEqual([
    4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999, 5000,
  ]);
});
