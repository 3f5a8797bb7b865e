/**
 * Runs one scenario from YAML to the embedded Dataverse and back, round by round, and holds every round against the
 * promises: only the plan is done, outcomes are as told, and what says that it converges does. Knows no scenario.
 */

import { expect } from 'vitest';
import { CATALOGUE, type Catalogue } from '../../src/catalogue/catalogue.ts';
import { parseDuration } from '../../src/emulator/duration.ts';
import { addressKey, textPattern } from '../../src/model/address.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import { approvalsOf } from '../../src/plan/approvals-of.ts';
import type { PlanOptions } from '../../src/plan/context.ts';
import { refusing } from '../../src/plan/safety/risks.ts';
import type { World } from '../world.ts';
import { checkEnd, expectDoctor, expectDrift } from './check-end.ts';
import { ALREADY, APPLIED, formatOutcome } from './format-outcome.ts';
import { formatPlan } from './format-plan.ts';
import { applyUntilKilled } from './kill.ts';
import type { Combination } from './pairwise.ts';
import { expectedRefusal, refusalOf } from './refusal.ts';
import { expectNoWrite, expectOnlySteps } from './requests-seen.ts';
import { label, openRunning, type Running, worldOf } from './running.ts';
import type { Scenario } from './scenario.ts';
import type { Round } from './scenario-facts.ts';

export interface RunOptions {
  /** Another service than the organization file's; what a plan says may then differ. */
  readonly service?: Combination;
  readonly catalogue?: Catalogue;
  /** Compares the text of a round's plan with what is expected. */
  readonly comparePlan?: (text: string, round: number) => void | Promise<void>;
}

export async function runScenario(scenario: Scenario, options: RunOptions = {}): Promise<void> {
  const running = await openRunning(scenario, options, options.catalogue ?? CATALOGUE);
  try {
    for (const [index, round] of scenario.rounds.entries()) {
      if (round.errors === undefined) await runRound(running, round, index + 1);
      else await expectErrors(running, round, index + 1);
    }
  } finally {
    for (const world of running.worlds.values()) await world.close();
  }
}

async function runRound(running: Running, round: Round, number: number): Promise<void> {
  const world = await worldOf(running, round, number);
  await world.clock.sleep(round.wait === undefined ? 0 : parseDuration(round.wait));
  await world.edit(round.before ?? []);
  if (round.drift !== undefined && running.service === undefined)
    await expectDrift(world, round.drift, label(running, number));
  if (round.doctor !== undefined && running.service === undefined)
    await expectDoctor(world, round.doctor, label(running, number));
  const plan = await planOf(running, world, round, number);
  running.plans[number - 1] = plan;
  const { risks } = round.only === 'approvals' ? approvalsOf(plan) : plan;
  const refused = refusing(risks, new Set(round.options?.allow ?? [])).map(({ guard }) => guard);
  expect(refused, `${label(running, number)}: guards that refuse`).toEqual(round.refused ?? []);
  if (refused.length === 0 && plan.applyable) await applyPlan(running, world, round, plan, number);
  await checkEnd(running, round, number);
}

/** The configuration is refused before anybody looks at an environment. */
async function expectErrors({ scenario }: Running, round: Round, number: number): Promise<void> {
  expect(await refusalOf(scenario, round), label({ scenario }, number)).toEqual(expectedRefusal(round));
}

async function planOf(running: Running, world: World, round: Round, number: number): Promise<Plan> {
  const earlier = round.plan === undefined ? undefined : running.plans[round.plan - 1];
  if (earlier !== undefined) return earlier;
  const from = world.emulator.log.length;
  const plan = await world.plan(planOptions(round));
  expectNoWrite(world.emulator.log.slice(from), 'plan');
  const errors = plan.diagnostics.filter(({ severity }) => severity === 'error');
  expect(
    errors.map(({ code, address }) => (address === null ? code : `${code} ${address}`)).sort(),
    label(running, number),
  ).toEqual([...(round.stopped ?? [])].sort());
  const practices = running.scenario.rows.includes('W3');
  await running.comparePlan?.(formatPlan(plan, { practices }), number);
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

async function applyPlan(
  running: Running,
  world: World,
  round: Round,
  plan: Plan,
  number: number,
): Promise<void> {
  const { catalogue, secrets } = running;
  await world.edit(round.between ?? []);
  await world.fault(round.faults ?? []);
  const from = world.emulator.log.length;
  const before = await world.stats();
  if (round.killedAt !== undefined) {
    await applyUntilKilled(world, plan, round.killedAt);
    running.worlds.set(round.environment ?? '', await world.restart({ intercept: secrets.intercept }));
  } else {
    const { outcomes, stopped } = await world.apply(plan, { onlyApprovals: round.only === 'approvals' });
    expect(stopped, label(running, number)).toBeNull();
    expectOutcomes(running, round, outcomes, number);
    secrets.expectUnseen({ outcomes });
  }
  const after = await world.stats();
  expectOnlySteps(world.emulator.log.slice(from), plan, catalogue);
  const answers = world.emulator.log
    .slice(from)
    .flatMap(({ status, parts = [] }) => [status, ...parts.map((part) => part.status)]);
  expect(answers, `${label(running, number)}: answers of the service`).toEqual(
    expect.arrayContaining([...(round.seen ?? [])]),
  );
  expectOneTestEach(plan, before.tests, after.tests);
  secrets.expectUnseen({ plan, log: world.emulator.log, journals: await world.journals() });
  secrets.expectSentBySteps(plan);
}

function expectOutcomes(running: Running, round: Round, outcomes: readonly Outcome[], number: number): void {
  const told = round.outcomes ?? {};
  const actual = Object.fromEntries(outcomes.map((outcome) => [outcome.step, formatOutcome(outcome)]));
  const plain = running.service === undefined ? [APPLIED] : [APPLIED, ALREADY];
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
