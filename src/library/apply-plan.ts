/**
 * Carries out a plan from code. Everything that the command line refuses before the first write is refused here too.
 */

import type { ApplyResult } from '../apply/apply.ts';
import { lanesFor, refusalsUntilHandOff } from '../apply/lanes.ts';
import { configDigest } from '../local/digest.ts';
import type { Config } from '../model/config.ts';
import type { JournalEvent } from '../model/events.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isSecret } from '../model/value.ts';
import * as pipeline from '../pipeline.ts';
import { approvalsOf } from '../plan/approvals-of.ts';
import { refusing } from '../plan/safety/risks.ts';
import type { ReadingWorld, WritingWorld } from '../wire.ts';
import { RefusedError } from './refused-error.ts';

export interface ApplyPlanOptions {
  /** Names of guards that are accepted besides those that the plan was made with. */
  readonly allow?: readonly string[];
  /** Carry out only the approvals that the plan hands off, as a person who may give them. */
  readonly onlyApprovals?: boolean;
  /** Requests under way at once; what the service recommends when absent. */
  readonly parallelism?: number;
  /** The whole run, in milliseconds; no limit when absent. */
  readonly timeoutMs?: number;
  /** Ends the run after what is under way; the same plan goes on where it stopped. */
  readonly signal?: AbortSignal;
  /** Called with every line of the journal, when it is on disk. */
  readonly onEvent?: (event: JournalEvent) => void;
}

/** Throws `RefusedError` when another organization answers than the environment declares. */
export async function checkOrganization({ environment }: Config, { reader }: ReadingWorld): Promise<void> {
  const { organizationId, name } = environment;
  const found = await reader.identify();
  if (organizationId === null || organizationId.toLowerCase() === found.organizationId.toLowerCase()) return;
  throw new RefusedError(
    'organization',
    `This is another organization: ${found.organizationId} answered, "${name}" declares ${organizationId}`,
  );
}

/** Everything that has to hold before the first write. */
export async function refuseUnsafe(
  plan: Plan,
  config: Config,
  world: WritingWorld,
  { allow = [], onlyApprovals = false }: ApplyPlanOptions,
): Promise<void> {
  await checkOrganization(config, world);
  const { organizationId } = await world.reader.identify();
  if (organizationId !== plan.environment.organization_id)
    throw new RefusedError(
      'organization',
      `The plan is for the organization ${plan.environment.organization_id}, ${organizationId} answered`,
    );
  if (configDigest(config) !== plan.config_digest)
    throw new RefusedError('plan', 'The plan was made from another configuration');
  const closed = plan.not_seen.filter(({ depth }) => depth === 'none').map(({ kind }) => kind);
  if (closed.length > 0)
    throw new RefusedError(
      'permission',
      'Not everything that the configuration is about can be read',
      closed,
    );
  if (!plan.applyable) throw new RefusedError('plan', 'The plan cannot be applied', errorsOf(plan));
  const own = onlyApprovals ? approvalsOf(plan) : plan;
  const refused = refusing(own.risks, new Set(allow)).map(({ guard }) => guard);
  if (refused.length > 0) throw new RefusedError('guard', `Refused by ${refused.join(', ')}`, refused);
  await checkSecrets(own, world);
}

function errorsOf({ diagnostics }: Plan): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

async function checkSecrets({ steps }: Plan, { secrets }: WritingWorld): Promise<void> {
  const references = steps.flatMap(({ set }) => set.flatMap(({ to }) => (isSecret(to) ? [to.secret] : [])));
  const problems = (await secrets.check(references)).filter(({ severity }) => severity === 'error');
  if (problems.length === 0) return;
  const details = problems.map(({ message }) => message);
  throw new RefusedError('secret', 'Secrets cannot be resolved; nothing was written', details);
}

export async function carryOut(
  plan: Plan,
  { environment }: Config,
  { reader, writer, clock, journal }: WritingWorld,
  options: ApplyPlanOptions,
  read: Snapshot | null,
): Promise<ApplyResult> {
  const history = await journal.history();
  if (plan.steps.length > 0) await journal.begin(plan.plan_digest);
  const applyOptions = {
    history,
    lanes: lanesFor(options.parallelism ?? null, read?.capabilities.parallelism ?? null),
    testTimeoutMs: environment.tests.timeoutMs,
    timeoutMs: options.timeoutMs ?? null,
    refusalsUntilHandOff: refusalsUntilHandOff(read?.caller ?? null),
    onlyApprovals: options.onlyApprovals ?? false,
    interrupted: options.signal ?? new AbortController().signal,
  };
  const append = journal.append.bind(journal);
  const onEvent = options.onEvent ?? (() => {});
  try {
    return await pipeline.carryOut(plan, applyOptions, { reader, writer, clock, append, onEvent });
  } finally {
    await journal.close();
  }
}
