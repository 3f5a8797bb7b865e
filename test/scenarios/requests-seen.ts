/** What the embedded Dataverse was asked, held against the plan: nothing written but what a step says. */

import { expect } from 'vitest';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { LogEntry, LogPart } from '../../src/emulator/index.ts';
import { kindOf } from '../../src/model/address.ts';
import type { Plan, PlanStep } from '../../src/model/plan.generated.ts';

/** Requests other than reads, those inside of batches included. */
export function writesIn(log: readonly LogEntry[]): readonly LogPart[] {
  return log.flatMap((entry) => entry.parts ?? [entry]).filter(({ method }) => method !== 'GET');
}

export function expectNoWrite(log: readonly LogEntry[], verb: string): void {
  expect(
    writesIn(log).map(({ method, path }) => `${method} ${path}`),
    `${verb} wrote`,
  ).toEqual([]);
}

/** Every written column of every record is one that a step of the plan sets. */
export function expectOnlySteps(log: readonly LogEntry[], plan: Plan, catalogue: Catalogue): void {
  const allowed = columnsOf(plan, catalogue);
  const deleted = recordsOf(plan, 'delete');
  const strange = writesIn(log).flatMap(({ method, path, keys }) => {
    const record = recordIn(path);
    const columns = record === null ? undefined : allowed.get(record);
    const isDeletion = record !== null && deleted.has(record);
    if (columns === undefined || (method === 'DELETE') !== isDeletion) return [`${method} ${path}`];
    return keys.filter((key) => !columns.has(columnOf(key))).map((key) => `${method} ${path} ${key}`);
  });
  expect(strange, 'written, and no step of the plan says so').toEqual([]);
}

/** Records of the steps of one verb. */
function recordsOf({ steps, records }: Plan, verb: PlanStep['verb']): ReadonlySet<string> {
  const touched = steps.filter((step) => step.verb === verb).flatMap(({ address }) => records[address] ?? []);
  return new Set(touched.map(({ id }) => id.toLowerCase()));
}

/** Columns that the steps set, by record id. */
function columnsOf({ steps, records }: Plan, catalogue: Catalogue): ReadonlyMap<string, ReadonlySet<string>> {
  const allowed = new Map<string, Set<string>>();
  for (const step of steps) {
    const own = records[step.address] ?? [];
    const ownerTable = own.find(({ role }) => role === 'owner')?.table;
    const columns = stepColumns(
      step,
      ownerTable === 'systemuser' || ownerTable === 'queue' ? ownerTable : null,
    );
    for (const { role, id } of own) {
      const known = allowed.get(id.toLowerCase()) ?? new Set();
      for (const column of columns(role, catalogue)) known.add(column);
      allowed.set(id.toLowerCase(), known);
    }
  }
  return allowed;
}

function stepColumns(
  { address, verb, set }: PlanStep,
  ownerTable: 'systemuser' | 'queue' | null,
): (role: 'self' | 'owner', catalogue: Catalogue) => readonly string[] {
  const record = { self: {}, owner: ownerTable === null ? null : {}, ownerTable };
  return (role, catalogue) =>
    (verb === 'delete' ? [] : set).flatMap(({ field, to }) => {
      const encoded = catalogue.row(kindOf(address), field)?.codec?.encode?.(to, record);
      return encoded?.on === role ? Object.keys(encoded.columns) : [];
    });
}

function recordIn(path: string): string | null {
  return /\(([0-9a-f-]{36})\)/iu.exec(path)?.[1]?.toLowerCase() ?? null;
}

function columnOf(key: string): string {
  return key.replace(/@odata\.bind$/u, '');
}
