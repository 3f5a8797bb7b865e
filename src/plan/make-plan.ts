/** The one planner for all verbs: desired state, snapshot and history in, a plan as data out. Writes nothing. */

import { type Address, addressKey } from '../model/address.ts';
import type { Plan, PlanDiagnostic, PlanRecord, PlanRisk, PlanStep } from '../model/plan.generated.ts';
import { canonicalPieces, compareText, isRef } from '../model/value.ts';
import { connectionsCounted } from './connections-counted.ts';
import type { PlanContext } from './context.ts';
import { datesInFuture } from './dates-in-future.ts';
import { declaredBy } from './declared-by.ts';
import { type Folding, fold } from './fold.ts';
import { forecast } from './forecast.ts';
import { resourceChanges } from './resource-changes.ts';
import { handoffRisks, risks } from './safety/risks.ts';
import { summarize } from './summary.ts';

export const PLAN_FORMAT = '1.0';

export function makePlan(context: PlanContext): Plan {
  const whole = foldWithinLimit(context);
  const steps = targeted(whole.steps, context);
  const handedOff = steps.filter(({ hand_off }) => hand_off === true);
  const { environment, desired, snapshot } = context;
  const declared = context.options.targets.length > 0 ? [] : declaredBy(desired, whole);
  const diagnostics = [
    ...context.diagnostics.filter(notAmong(desired.diagnostics)),
    ...desired.diagnostics,
    ...connectionsCounted(whole),
    ...datesInFuture(whole),
  ];
  const plan: Omit<Plan, 'plan_digest'> = {
    format_version: PLAN_FORMAT,
    tool_version: context.toolVersion,
    timestamp: context.timestamp,
    as_of: snapshot.asOf,
    environment: { name: environment.name, url: environment.url, organization_id: snapshot.organizationId },
    config_digest: context.configDigest,
    applyable: !diagnostics.some(({ severity }) => severity === 'error'),
    records: recordsOf(steps, context),
    steps,
    resource_changes: resourceChanges(steps, desired.resources),
    handoffs: targetedHandoffs(whole, steps, context),
    held_back: sortByAddress(whole.heldBack),
    deferred: sortByAddress(whole.deferred),
    findings: desired.findings,
    not_seen: desired.notSeen,
    risks: risks(whole, context),
    ...(handedOff.length === 0 ? {} : { handoff_risks: handoffRisks(handedOff, whole, context) }),
    diagnostics: diagnostics.map(planDiagnostic),
    ...(declared.length === 0 ? {} : { declared }),
    summary: summarize(steps, whole.deferred),
    forecast: forecast(steps),
  };
  return { ...plan, plan_digest: context.digest(canonicalPieces(planCore(plan))) };
}

/** What the files alone let us fear, the environment may have settled: it says so with more. */
function notAmong(
  settled: PlanContext['diagnostics'],
): (diagnostic: PlanContext['diagnostics'][number]) => boolean {
  const known = new Set(settled.map(({ code, address }) => `${code} ${address}`));
  return ({ code, address }) => address === null || !known.has(`${code} ${address}`);
}

/**
 * At most so many tests in one run: the rest wait, together with the edits that need them. Only what is targeted
 * counts, and what somebody asks for by name goes first.
 */
function foldWithinLimit(context: PlanContext): Folding {
  const whole = fold(context, new Set());
  const tests = targeted(whole.steps, context).filter(({ verb }) => verb === 'test');
  const { perRun } = context.environment.tests;
  if (tests.length <= perRun) return whole;
  const waiting = tests.toSorted(byRequestAndAddress).slice(perRun);
  return fold(context, new Set(waiting.map(({ address }) => address)));
}

function byRequestAndAddress(a: PlanStep, b: PlanStep): number {
  return Number(isRequested(b)) - Number(isRequested(a)) || compareText(a.address, b.address);
}

function isRequested({ because }: PlanStep): boolean {
  return because.some(({ kind }) => kind === 'request');
}

/** The targeted steps and what they need, never what needs them. */
function targeted(steps: readonly PlanStep[], { options }: PlanContext): readonly PlanStep[] {
  const { targets } = options;
  if (targets.length === 0) return steps;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const wanted = new Set<string>();
  const take = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    for (const needed of byId.get(id)?.after ?? []) take(needed);
  };
  for (const { id, address } of steps) if (targets.some((matches) => matches(address))) take(id);
  return steps.filter(({ id }) => wanted.has(id));
}

