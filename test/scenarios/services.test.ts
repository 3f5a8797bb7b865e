import { expect, it } from 'vitest';
import { allPairs, pairsOf, pairwise } from './pairwise.ts';
import { FACTORS, SERVICES } from './services.ts';

it('every two values of two switches meet in a service', () => {
  const met = new Set(SERVICES.flatMap(pairsOf));
  expect(allPairs(FACTORS).filter((pair) => !met.has(pair))).toEqual([]);
});

it('there are few enough services to run everything over all of them', () => {
  expect(SERVICES.length).toBeLessThanOrEqual(16);
});

it('every service has a value for every switch that is varied, and no other', () => {
  for (const service of SERVICES) expect(Object.keys(service)).toEqual(Object.keys(FACTORS));
});

it('the combinations are the same each time', () => {
  expect(pairwise(FACTORS)).toEqual(SERVICES);
});

it('two factors of two values need four combinations', () => {
  expect(pairwise({ a: ['0', '1'], b: ['0', '1'] })).toHaveLength(4);
});
