/**
 * The whole loop in order: load → validate → need → read → resolve → diff → plan → apply → report. Holds no logic.
 * The config comes in validated and loaded; reports are made from what goes out.
 */

import { type ApplyOptions, type ApplyPorts, type ApplyResult, apply } from './apply/apply.ts';
import { type Catalogue, demandedInTheEnd } from './catalogue/catalogue.ts';
import { isStolen } from './catalogue/mailbox-tests.ts';
import { isProfileType, PROFILE_TYPE_FACTS } from './catalogue/profile-types.ts';
import { type DriftClass, drift } from './drift/drift.ts';
import type { Config } from './model/config.ts';
import type { Desired } from './model/desired.ts';
import type { Drift } from './model/drift.generated.ts';
import type { Plan } from './model/plan.generated.ts';
import type { StateReader } from './model/ports.ts';
import type { Alert, Query, Snapshot } from './model/snapshot.ts';
import { namedInBoth, namedMailboxes, need, needBoth } from './need/need.ts';
import type { PlanContext } from './plan/context.ts';
import { makePlan } from './plan/make-plan.ts';
import { resolve } from './resolve/resolve.ts';

export interface Seen {
  readonly config: Config;
  readonly snapshot: Snapshot;
  readonly desired: Desired;
}

/** What there is, and what the configuration asks of it. Can only read. */
export async function see(config: Config, reader: StateReader, options: Partial<Query> = {}): Promise<Seen> {
  const query = { ...need(config), ...options };
  const snapshot = await reader.read(query);
  return { config, snapshot, desired: resolve(config, snapshot) };
}

/** The same for a plan alone: mailboxes that it cannot concern may be left out, and so is advice on them. */
export function seeToPlan(config: Config, reader: StateReader): Promise<Seen> {
  const only = namedMailboxes(config);
  return see(config, reader, only === null ? {} : { only });
}

/** One read for two configurations, each resolved on it: the one that is planned, and the one it is compared with. */
export async function seeBoth(
  config: Config,
  base: Config,
  reader: StateReader,
  { whole }: { readonly whole: boolean },
): Promise<readonly [Seen, Seen]> {
  const only = whole ? null : namedInBoth(config, base);
  const snapshot = await reader.read({ ...needBoth(config, base), ...(only === null ? {} : { only }) });
  const seen = (own: Config): Seen => ({ config: own, snapshot, desired: resolve(own, snapshot) });
  return [seen(config), seen(base)];
}

export type PlanInput = Omit<PlanContext, 'environment' | 'snapshot' | 'desired'>;

/** The one planner for every verb that plans. */
export function plan({ config, snapshot, desired }: Seen, input: PlanInput): Plan {
  return makePlan({ ...input, environment: config.environment, snapshot, desired });
}

/** Compares once, and changes nothing. */
export function detectDrift(
  { config, snapshot, desired }: Seen,
  input: {
    readonly catalogue: Catalogue;
    /** What the planner holds back of the same: `plan(…).held_back`. */
    readonly heldBack: Plan['held_back'];
    /** What an alert means, where that is known. */
    readonly explain: (alert: Alert) => string | null;
    readonly counting: readonly DriftClass[];
    readonly previous: Drift | null;
  },
): Drift {
  return drift({
    ...input,
    environment: config.environment,
    snapshot,
    desired,
    demanded: ({ kind, fields }, actual) => demandedInTheEnd(input.catalogue, kind, fields, actual),
    verbOf: (kind, field) => input.catalogue.row(kind, field)?.verb ?? null,
    stolen: isStolen,
    approvedByTenant: (type) => isProfileType(type) && PROFILE_TYPE_FACTS[type].approvedBy === 'tenant',
  });
}

/** Carries out a plan, and only the plan. */
export function carryOut(planned: Plan, options: ApplyOptions, ports: ApplyPorts): Promise<ApplyResult> {
  return apply(planned, options, ports);
}
