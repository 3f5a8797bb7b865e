/**
 * Runs one scenario from YAML to the embedded Dataverse and back, round by round, and holds every round against the
 * promises: only the plan is done, outcomes are as told, and what says that it converges does. Knows no scenario.
 */

import { expect } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE, type Catalogue } from '../../src/catalogue/catalogue.ts';
import { parseDuration } from '../../src/emulator/duration.ts';
import { chooseSwitches } from '../../src/emulator/switches.ts';
import { addressKey, textPattern } from '../../src/model/address.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import type { PlanOptions } from '../../src/plan/context.ts';
import { refusing } from '../../src/plan/safety/risks.ts';
import { type Entry, openWorld, type World } from '../world.ts';
import { ALREADY, APPLIED, formatOutcome } from './format-outcome.ts';
import { formatPlan } from './format-plan.ts';
import type { Combination } from './pairwise.ts';
import { expectNoWrite, expectOnlySteps } from './requests-seen.ts';
import type { Scenario } from './scenario.ts';
import type { Round } from './scenario-facts.ts';
import { watchSecrets } from './secrets-seen.ts';

export interface RunOptions {
  /** Another service than the organization file's; what a plan says may then differ. */
  readonly service?: Combination;
  readonly catalogue?: Catalogue;
  /** Compares the text of a round's plan with what is expected. */
  readonly comparePlan?: (text: string, round: number) => void | Promise<void>;
}

interface Running {
  readonly scenario: Scenario;
  readonly options: RunOptions;
  readonly catalogue: Catalogue;
  /** The process that plans and applies; another one in each round that names a token. */
  world: World;
  readonly plans: Plan[];
  readonly secrets: ReturnType<typeof watchSecrets>;
}

export async function runScenario(scenario: Scenario, options: RunOptions = {}): Promise<void> {
  const catalogue = options.catalogue ?? CATALOGUE;
  const secrets = watchSecrets(scenario.env ?? {});
  const world = await openWorld({
    config: scenario.config,
    organization: scenario.organization,
    switches: options.service === undefined ? {} : switchesFor(scenario, options.service),
    env: scenario.env ?? {},
    catalogue,
    intercept: secrets.intercept,
  });
  const running: Running = { scenario, options, catalogue, world, plans: [], secrets };
  try {
    for (const [index, round] of scenario.rounds.entries()) await runRound(running, round, index + 1);
  } finally {
    await world.close();
  }
}

/** Where the story excludes what the service does, the organization file's own value stays. */
export function switchesFor({ organization, excludes = {} }: Scenario, service: Combination): Combination {
  const file: unknown = parse(organization);
  const own = chooseSwitches((file as { switches?: Readonly<Record<string, unknown>> }).switches ?? {});
  const chosen = Object.entries(service).map(([name, value]): [string, string] => {
    const excluded = excludes[name]?.values.includes(value) === true;
    return [name, excluded ? own[name as keyof typeof own] : value];
  });
  return Object.fromEntries(chosen);
}

async function runRound(running: Running, round: Round, number: number): Promise<void> {
  const { secrets } = running;
  if (round.token !== undefined)
    running.world = await running.world.restart({ token: round.token, intercept: secrets.intercept });
  const { world } = running;
  world.clock.sleep(round.wait === undefined ? 0 : parseDuration(round.wait));
  await world.edit(round.before ?? []);
  const plan = await planOf(running, round, number);
  running.plans.push(plan);
  const refused = refusing(plan.risks, new Set(round.options?.allow ?? [])).map(({ guard }) => guard);
  expect(refused, `${label(running, number)}: guards that refuse`).toEqual(round.refused ?? []);
  if (refused.length === 0) await applyPlan(running, round, plan, number);
  await checkEnd(running, round, number);
}

async function planOf(running: Running, round: Round, number: number): Promise<Plan> {
  const { world, options, plans } = running;
  const earlier = round.plan === undefined ? undefined : plans[round.plan - 1];
  if (earlier !== undefined) return earlier;
  const from = world.emulator.log.length;
  const plan = await world.plan(planOptions(round));
  expectNoWrite(world.emulator.log.slice(from), 'plan');
  expect(
    plan.diagnostics.filter(({ severity }) => severity === 'error'),
    label(running, number),
  ).toEqual([]);
  await options.comparePlan?.(formatPlan(plan), number);
  return plan;
}

function planOptions({ options = {} }: Round): Partial<PlanOptions> {
  const { target = [], retest = [], rotate = [], allow = [] } = options;
  const named = (names: readonly string[], address: string): boolean =>
    names.some((name) => addressKey(name) === addressKey(address));
  return {
    targets: target.map(textPattern),
    retest: ({ address, serverProfile, failed }) =>
      (failed && retest.includes('failed')) ||
      named(retest, address) ||
      (serverProfile !== null && named(retest, serverProfile)),
    rotate: (address) => rotate.includes('all') || named(rotate, address),
    allow: new Set(allow),
  };
}

