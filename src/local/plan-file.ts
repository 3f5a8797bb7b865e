/** Saved plans: written whole or not at all; read, checked against the schema, and against their own digest. */

import { readFile } from 'node:fs/promises';
import type { ErrorObject } from 'ajv';
import { jsonPieces } from '../model/json-pieces.ts';
import type { Plan } from '../model/plan.generated.ts';
import { canonical, canonicalPieces } from '../model/value.ts';
import { PLAN_FORMAT, planCore } from '../plan/make-plan.ts';
import { resourceChanges } from '../plan/resource-changes.ts';
import { formatAge } from './format-version.ts';
import { writePieces } from './write-pieces.ts';

/** Why a file is no plan that can be applied. */
export class PlanFileError extends Error {
  override readonly name = 'PlanFileError';
  /** The file could not be opened at all. */
  readonly unreadable: boolean;
  /** What to do, where the message does not say it. */
  readonly wayOut: string | null;

  constructor(message: string, { unreadable = false, wayOut, cause }: PlanFileDetails = {}) {
    super(message, { cause });
    this.unreadable = unreadable;
    this.wayOut = wayOut ?? null;
  }
}

interface PlanFileDetails {
  readonly unreadable?: boolean;
  readonly wayOut?: string;
  readonly cause?: unknown;
}

const NAME_A_PLAN = 'Name a file that "mailboxctl plan --out" wrote.';

export async function writePlanFile(path: string, plan: Plan): Promise<void> {
  await writePieces(path, jsonPieces(plan), 0o600);
}

/** Errors: `PlanFileError` for anything that is not an intact plan of this format. */
export async function readPlanFile(
  path: string,
  digest: (pieces: Iterable<string>) => string,
): Promise<Plan> {
  const data = await readJson(path);
  const age = isObject(data) ? formatAge(data.format_version) : 'ours';
  if (isObject(data) && age === 'other') {
    throw new PlanFileError(
      `${path} has the format ${JSON.stringify(data.format_version)}; this version reads ${PLAN_FORMAT}. Plan again.`,
    );
  }
  const plan = age === 'newer' ? await checkNewer(path, data) : await checkShape(path, data);
  const { plan_digest: _, ...rest } = plan;
  if (digest(canonicalPieces(planCore(rest))) !== plan.plan_digest) {
    throw new PlanFileError(
      `${path} was changed since it was written: its digest does not match. Plan again.`,
    );
  }
  if (canonical(withoutSources(plan.resource_changes)) !== canonical(derivedChanges(plan))) {
    throw new PlanFileError(
      `${path} was changed since it was written: resource_changes do not follow from its steps. Plan again.`,
    );
  }
  return plan;
}

/** Policy tools judge the plan by its resource changes, so these have to say what the steps do. */
function derivedChanges({ steps }: Plan): unknown {
  return withoutSources(resourceChanges(steps, []));
}

function withoutSources(changes: Plan['resource_changes']): unknown {
  return changes.map(({ sources: _, ...rest }) => rest);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const message = `The plan ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new PlanFileError(message, { unreadable: true, cause: error });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PlanFileError(`${path} is no plan: it is not JSON`, { wayOut: NAME_A_PLAN, cause: error });
  }
}

async function checkShape(path: string, data: unknown): Promise<Plan> {
  const { validator } = await import('./plan.validators.ts');
  const validate = validator('plan');
  if (validate(data)) return data;
  throw new PlanFileError(`${path} is no plan: ${describe(validate.errors?.[0])}`, { wayOut: NAME_A_PLAN });
}

/**
 * Of a newer minor version, members that are not known are passed over, but for those that the digest covers: they
 * decide what is written.
 */
async function checkNewer(path: string, data: unknown): Promise<Plan> {
  const { validator } = await import('./documents.validators.ts');
  const validate = validator('plan');
  if (validate({ ...(data as Plan), format_version: PLAN_FORMAT })) return data as Plan;
  const wrong = (validate.errors ?? []).find(
    ({ keyword, instancePath }) =>
      keyword !== 'additionalProperties' || /^\/(?:steps|records)\b/u.test(instancePath),
  );
  if (wrong === undefined) return data as Plan;
  const { format_version: format } = data as Plan;
  throw new PlanFileError(
    `${path} has the format ${JSON.stringify(format)}, of which this version does not know: ${describe(wrong)}. Plan again.`,
  );
}

function describe(error: ErrorObject | undefined): string {
  return error === undefined ? 'unknown error' : `${error.instancePath || '/'} ${error.message ?? ''}`.trim();
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null;
}
