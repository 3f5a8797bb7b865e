import { expect, it } from 'vitest';
import { orFilters } from './or-filters.ts';

const conditions = (count: number, length = 1): readonly string[] =>
  Array.from({ length: count }, (_, at) => `a eq ${at} ${'x'.repeat(length)}`);

it.each<[string, readonly string[], readonly number[]]>([
  ['nothing', [], []],
  ['one', conditions(1), [1]],
  ['as many as fit', conditions(200), [200]],
  ['one more', conditions(201), [200, 1]],
  ['long ones, by the length of the URL', conditions(7, 10_000), [2, 2, 2, 1]],
  ['one that is longer than a filter may be', conditions(1, 50_000), [1]],
])('joins %s', (_name, all, sizes) => {
  const filters = orFilters(all);
  expect(filters.map((filter) => filter.split(' or ').length)).toEqual(sizes);
  expect(filters.flatMap((filter) => filter.split(' or '))).toEqual(all);
});

it('counts characters as they are encoded', () => {
  for (const filter of orFilters(conditions(100, 300).map((text) => text.replaceAll('x', 'ö')))) {
    expect(encodeURIComponent(filter).length).toBeLessThan(28_000);
  }
});
