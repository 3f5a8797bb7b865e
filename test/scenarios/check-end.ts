/** What a round is held against when it has ended: rows, status, the next plan and the drift that is left. */

import { expect } from 'vitest';
import type { DriftFinding } from '../../src/model/drift.generated.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import type { Entry, World } from '../world.ts';
import { formatPlan } from './format-plan.ts';
import { expectNoWrite } from './requests-seen.ts';
import { label, type Running } from './running.ts';
import type { Round } from './scenario-facts.ts';

export async function checkEnd(running: Running, round: Round, number: number): Promise<void> {
  const { secrets, service } = running;
  const world = running.worlds.get(round.environment ?? '');
  if (world === undefined) return;
  const where = label(running, number);
  await expectRows(world, round, where);
  if (round.status !== undefined && service === undefined) await expectStatus(world, round.status, where);
  const from = world.emulator.log.length;
  const { plan: next, drift } = await world.look();
  expectNoWrite(world.emulator.log.slice(from), 'plan or drift');
  secrets.expectUnseen({ next, drift });
  const held = next.held_back.map(({ verb, address }) => `${verb} ${address}`);
  const open = next.steps.length + next.findings.length + next.deferred.length;
  if (round.unfinished !== undefined) {
    const strayed = held.filter((each) => !(round.held ?? []).includes(each));
    expect(open + strayed.length, `${where}: ended converged, and says that it does not`).toBeGreaterThan(0);
    return;
  }
  expect(open === 0 ? '' : formatPlan(next, { practices: false }), `${where}: the next plan`).toBe('');
  if (service === undefined) expect(held, `${where}: held back`).toEqual(round.held ?? []);
  else expect(round.held ?? [], `${where}: held back`).toEqual(expect.arrayContaining(held));
  expect(unexplained(drift.findings, next), `${where}: drift`).toEqual([]);
}

/** Drift in what was declared that the next plan does not name either. */
function unexplained(findings: readonly DriftFinding[], next: Plan): readonly DriftFinding[] {
  const named = new Set([
    ...next.held_back.map(({ address }) => address),
    ...next.diagnostics.flatMap(({ code, address }) => (code === 'approval-needs-address' ? [address] : [])),
  ]);
  return findings.filter(
    (finding) =>
      finding.class === 'missing' ||
      (['configuration', 'approval'].includes(finding.class) && !named.has(finding.address)),
  );
}

/** What `doctor` says besides that all is well, a line for each finding. */
export async function expectDoctor(world: World, expected: readonly string[], where: string): Promise<void> {
  const { findings } = await world.doctor();
  const told = findings.flatMap(({ id, level, what }) => (level === 'ok' ? [] : [`${level} ${id}: ${what}`]));
  expect(told, `${where}: doctor`).toEqual(expected);
}

/** What `drift` says, a line for each finding. */
export async function expectDrift(world: World, expected: readonly string[], where: string): Promise<void> {
  const { findings } = await world.drift();
  const told = findings.map(({ class: name, subclass, address, field }) =>
    [subclass === null ? name : `${name}/${subclass}`, address, field]
      .filter((part) => part !== null)
      .join(' '),
  );
  expect([...told].sort(), `${where}: drift before the plan`).toEqual([...expected].sort());
}

/** `has` of each entry stands on the row that its other members name; those that are `gone` are on no row. */
async function expectRows(world: World, { rows = [], gone = [] }: Round, where: string): Promise<void> {
  for (const { table, has, ...named } of [...rows, ...gone]) {
    const found = (await world.rows(String(table))).filter((row) =>
      Object.entries(named).every(([column, value]) => row[column] === value),
    );
    const expected = has === undefined ? [] : [expect.objectContaining(has as object)];
    expect(found, `${where}: the row ${JSON.stringify(named)} of ${String(table)}`).toEqual(expected);
  }
}

async function expectStatus(
  world: World,
  expected: Readonly<Record<string, Entry>>,
  where: string,
): Promise<void> {
  const { mailboxes } = await world.status();
  const told = new Map(mailboxes.map((mailbox) => [mailbox.address, mailbox]));
  for (const [address, members] of Object.entries(expected)) {
    expect(told.get(address), `${where}: status of ${address}`).toMatchObject(members);
  }
}
