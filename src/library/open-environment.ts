/**
 * An environment from code: what the verbs do, without a terminal. Who opens one to read is given nothing to write
 * with; who opens one to write can apply plans, and every safety of the command line holds.
 */

import type { ApplyResult } from '../apply/apply.ts';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { runChecks } from '../checks/run-checks.ts';
import type { Project } from '../config/load-project.ts';
import { COUNTING_CLASSES, type DriftClass } from '../drift/drift.ts';
import type { Config } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Drift } from '../model/drift.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Clock } from '../model/ports.ts';
import type { Snapshot } from '../model/snapshot.ts';
import * as pipeline from '../pipeline.ts';
import { explainAlert, openReading, openWriting, type ReadingWorld, type WorldOptions } from '../wire.ts';
import { type ApplyPlanOptions, carryOut, checkOrganization, refuseUnsafe } from './apply-plan.ts';
import { NO_WISHES, namesMore, type PlanWishes, planSeen } from './plan-seen.ts';
import { RefusedError } from './refused-error.ts';

export interface OpenOptions {
  /** Where secrets of the form `{ env: NAME }`, and what sign-in needs, come from; `process.env` when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A bearer token, instead of the environment's way of signing in. */
  readonly token?: string;
  /** Carries every request to Dataverse; the network when absent, by the usual proxy variables. An embedded environment needs none. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Time and waiting; this machine's when absent. An embedded environment has its own. */
  readonly clock?: Clock;
}

export interface DriftOptions {
  /** Classes that make a report not clean; the default of `drift --fail-on` when absent. */
  readonly counting?: readonly DriftClass[];
  /** An earlier report: what it did not have is marked as new. */
  readonly previous?: Drift | null;
}

export interface ReadingEnvironment {
  readonly config: Config;
  /** For people: what was noticed while opening. */
  readonly notices: readonly string[];
  /**
   * Reads the environment and resolves what the configuration asks of it. Errors: `ServiceError`; `RefusedError`
   * (`organization`) when another organization answers than the environment declares.
   */
  readonly see: (query?: { readonly alerts?: boolean }) => Promise<pipeline.Seen>;
  /**
   * The steps that would make the environment match; writes nothing. Without what was seen it reads for itself, and
   * only what the plan needs, which is much less of a large environment.
   */
  readonly plan: (seen?: pipeline.Seen | null, wishes?: Partial<PlanWishes>) => Promise<Plan>;
  /** Where the environment differs, by class; writes nothing. */
  readonly drift: (seen: pipeline.Seen, options?: DriftOptions) => Promise<Drift>;
  /** Best practices that are not followed, and what the files themselves are warned of. */
  readonly check: (seen: pipeline.Seen) => readonly Diagnostic[];
  readonly close: () => Promise<void>;
}

export interface WritingEnvironment extends ReadingEnvironment {
  /**
   * Carries out a plan, and only the plan; answers with one outcome for each step, in the plan's order. Errors, before
   * anything is written: `RefusedError`; `ServiceError`. A record that goes wrong later is an outcome, no error.
   */
  readonly apply: (plan: Plan, options?: ApplyPlanOptions) => Promise<ApplyResult>;
}

/** Opens an environment of a project with a transport that can only read. Errors: `RefusedError`, `ServiceError`. */
export async function openForReading(
  project: Project,
  environment: string,
  options: OpenOptions = {},
): Promise<ReadingEnvironment> {
  const config = configOf(project, environment);
  const world = await openReading(config.environment, worldOptions(project, options));
  return readingEnvironment(config, project.diagnosticsOf(environment), world);
}

/** Opens an environment of a project to apply plans. Errors: `RefusedError`, `ServiceError`. */
export async function openForWriting(
  project: Project,
  environment: string,
  options: OpenOptions = {},
): Promise<WritingEnvironment> {
  const config = configOf(project, environment);
  const world = await openWriting(config.environment, worldOptions(project, options));
  let read: Snapshot | null = null;
  const note = (snapshot: Snapshot): void => {
    read = snapshot;
  };
  return {
    ...readingEnvironment(config, project.diagnosticsOf(environment), world, note),
    apply: async (plan, applyOptions = {}) => {
      await refuseUnsafe(plan, config, world, applyOptions);
      return carryOut(plan, config, world, applyOptions, read);
    },
  };
}

function configOf({ diagnostics, config }: Project, environment: string): Config {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return config(environment);
  throw new RefusedError(
    'configuration',
    'The configuration is not valid; nothing was read or sent',
    errors.map(({ message }) => message),
  );
}

function worldOptions({ directory }: Project, { env = process.env, ...rest }: OpenOptions): WorldOptions {
  return { projectDirectory: directory, env, ...rest };
}

/** `note` is told what was read. */
function readingEnvironment(
  config: Config,
  diagnostics: readonly Diagnostic[],
  world: ReadingWorld,
  note: (snapshot: Snapshot) => void = () => {},
): ReadingEnvironment {
  const reading = async (read: () => Promise<pipeline.Seen>): Promise<pipeline.Seen> => {
    await checkOrganization(config, world);
    const seen = await read();
    note(seen.snapshot);
    return seen;
  };
  const see: ReadingEnvironment['see'] = (query = {}) =>
    reading(() => pipeline.see(config, world.reader, query));
  const plan: ReadingEnvironment['plan'] = async (given = null, some = {}) => {
    const wishes = { ...NO_WISHES, ...some };
    const least = namesMore(wishes) ? see : () => reading(() => pipeline.seeToPlan(config, world.reader));
    const seen = given ?? (await least());
    return planSeen(seen, {
      history: await world.journal.history(),
      wishes,
      diagnostics: [...diagnostics, ...runChecks(config, seen)],
      clock: world.clock,
    });
  };
  return {
    config,
    notices: world.notices,
    see,
    plan,
    drift: async (seen, { counting = COUNTING_CLASSES, previous = null } = {}) =>
      pipeline.detectDrift(seen, {
        catalogue: CATALOGUE,
        heldBack: (await plan(seen)).held_back,
        explain: (alert) => explainAlert(alert).hint,
        counting,
        previous,
      }),
    check: (seen) => [...diagnostics, ...runChecks(config, seen)],
    close: async () => {
      await world.journal.close();
      await world.close();
    },
  };
}
