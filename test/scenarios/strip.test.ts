/**
 * Each row of the catalogue is taken out in turn, and a scenario whose reviewed plan sets its field turns red. Then
 * only a row's `resets`, which make the plan restore what the service takes away: exactly the scenarios that say they
 * prove this row turn red.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeCatalogue, ROWS } from '../../src/catalogue/catalogue.ts';
import type { FieldRow } from '../../src/catalogue/field.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS, type Scenario, scenarioPath } from './scenario.ts';
import { isPlanning } from './scenario-facts.ts';

const resetting = ROWS.filter(({ resets }) => resets !== undefined && resets.length > 0);

/** What a scenario calls a row. */
function nameOf({ kind, key }: FieldRow): string {
  return `${kind} ${key}`;
}

/** A field that no reviewed plan sets takes nothing away from others: such scenarios need not be run. */
function sets({ name, rounds }: Scenario, { key }: FieldRow): boolean {
  return rounds.some((round, index) => {
    if (!isPlanning(round)) return false;
    return readFileSync(scenarioPath(name, `plan-${index + 1}.txt`), 'utf8').includes(`\n  ${key}: `);
  });
}

async function isRed(scenario: Scenario, rows: readonly FieldRow[]): Promise<boolean> {
  const catalogue = makeCatalogue(rows);
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

const HEADING = /^[a-z-]+ (profile|settings|mailbox):/u;
const SETTING = /^ {2}([a-z][A-Za-z.]*): /u;

/** Rows that the steps of a reviewed plan set. */
function rowsSetIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  let kind: string | undefined;
  for (const line of text.split('\n')) {
    if (!line.startsWith(' ')) kind = HEADING.exec(line)?.[1];
    const key = SETTING.exec(line)?.[1];
    if (kind !== undefined && key !== undefined) names.add(`${kind} ${key}`);
  }
  return names;
}

function plansOf({ name, rounds }: Scenario): readonly string[] {
  return rounds.flatMap((round, index) =>
    isPlanning(round) ? [readFileSync(scenarioPath(name, `plan-${index + 1}.txt`), 'utf8')] : [],
  );
}

describe('without the row', () => {
  const setBy = new Map<string, Scenario>();
  for (const scenario of SCENARIOS) {
    for (const name of plansOf(scenario).flatMap((text) => [...rowsSetIn(text)])) {
      if (!setBy.has(name)) setBy.set(name, scenario);
    }
  }
  const written = ROWS.filter(({ verb }) => verb !== undefined);

  it('each field that can be written is set in a reviewed plan', () => {
    expect(written.map(nameOf).filter((name) => !setBy.has(name))).toEqual([]);
  });

  it.each(written.map((row) => ({ name: nameOf(row), row })))(
    '$name turns a scenario red',
    async ({ name, row }) => {
      const scenario = setBy.get(name);
      const rows = ROWS.filter((known) => known !== row);
      expect(scenario === undefined ? 'no scenario' : await isRed(scenario, rows)).toBe(true);
    },
  );
});

describe('without its resets', () => {
  it('each row is proven by a scenario', () => {
    const proven = new Set(SCENARIOS.flatMap(({ fields = [] }) => fields));
    expect(resetting.map(nameOf).filter((name) => !proven.has(name))).toEqual([]);
  });

  it.each(resetting.map((row) => ({ name: nameOf(row), row })))(
    '$name turns its scenarios red, and no other',
    async ({ name, row }) => {
      const setting = SCENARIOS.filter((scenario) => sets(scenario, row));
      const { resets: _, ...rest } = row;
      const rows = ROWS.map((known) => (known === row ? rest : known));
      const red = await Promise.all(setting.map((scenario) => isRed(scenario, rows)));
      expect(setting.filter((_, index) => red[index]).map(({ name }) => name)).toEqual(
        SCENARIOS.filter(({ fields = [] }) => fields.includes(name)).map((scenario) => scenario.name),
      );
    },
  );
});
