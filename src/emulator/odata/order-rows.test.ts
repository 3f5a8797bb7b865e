import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePlaces, FirstRows, type Placed } from './order-rows.ts';

describe('FirstRows', () => {
  it('keeps what sorting everything would put first', () => {
    const compare = comparePlaces([]);
    const id = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 300 }), fc.integer({ min: 0, max: 20 }), (ids, limit) => {
        const first = new FirstRows(limit, compare);
        for (const text of ids) first.add({ row: {}, keys: [], id: text } satisfies Placed);
        expect(first.sorted().map((placed) => placed.id)).toEqual([...ids].sort().slice(0, limit));
      }),
    );
  });
});
