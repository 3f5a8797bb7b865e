/**
 * The library: the same pipeline that the command line runs, from code.
 *
 * Load a project, open one of its environments, see, plan, apply, watch:
 *
 *     const project = await loadProject('my-mail');
 *     const environment = await openForWriting(project, 'prod');
 *     const plan = await environment.plan(await environment.see());
 *     const { outcomes } = await environment.apply(plan);
 *     await environment.close();
 *
 * Documents (`Plan`, `Drift`, …) are those of `--format json`, keys in snake_case; their schemas are in `schemas/`.
 * Times are ISO 8601 in UTC, by the service's clock; durations are in milliseconds unless their name says otherwise.
 * Whatever cannot be read or sent throws a `ServiceError`; what is refused before anything is written, a `RefusedError`.
 */

// A project: files, environments, what is wrong with them.

export type { ConfigFile } from './config/config.generated.ts';
export type { Project } from './config/load-project.ts';
export { loadProject } from './library/load-project.ts';
export type { ApprovalMode, Config, Environment, MailCeiling, Purpose } from './model/config.ts';

// An environment: to read, or to write.

export type { ApplyPlanOptions } from './library/apply-plan.ts';
export {
  type DriftOptions,
  type OpenOptions,
  openForReading,
  openForWriting,
  type ReadingEnvironment,
  type WritingEnvironment,
} from './library/open-environment.ts';
export type { PlanWishes } from './library/plan-seen.ts';
export { type RefusalReason, RefusedError } from './library/refused-error.ts';
export { ServiceError, type ServiceErrorKind } from './model/service-error.ts';

// What goes through the stages.

export type { Address, Kind, ParsedAddress, Sort } from './model/address.ts';
export { addressKey, parseAddress } from './model/address.ts';
export type { Desired, DesiredResource } from './model/desired.ts';
export type { Diagnostic, DiagnosticCode, Severity, Source } from './model/diagnostic.ts';
export type { Clock, History, Journal, StateReader, StepWriter } from './model/ports.ts';
export type { Observed, Query, Reading, Snapshot } from './model/snapshot.ts';
export type { Value } from './model/value.ts';
export type { Seen } from './pipeline.ts';

// What comes out of them.

export type { ApplyResult } from './apply/apply.ts';
export { COUNTING_CLASSES, type DriftClass } from './drift/drift.ts';
export type { Drift, DriftFinding } from './model/drift.generated.ts';
export type { JournalEvent } from './model/events.generated.ts';
export type { Outcome, OutcomeKind } from './model/outcome.ts';
export type { Plan, PlanHandoff, PlanHeldBack, PlanRisk, PlanStep } from './model/plan.generated.ts';

// Files of plans, as `plan --out` writes and `apply --plan` reads them.

export { readPlan, writePlan } from './library/plan-files.ts';
export { PlanFileError } from './local/plan-file.ts';

// Reports for people, as the command line prints them.

export {
  applyReport,
  diagnosticsReport,
  driftReport,
  planReport,
  type ReportOptions,
} from './library/reports.ts';

// The stages themselves, for those who bring their own ports.

export type { ApplyOptions, ApplyPorts } from './apply/apply.ts';
export { CATALOGUE, type Catalogue } from './catalogue/catalogue.ts';
export { runChecks } from './checks/run-checks.ts';
export { carryOut, detectDrift, type PlanInput, plan, see } from './pipeline.ts';
export { NO_OPTIONS, type PlanOptions } from './plan/context.ts';
