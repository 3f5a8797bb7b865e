/** The library: the same pipeline that the command line runs, from code. */

export type { ApplyOptions, ApplyPorts, ApplyResult } from './apply/apply.ts';
export { CATALOGUE, type Catalogue } from './catalogue/catalogue.ts';
export type { ConfigFile } from './config/config.generated.ts';
export { COUNTING_CLASSES, type DriftClass } from './drift/drift.ts';
export type { Config, Environment } from './model/config.ts';
export type { Desired } from './model/desired.ts';
export type { Diagnostic } from './model/diagnostic.ts';
export type { Drift, DriftFinding } from './model/drift.generated.ts';
export type { JournalEvent } from './model/events.generated.ts';
export type { Outcome } from './model/outcome.ts';
export type { Plan, PlanStep } from './model/plan.generated.ts';
export type { Clock, History, StateReader, StepWriter } from './model/ports.ts';
export { ServiceError } from './model/service-error.ts';
export type { Query, Reading, Snapshot } from './model/snapshot.ts';
export { carryOut, detectDrift, type PlanInput, plan, type Seen, see } from './pipeline.ts';
export { NO_OPTIONS, type PlanOptions } from './plan/context.ts';
