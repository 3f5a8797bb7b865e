/** Makes one step: what it sets, what has to come before it, and why it is there. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import { ENABLED_FIELDS, TEST_FIELDS, testResults } from '../catalogue/mailbox-tests.ts';
import { DIRECTIONS } from '../catalogue/methods.ts';
import { isProfileType, PROFILE_TYPE_FACTS, type ProfileType } from '../catalogue/profile-types.ts';
import type { FieldChange } from '../model/change.ts';
import type { PlanFieldChange, PlanReason, PlanStep } from '../model/plan.generated.ts';
import { canonical, equal, isRef, type Value } from '../model/value.ts';
import type { Folding, Verb } from './fold.ts';
import type { Predicted } from './predicted.ts';
import { withReason } from './secrets.ts';

export function makeStep(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
): PlanStep {
  const { address } = predicted.resource;
  const lost = verb === 'test' && changes.every((change) => mayBeLost(change, predicted));
  return {
    id: `${address}#${verb}`,
    verb,
    address,
    ...(lost ? { only_if_lost: true } : {}),
    set: setOf(verb, changes, predicted, folding),
    after: afterOf(verb, changes, predicted, folding),
    because: becauseOf(verb, changes, predicted),
  };
}

/** As wanted now, and perhaps no longer after an earlier step. */
function mayBeLost({ field, to }: FieldChange, { causes, resource }: Predicted): boolean {
  return causes.get(field)?.effect === 'may-clear' && equal(to, resource.actual?.fields[field] ?? null);
}

/** Whether a step has to wait together with a test that is left for the next run. */
export function needsNoTestYet(verb: Verb, changes: readonly FieldChange[], catalogue: Catalogue): boolean {
  if (verb === 'test') return true;
  if (verb !== 'edit' && verb !== 'readdress') return false;
  return changes.some(({ field }) => breaksTests(catalogue, field));
}

/** Whether a change of this field of a mailbox makes its last test worthless. */
function breaksTests(catalogue: Catalogue, field: string): boolean {
  const resets = catalogue.row('mailbox', field)?.resets ?? [];
  return resets.some(({ fields }) => fields.some((name) => TEST_FIELDS.includes(name)));
}

function setOf(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
): readonly PlanFieldChange[] {
  const { resource } = predicted;
  if (verb === 'test') {
    const actual = { ...resource.actual?.fields, ...methodsOf(predicted) };
    return [{ field: 'testAndEnable', from: testResults(actual), to: true }];
  }
  if (verb === 'approve') {
    const from = predicted.fields.approved ?? null;
    const vouched = resource.vouchedAddress;
    return [{ field: 'approved', from, to: 'approved', ...(vouched === null ? {} : { for: vouched }) }];
  }
  const set = changes.map((change) => withReason(change, changes, predicted, folding.context));
  return verb === 'create' ? [...set, ...defaultsOf(predicted)] : set;
}

function methodsOf({ fields }: Predicted): Readonly<Record<string, Value>> {
  const methods: Record<string, Value> = {};
  for (const field of TEST_FIELDS) {
    const direction = field.slice('tests.'.length);
    methods[direction] = fields[direction] ?? null;
  }
  return methods;
}

/** What is filled in on creation where nothing is declared; written once, shown, and not managed afterwards. */
function defaultsOf({ resource }: Predicted): readonly PlanFieldChange[] {
  const type = resource.fields.get('type')?.value;
  const defaults = isProfileType(type)
    ? profileDefaults(type)
    : resource.kind === 'mailbox'
      ? MAILBOX_DEFAULTS
      : [];
  return defaults
    .filter(([field]) => !resource.fields.has(field))
    .map(([field, to]) => ({ field, from: null, to, default: true }));
}

/** Else the service would copy the methods of new mailboxes, and mail would move that nobody asked for. */
const MAILBOX_DEFAULTS: readonly [string, Value][] = DIRECTIONS.map((direction) => [direction, 'none']);

function profileDefaults(type: ProfileType): readonly [string, Value][] {
  const { ports, defaultAuthentication } = PROFILE_TYPE_FACTS[type];
  const defaults: [string, Value][] = [];
  for (const direction of ['incoming', 'outgoing'] as const) {
    if (ports !== null) defaults.push([`${direction}.port`, ports[direction]]);
    if (defaultAuthentication !== null) defaults.push([`${direction}.authentication`, defaultAuthentication]);
  }
  return defaults;
}

/**
 * The step before on the same resource; the steps of every resource that it refers to; a test waits for the profile
 * that it goes through; a profile is deactivated after everybody has left it.
 */
function afterOf(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  { state, steps }: Folding,
): readonly string[] {
  const after = new Set<string>();
  const last = predicted.steps.at(-1);
  if (last !== undefined) after.add(last);
  const refs = changes.map(({ to }) => to).filter(isRef);
  const profile = predicted.fields.serverProfile;
  if (verb === 'test' && isRef(profile)) refs.push(profile);
  for (const { ref } of refs) {
    const needed = state.get(ref)?.steps.at(-1);
    if (needed !== undefined) after.add(needed);
  }
  if (verb === 'deactivate' && predicted.resource.kind === 'profile') {
    for (const step of steps) if (leaves(step, predicted.resource.address)) after.add(step.id);
  }
  return [...after];
}

function leaves(step: PlanStep, profile: string): boolean {
  return step.set.some(({ from }) => isRef(from) && from.ref === profile);
}

/** Declared where a change is declared; a consequence where an earlier step made it necessary; else the state. */
function becauseOf(verb: Verb, changes: readonly FieldChange[], predicted: Predicted): readonly PlanReason[] {
  const reasons: PlanReason[] = [];
  const { fields } = predicted.resource;
  for (const { field } of changes) {
    const cause = predicted.causes.get(field)?.reason;
    if (cause !== undefined) reasons.push(cause);
    else if (verb === 'test') reasons.push({ kind: 'health', field, why: healthOf(field, predicted) });
    const source = fields.get(verb === 'test' ? 'testAndEnable' : field)?.source;
    if (source !== undefined && (cause === undefined || verb !== 'edit'))
      reasons.push({ kind: 'config', source });
  }
  if (verb === 'create') reasons.unshift({ kind: 'config', source: predicted.resource.source });
  const unique = new Map(reasons.map((reason) => [canonical(reason), reason]));
  return [...unique.values()];
}

function healthOf(field: string, { fields }: Predicted): string {
  if (ENABLED_FIELDS.includes(field)) return 'disabled';
  const value = fields[field];
  return typeof value === 'string' ? value : 'unknown';
}
