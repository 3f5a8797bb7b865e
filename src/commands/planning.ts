/** What plan and apply share: from a project to a plan, with the options that shape it. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import { configDigest, sha256 } from '../local/digest.ts';
import { type Address, addressKey, textPattern } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { History } from '../model/ports.ts';
import * as pipeline from '../pipeline.ts';
import { type Seen, see } from '../pipeline.ts';
import type { PlanOptions } from '../plan/context.ts';
import { VERSION } from '../version.ts';
import { newRecord, type ReadingWorld } from '../wire.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { checkNames } from './named-resources.ts';

export interface PlanningOptions {
  readonly target: readonly string[];
  readonly retest: readonly string[];
  readonly rotate: readonly string[];
  readonly allow: readonly string[];
}

export interface Planned {
  readonly plan: Plan;
  readonly seen: Seen;
  readonly history: History;
}

export async function makePlan(
  config: Config,
  diagnostics: readonly Diagnostic[],
  world: ReadingWorld,
  options: PlanningOptions,
): Promise<Planned> {
  const history = await world.journal.history();
  const seen = await seeEnvironment(config, world);
  checkNames(options, seen);
  const plan = pipeline.plan(seen, {
    catalogue: CATALOGUE,
    history,
    options: planOptions(options),
    diagnostics,
    newRecord: (address) => newRecord(seen.snapshot.organizationId, address),
    digest: sha256,
    configDigest: configDigest(config),
    toolVersion: VERSION,
    timestamp: new Date(world.clock.now()).toISOString(),
  });
  return { plan, seen, history };
}

/** Reads, and refuses an environment that is another than the declared one (exit 6). */
export async function seeEnvironment(
  config: Config,
  { reader }: ReadingWorld,
  query: Parameters<typeof see>[2] = {},
): Promise<Seen> {
  const { organizationId } = config.environment;
  const identity = await reader.identify();
  if (organizationId !== null && organizationId.toLowerCase() !== identity.organizationId.toLowerCase()) {
    throw new CommandError(
      EXIT.refused,
      `This is another organization: ${identity.organizationId} answered, "${config.environment.name}" declares ${organizationId}`,
      'Correct the url or the organizationId of the environment. Nothing was read or written.',
    );
  }
  return see(config, reader, query);
}

function planOptions({ target, retest, rotate, allow }: PlanningOptions): PlanOptions {
  return {
    targets: target.map(textPattern),
    retest: (mailbox) => retest.some((wanted) => isRetested(wanted, mailbox)),
    rotate: (address) =>
      rotate.some((wanted) => wanted === 'all' || addressKey(wanted) === addressKey(address)),
    allow: new Set(allow),
  };
}

function isRetested(
  wanted: string,
  { address, serverProfile, failed }: { address: Address; serverProfile: Address | null; failed: boolean },
): boolean {
  if (wanted === 'failed') return failed;
  const key = addressKey(wanted);
  return key === addressKey(address) || (serverProfile !== null && key === addressKey(serverProfile));
}