/** Those of the steps, and the sign-ins that targeted mailboxes wait for. */
function targetedHandoffs(
  { handoffs }: Folding,
  steps: readonly PlanStep[],
  { options: { targets } }: PlanContext,
): Plan['handoffs'] {
  const planned = new Set(steps.map(({ id }) => id));
  const isTargeted = (address: Address): boolean =>
    targets.length === 0 || targets.some((matches) => matches(address));
  return handoffs.filter(({ step, what, address }) =>
    what === 'sign-in' ? address !== undefined && isTargeted(address) : planned.has(step),
  );
}

/** The records behind every address that a step is about or refers to. */
function recordsOf(steps: readonly PlanStep[], context: PlanContext): Plan['records'] {
  const addresses = new Map<string, Address>();
  for (const { address, set } of steps) {
    addresses.set(addressKey(address), address);
    for (const { to } of set) if (isRef(to)) addresses.set(addressKey(to.ref), to.ref);
  }
  const known = recordsIn(context, addresses);
  let taken: ReadonlySet<string> | null = null;
  const records: Record<string, readonly PlanRecord[]> = {};
  for (const [key, address] of [...addresses].sort(([a], [b]) => compareText(a, b))) {
    const own = known.get(key);
    if (own === undefined) taken ??= recordIds(context);
    records[address] = own ?? [freshRecord(address, taken ?? NONE, context)];
  }
  return records;
}

const NONE: ReadonlySet<string> = new Set();

/** The records of those addresses that are there, by address key; what an item is found as goes before its name. */
function recordsIn(
  { snapshot, desired }: PlanContext,
  addresses: ReadonlyMap<string, Address>,
): ReadonlyMap<string, readonly PlanRecord[]> {
  const known = new Map<string, readonly PlanRecord[]>();
  if (addresses.size === 0) return known;
  const add = (address: Address, records: readonly PlanRecord[]): void => {
    const key = addressKey(address);
    if (addresses.has(key)) known.set(key, records);
  };
  for (const { address, records } of snapshot.resources) add(address, records);
  for (const { address, actual } of desired.resources) if (actual !== null) add(address, actual.records);
  return known;
}

function recordIds({ snapshot }: PlanContext): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { records } of snapshot.resources) for (const { id } of records) ids.add(id);
  return ids;
}

/** The id of a name stays with the record that was created under it, also when that has another name by now. */
function freshRecord(address: Address, taken: ReadonlySet<string>, { newRecord }: PlanContext): PlanRecord {
  let record = newRecord(address);
  for (let next = 2; taken.has(record.id); next += 1) record = newRecord(`${address}#${next}`);
  return record;
}

/**
 * What the digest covers: everything that decides what is written, and nothing that differs between two equal plans
 * (positions, times, counts, what is only told of a test).
 */
export function planCore(plan: Omit<Plan, 'plan_digest'>): Readonly<Record<string, unknown>> {
  return {
    format_version: plan.format_version,
    organization_id: plan.environment.organization_id,
    config_digest: plan.config_digest,
    steps: stepCores(plan.steps),
    held_back: plan.held_back.map(({ until: _, ...rest }) => rest),
    deferred: plan.deferred,
    handoffs: plan.handoffs,
    risks: plan.risks.map(riskCore),
    ...(plan.handoff_risks === undefined ? {} : { handoff_risks: plan.handoff_risks.map(riskCore) }),
  };
}

/** One by one: many steps are not held a second time. */
function* stepCores(steps: readonly PlanStep[]): Iterable<unknown> {
  for (const { under_way: _, tenant_approval_missing: __, ...step } of steps)
    yield { ...step, because: step.because.map(({ source: ___, ...rest }) => rest) };
}

function riskCore({ guard, addresses }: PlanRisk): unknown {
  return { guard, addresses };
}

function planDiagnostic(diagnostic: PlanContext['diagnostics'][number]): PlanDiagnostic {
  const { code, severity, address, source, message, hint } = diagnostic;
  return {
    code,
    severity,
    address,
    file: source?.file ?? null,
    line: source?.line ?? null,
    column: source?.column ?? null,
    message,
    hint,
  };
}

function sortByAddress<Item extends { readonly address: string; readonly verb: string }>(
  items: readonly Item[],
): readonly Item[] {
  return [...items].sort((a, b) => compareText(a.address, b.address) || compareText(a.verb, b.verb));
}
