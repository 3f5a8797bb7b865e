/** What plan and apply share: from a project to a plan, with the options that shape it. */

import { runChecks } from '../checks/run-checks.ts';
import { planBeside } from '../library/plan-beside.ts';
import { namesMore, type PlanWishes, planSeen } from '../library/plan-seen.ts';
import type { Config } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { History } from '../model/ports.ts';
import { type Seen, see, seeBoth, seeToPlan } from '../pipeline.ts';
import type { ReadingWorld } from '../wire.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { checkNames } from './named-resources.ts';

export interface Planned {
  readonly plan: Plan;
  readonly seen: Seen;
  readonly history: History;
}

export async function makePlan(
  config: Config,
  diagnostics: readonly Diagnostic[],
  world: ReadingWorld,
  wishes: PlanWishes,
  query?: Parameters<typeof see>[2],
): Promise<Planned> {
  const history = await world.journal.history();
  await checkOrganization(config, world);
  const isEnough = query === undefined && !namesMore(wishes);
  const seen = isEnough ? await seeToPlan(config, world.reader) : await see(config, world.reader, query);
  checkNames(wishes, seen);
  const advised = [...diagnostics, ...runChecks(config, seen)];
  const plan = planSeen(seen, { history, wishes, diagnostics: advised, clock: world.clock });
  return { plan, seen, history };
}

/** The same beside a base configuration: one read for both, and what this one does that the base does not. */
export async function makePlanBeside(
  config: Config,
  base: Config,
  diagnostics: readonly Diagnostic[],
  world: ReadingWorld,
  wishes: PlanWishes,
): Promise<Planned> {
  const history = await world.journal.history();
  await checkOrganization(config, world);
  const whole = namesMore(wishes);
  const [seen, before] = await seeBoth(config, base, world.reader, { whole });
  checkNames(wishes, seen);
  const advised = [...diagnostics, ...runChecks(config, seen)];
  const plan = planBeside(seen, before, { history, wishes, diagnostics: advised, clock: world.clock });
  return { plan, seen, history };
}

/** Reads, and refuses an environment that is another than the declared one (exit 6). */
export async function seeEnvironment(
  config: Config,
  world: ReadingWorld,
  query: Parameters<typeof see>[2] = {},
): Promise<Seen> {
  await checkOrganization(config, world);
  return see(config, world.reader, query);
}

/** Errors: exit 6 where another organization answers than the declared one. */
export async function checkOrganization(config: Config, { reader }: ReadingWorld): Promise<void> {
  const { organizationId } = config.environment;
  const identity = await reader.identify();
  if (organizationId === null || organizationId.toLowerCase() === identity.organizationId.toLowerCase())
    return;
  throw new CommandError(
    EXIT.refused,
    `This is another organization: ${identity.organizationId} answered, "${config.environment.name}" declares ${organizationId}`,
    'Correct the url or the organizationId of the environment. Nothing was read or written.',
  );
}
