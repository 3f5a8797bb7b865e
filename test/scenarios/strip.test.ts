/**
 * The catalogue's `resets` are what makes the plan restore what the service takes away. Each row's are taken out in
 * turn: exactly the scenarios that say they prove this row turn red.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeCatalogue, ROWS } from '../../src/catalogue/catalogue.ts';
import type { FieldRow } from '../../src/catalogue/field.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS, type Scenario, scenarioPath } from './scenario.ts';

const resetting = ROWS.filter(({ resets }) => resets !== undefined && resets.length > 0);

/** What a scenario calls a row. */
function nameOf({ kind, key }: FieldRow): string {
  return `${kind} ${key}`;
}

/** A field that no reviewed plan sets takes nothing away from others: such scenarios need not be run. */
function sets({ name, rounds }: Scenario, { key }: FieldRow): boolean {
  return rounds.some(({ plan }, index) => {
    if (plan !== undefined) return false;
    return readFileSync(scenarioPath(name, `plan-${index + 1}.txt`), 'utf8').includes(`\n  ${key}: `);
  });
}

async function isRed(scenario: Scenario, stripped: FieldRow): Promise<boolean> {
  const { resets: _, ...rest } = stripped;
  const catalogue = makeCatalogue(ROWS.map((row) => (row === stripped ? rest : row)));
  const comparePlan = (text: string, round: number): void => {
    const expected = readFileSync(scenarioPath(scenario.name, `plan-${round}.txt`), 'utf8');
    if (text !== expected) throw new Error('another plan');
  };
  try {
    await runScenario(scenario, { catalogue, comparePlan });
    return false;
  } catch {
    // Red is what is asked for; the reason is in the scenario.
    return true;
  }
}

describe('without its resets', () => {
  it('each row is proven by a scenario', () => {
    const proven = new Set(SCENARIOS.flatMap(({ fields = [] }) => fields));
    expect(resetting.map(nameOf).filter((name) => !proven.has(name))).toEqual([]);
  });

  it.each(resetting.map((row) => ({ name: nameOf(row), row })))(
    '$name turns its scenarios red, and no other',
    async ({ name, row }) => {
      const red: string[] = [];
      const setting = SCENARIOS.filter((scenario) => sets(scenario, row));
      for (const scenario of setting) if (await isRed(scenario, row)) red.push(scenario.name);
      expect(red).toEqual(
        SCENARIOS.filter(({ fields = [] }) => fields.includes(name)).map((scenario) => scenario.name),
      );
    },
  );
});
