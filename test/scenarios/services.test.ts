import { describe, expect, it } from 'vitest';
import { allPairs, type Factors, pairsOf, pairwiseGroups } from './pairwise.ts';
import { PLAYS, servicesMet } from './play-on.ts';
import { FACTORS, GROUPS } from './services.ts';

describe('over all scenarios, on the services that they are really played on', () => {
  it('every two values of two switches meet', () => {
    const met = new Set(PLAYS.flatMap(servicesMet).flatMap(pairsOf));
    expect(allPairs(FACTORS).filter((pair) => !met.has(pair))).toEqual([]);
  });

  it.each(PLAYS.map((play) => ({ name: play.scenario.name, play })))(
    '$name meets every value of every switch, but those that it excludes',
    ({ play }) => {
      const met = servicesMet(play);
      const excludes = play.scenario.excludes ?? {};
      const unmet = Object.entries(FACTORS).flatMap(([name, values]) =>
        values
          .filter((value) => !met.some((service) => service[name] === value))
          .filter((value) => excludes[name]?.values.includes(value) !== true)
          .map((value) => `${name}: ${value}`),
      );
      expect(unmet).toEqual([]);
    },
  );
});

describe('groups', () => {
  it('hold services that have a value for every switch that is varied, and no other', () => {
    for (const service of GROUPS.flat()) expect(Object.keys(service)).toEqual(Object.keys(FACTORS));
  });

  it('are the same each time', () => {
    expect(pairwiseGroups(FACTORS)).toEqual(GROUPS);
  });

  it.each<readonly [string, Factors, number]>([
    ['of two values each', { a: ['0', '1'], b: ['0', '1'] }, 2],
    ['of three values each', { a: ['0', '1', '2'], b: ['0', '1', '2'] }, 3],
    ['of two and three values', { a: ['0', '1'], b: ['0', '1', '2'] }, 2],
  ])('of two factors %s are as few as can be', (_, factors, count) => {
    expect(pairwiseGroups(factors)).toHaveLength(count);
  });
});