async function applyPlan(running: Running, round: Round, plan: Plan, number: number): Promise<void> {
  const { world, catalogue, secrets } = running;
  await world.edit(round.between ?? []);
  await world.fault(round.faults ?? []);
  const from = world.emulator.log.length;
  const before = await world.stats();
  const { outcomes, stopped } = await world.apply(plan, { onlyApprovals: round.only === 'approvals' });
  const after = await world.stats();
  expect(stopped, label(running, number)).toBeNull();
  expectOnlySteps(world.emulator.log.slice(from), plan, catalogue);
  expectOutcomes(running, round, outcomes, number);
  const answers = world.emulator.log
    .slice(from)
    .flatMap(({ status, parts = [] }) => [status, ...parts.map((part) => part.status)]);
  expect(answers, `${label(running, number)}: answers of the service`).toEqual(
    expect.arrayContaining([...(round.seen ?? [])]),
  );
  expectOneTestEach(plan, before.tests, after.tests);
  secrets.expectUnseen({ plan, outcomes, log: world.emulator.log, journals: await world.journals() });
  secrets.expectSentBySteps(plan);
}

function expectOutcomes(running: Running, round: Round, outcomes: readonly Outcome[], number: number): void {
  const told = round.outcomes ?? {};
  const actual = Object.fromEntries(outcomes.map((outcome) => [outcome.step, formatOutcome(outcome)]));
  const plain = running.options.service === undefined ? [APPLIED] : [APPLIED, ALREADY];
  const differing = Object.entries(actual).filter(([step, text]) => !plain.includes(text) || step in told);
  const expected = Object.entries(told).filter(([step, text]) => !plain.includes(text) || step in actual);
  const settled = (entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> =>
    Object.fromEntries(entries.map(([step, text]) => [step, plain.includes(text) ? APPLIED : text]).sort());
  const why = outcomes.flatMap(({ step, message }) => (message === null ? [] : [`${step}: ${message}`]));
  expect(settled(differing), `${label(running, number)}\n${why.join('\n')}`).toEqual(settled(expected));
}

/** Each test sends a message: one request for each mailbox that a step tests, and none for the others. */
function expectOneTestEach(
  { steps, records }: Plan,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): void {
  const tested = new Set(
    steps.flatMap(({ verb, address }) =>
      verb === 'test' ? (records[address] ?? []).map(({ id }) => id.toLowerCase()) : [],
    ),
  );
  for (const [id, count] of Object.entries(after)) {
    const requested = count - (before[id] ?? 0);
    expect(requested, `tests requested of the mailbox ${id}`).toBeLessThanOrEqual(tested.has(id) ? 1 : 0);
  }
}

/** `has` of each entry stands on the row that its other members name. */
async function expectRows(world: World, entries: readonly Entry[], where: string): Promise<void> {
  for (const { table, has, ...named } of entries) {
    const rows = await world.rows(String(table));
    const found = rows.filter((row) =>
      Object.entries(named).every(([column, value]) => row[column] === value),
    );
    expect(found, `${where}: the row ${JSON.stringify(named)} of ${String(table)}`).toEqual([
      expect.objectContaining(has as object),
    ]);
  }
}

async function checkEnd(running: Running, round: Round, number: number): Promise<void> {
  const { world, secrets, options } = running;
  await expectRows(world, round.rows ?? [], label(running, number));
  const from = world.emulator.log.length;
  const { plan: next, drift } = await world.look();
  expectNoWrite(world.emulator.log.slice(from), 'plan or drift');
  secrets.expectUnseen({ next, drift });
  const where = label(running, number);
  const held = next.held_back.map(({ verb, address }) => `${verb} ${address}`);
  const open = next.steps.length + next.findings.length + next.deferred.length;
  if (round.unfinished !== undefined) {
    const strayed = held.filter((each) => !(round.held ?? []).includes(each));
    expect(open + strayed.length, `${where}: ended converged, and says that it does not`).toBeGreaterThan(0);
    return;
  }
  expect(open === 0 ? '' : formatPlan(next), `${where}: the next plan`).toBe('');
  if (options.service === undefined) expect(held, `${where}: held back`).toEqual(round.held ?? []);
  else expect(round.held ?? [], `${where}: held back`).toEqual(expect.arrayContaining(held));
  const named = new Set([
    ...next.held_back.map(({ address }) => address),
    ...next.diagnostics.flatMap(({ code, address }) => (code === 'approval-needs-address' ? [address] : [])),
  ]);
  const unexplained = drift.findings.filter(
    (finding) =>
      finding.class === 'missing' ||
      (['configuration', 'approval'].includes(finding.class) && !named.has(finding.address)),
  );
  expect(unexplained, `${where}: drift`).toEqual([]);
}

function label({ scenario }: Running, number: number): string {
  return `${scenario.name}, round ${number} (${scenario.rounds[number - 1]?.shows ?? ''})`;
}
