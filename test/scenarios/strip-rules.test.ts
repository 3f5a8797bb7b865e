/**
 * Each rule is taken out in turn, and exactly the refused configurations that say they prove it turn red: they are
 * loaded as ever, by a loader that lacks the rule.
 */

import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/rules/rules.ts';
import { expectedRefusal, refusalOf } from './refusal.ts';
import { SCENARIOS } from './scenario.ts';

const REFUSED = SCENARIOS.flatMap((scenario) =>
  scenario.rounds.flatMap((round, index) =>
    round.errors === undefined ? [] : [{ scenario, round, name: `${scenario.name}, round ${index + 1}` }],
  ),
);
const NAMES = [...ALL_RULES.ofEach, ...ALL_RULES.acrossAll].map(({ name }) => name);

async function redWithout(removed: string): Promise<readonly string[]> {
  const rules = {
    ofEach: ALL_RULES.ofEach.filter(({ name }) => name !== removed),
    acrossAll: ALL_RULES.acrossAll.filter(({ name }) => name !== removed),
  };
  const red: string[] = [];
  for (const { scenario, round, name } of REFUSED) {
    const refusal = await refusalOf(scenario, round, rules);
    if (JSON.stringify(refusal) !== JSON.stringify(expectedRefusal(round))) red.push(name);
  }
  return red;
}

describe('without the rule', () => {
  it.each(NAMES)('%s the configurations that prove it turn red, and no other', async (removed) => {
    const proving = REFUSED.filter(({ round: { rules = [] } }) => rules.includes(removed));
    expect(proving).not.toEqual([]);
    expect(await redWithout(removed)).toEqual(proving.map(({ name }) => name));
  });

  it('that is none, nothing turns red', async () => {
    expect(await redWithout('')).toEqual([]);
  });
});

it('the rules that scenarios name are known', () => {
  const named = REFUSED.flatMap(({ round: { rules = [] } }) => rules);
  expect(named.filter((name) => !NAMES.includes(name))).toEqual([]);
});
