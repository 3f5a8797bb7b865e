/** A plan for the verbs that make one, with or without `--base`. */

import type { Project } from '../config/load-project.ts';
import type { PlanWishes } from '../library/plan-seen.ts';
import type { Config } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ReadingWorld } from '../wire.ts';
import { openBase } from './base-project.ts';
import type { Io } from './io.ts';
import { makePlan, makePlanBeside, type Planned } from './planning.ts';

export interface Wanted {
  readonly config: Config;
  readonly project: Project;
  readonly world: ReadingWorld;
  readonly options: PlanWishes & { readonly base?: string };
  /** Of the files, and of what the plan is made from. */
  readonly diagnostics: readonly Diagnostic[];
}

export async function planFor(
  io: Io,
  { config, project, world, options, diagnostics }: Wanted,
): Promise<Planned> {
  if (options.base === undefined) return makePlan(config, diagnostics, world, options);
  const base = await openBase(io, options.base, config, project);
  const known = [...diagnostics, ...base.diagnostics];
  if (base.config === null) return makePlan(config, known, world, options);
  return makePlanBeside(config, base.config, known, world, options);
}
