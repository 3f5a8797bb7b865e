/** What the scenarios prove together: every effect of a field on others and every guard has one that fails without it. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeCatalogue, ROWS } from '../../src/catalogue/catalogue.ts';
import type { FieldRow } from '../../src/catalogue/field.ts';
import { GUARD_NAMES } from '../../src/plan/safety/guard.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS, type Scenario, scenarioPath } from './scenario.ts';
import { isPlanning } from './scenario-facts.ts';

const rowsWithResets = ROWS.filter(({ resets = [] }) => resets.length > 0);

function nameOf({ kind, key }: FieldRow): string {
  return `${kind} ${key}`;
}

describe.each(rowsWithResets)('what a change of $kind $key makes of other fields', (row) => {
  const proving = SCENARIOS.filter(({ fields = [] }) => fields.includes(nameOf(row)));

  it('is the matter of a scenario', () => {
    expect(proving.map(({ name }) => name)).not.toEqual([]);
  });

  it.each((row.resets ?? []).map((reset, index) => ({ ...reset, index })))(
    'makes a scenario fail without: $effect $fields',
    async ({ index }) => {
      const stripped = { ...row, resets: (row.resets ?? []).filter((_, other) => other !== index) };
      const catalogue = makeCatalogue(ROWS.map((known) => (known === row ? stripped : known)));
      const runs = proving.map((scenario) =>
        runScenario(scenario, { catalogue, comparePlan: compare(scenario) }),
      );
      const ends = await Promise.allSettled(runs);
      expect(ends.map(({ status }) => status)).toContain('rejected');
    },
  );
});

function compare({ name }: Scenario): (text: string, round: number) => void {
  return (text, round) => expect(text).toBe(readFileSync(scenarioPath(name, `plan-${round}.txt`), 'utf8'));
}

it('every field that a scenario names has effects on others', () => {
  const known = rowsWithResets.map(nameOf);
  const strange = SCENARIOS.flatMap(({ name, fields = [] }) =>
    fields.filter((field) => !known.includes(field)).map((field) => `${name}: ${field}`),
  );
  expect(strange).toEqual([]);
});

it('every guard finds something in a reviewed plan', () => {
  const risks = SCENARIOS.flatMap(({ name }) =>
    planFiles(name).flatMap((file) => [
      ...readFileSync(scenarioPath(name, file), 'utf8').matchAll(/^ {2}(?:refuse|notice) ([a-z-]+)/gmu),
    ]),
  );
  expect([...new Set(risks.map(([, guard]) => guard))].sort()).toEqual([...GUARD_NAMES].sort());
});

it('every expected plan belongs to a round that plans', () => {
  for (const { name, rounds } of SCENARIOS) {
    const planning = rounds.flatMap((round, index) => (isPlanning(round) ? [`plan-${index + 1}.txt`] : []));
    expect(planFiles(name), name).toEqual(planning);
  }
});

function planFiles(name: string): readonly string[] {
  return readdirSync(scenarioPath(name, '.'))
    .filter((file) => file.startsWith('plan-'))
    .sort();
}
