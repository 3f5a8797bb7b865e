/** Makes one step: what it sets, what has to come before it, and why it is there. */

import { ENABLED_FIELDS, TEST_FIELDS, testResults } from '../catalogue/mailbox-tests.ts';
import { DIRECTIONS } from '../catalogue/methods.ts';
import {
  isProfileType,
  PROFILE_TYPE_FACTS,
  type ProfileType,
  signsInForOutgoing,
} from '../catalogue/profile-types.ts';
import type { FieldChange } from '../model/change.ts';
import type { Declared } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Source } from '../model/diagnostic.ts';
import type { PlanFieldChange, PlanReason, PlanStep } from '../model/plan.generated.ts';
import { equal, isRef, type Value } from '../model/value.ts';
import type { Folding, Verb } from './fold.ts';
import { approvedByTenant } from './hand-off.ts';
import { isApprovedSince, resultsSeen } from './last-test.ts';
import { stepsThatLeave } from './leaving.ts';
import type { Predicted } from './predicted.ts';
import { withReason } from './secrets.ts';
import { PRIMARY_FIELD, wantsPrimary } from './tests-wanted.ts';

export function makeStep(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
): PlanStep {
  const { address } = predicted.resource;
  const lost = verb === 'test' && changes.every((change) => mayBeLost(change, predicted));
  const after = afterOf(verb, changes, predicted, folding);
  return {
    id: `${address}#${verb}`,
    verb,
    address,
    ...(lost ? { only_if_lost: true } : {}),
    ...(verb === 'test' && after.length === 0 && isUnderWay(predicted) ? { under_way: true } : {}),
    ...(verb === 'test' && lacksTenantApproval(predicted, folding) ? { tenant_approval_missing: true } : {}),
    set: setOf(verb, changes, predicted, folding),
    after,
    because: becauseOf(verb, changes, predicted),
  };
}

/** As wanted now, and perhaps no longer after an earlier step. */
function mayBeLost({ field, to }: FieldChange, { causes, resource }: Predicted): boolean {
  return causes.get(field)?.effect === 'may-clear' && equal(to, resource.actual?.fields[field] ?? null);
}

/** Requested before, by us or by somebody: one without the mark that is wanted too is not the one that is meant. */
function isUnderWay(predicted: Predicted): boolean {
  const actual = predicted.resource.actual?.fields ?? {};
  return actual['tests.scheduled'] === true && (!wantsPrimary(predicted) || actual[PRIMARY_FIELD] === true);
}

function lacksTenantApproval(predicted: Predicted, folding: Folding): boolean {
  return predicted.fields['approval.byTenant'] !== true && approvedByTenant(predicted, folding);
}

function setOf(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
): readonly PlanFieldChange[] {
  const { resource } = predicted;
  if (verb === 'test') return testSet(predicted);
  if (verb === 'approve') {
    const vouched = resource.vouchedAddress;
    return [
      {
        field: 'approved',
        from: approvalBefore(predicted),
        to: 'approved',
        ...(vouched === null ? {} : { for: vouched }),
      },
    ];
  }
  const set = changes.map((change) => withReason(change, changes, predicted, folding.context));
  return verb === 'create' ? [...set, ...defaultsOf(predicted)] : set;
}

/** The mark for this organization is written by the request for the test, each time: Exchange is told by the test. */
function testSet(predicted: Predicted): readonly PlanFieldChange[] {
  const actual = resultsSeen(predicted);
  const test: PlanFieldChange = { field: 'testAndEnable', from: testResults(actual), to: true };
  if (!wantsPrimary(predicted)) return [test];
  return [test, { field: PRIMARY_FIELD, from: actual[PRIMARY_FIELD] ?? null, to: true }];
}

/** That a person said no is remembered also where a new address may clear it. */
function approvalBefore({ resource, fields }: Predicted): Value {
  const actual = resource.actual?.fields.approved;
  return actual === 'rejected' ? actual : (fields.approved ?? null);
}

/** What is filled in on creation where nothing is declared; written once, shown, and not managed afterwards. */
function defaultsOf({ resource }: Predicted): readonly PlanFieldChange[] {
  const type = resource.fields.get('type')?.value;
  const defaults = isProfileType(type)
    ? profileDefaults(type, resource)
    : resource.kind === 'mailbox'
      ? MAILBOX_DEFAULTS
      : [];
  return defaults
    .filter(([field]) => !resource.fields.has(field))
    .map(([field, to]) => ({ field, from: null, to, default: true }));
}

/** Else the service would copy the methods of new mailboxes, and mail would move that nobody asked for. */
const MAILBOX_DEFAULTS: readonly [string, Value][] = DIRECTIONS.map((direction) => [direction, 'none']);

function profileDefaults(type: ProfileType, { fields }: DesiredResource): readonly [string, Value][] {
  const { ports, defaultAuthentication, autoDiscover } = PROFILE_TYPE_FACTS[type];
  const defaults: [string, Value][] = [];
  for (const direction of ['incoming', 'outgoing'] as const) {
    if (ports !== null) defaults.push([`${direction}.port`, ports[direction]]);
    if (defaultAuthentication !== null) defaults.push([`${direction}.authentication`, defaultAuthentication]);
  }
  if (autoDiscover !== 'never' && signsInForOutgoing(type, (field) => fields.get(field)?.value)) {
    defaults.push(['sameForOutgoing', false]);
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
  folding: Folding,
): readonly string[] {
  const after = new Set<string>();
  const last = predicted.steps.at(-1);
  if (last !== undefined) after.add(last);
  const refs = changes.map(({ to }) => to).filter(isRef);
  const profile = predicted.fields.serverProfile;
  if (verb === 'test' && isRef(profile)) refs.push(profile);
  for (const { ref } of refs) {
    const needed = folding.state.get(ref)?.steps.at(-1);
    if (needed !== undefined) after.add(needed);
  }
  const { kind, address } = predicted.resource;
  if (verb === 'deactivate' && kind === 'profile')
    for (const id of stepsThatLeave(address, folding)) after.add(id);
  return [...after];
}

/** Declared where a change is declared; a consequence where an earlier step made it necessary; else the state. */
function becauseOf(verb: Verb, changes: readonly FieldChange[], predicted: Predicted): readonly PlanReason[] {
  const reasons: PlanReason[] = [];
  const { resource } = predicted;
  for (const { field } of changes) {
    const cause = predicted.causes.get(field)?.reason;
    if (cause !== undefined) reasons.push(cause);
    else if (isOfTests(field)) reasons.push({ kind: 'health', field, why: healthOf(field, predicted) });
    const declared = resource.fields.get(isOfTests(field) ? 'testAndEnable' : field);
    if (declared !== undefined && (cause === undefined || verb !== 'edit'))
      reasons.push(declaredReason(declared, resource));
  }
  if (verb === 'test' && isApprovedSince(predicted))
    reasons.unshift({ kind: 'health', why: 'approved since the last test' });
  if (verb === 'create') reasons.unshift({ kind: 'config', source: resource.source });
  const unique = new Map(reasons.map((reason) => [keyOf(reason), reason]));
  return [...unique.values()];
}

function keyOf({ kind, of = '', field = '', why = '', source }: PlanReason): string {
  const place = source === undefined ? '' : placeKey(source);
  return `${kind}\0${of}\0${field}\0${why}\0${place}`;
}

function placeKey({ file, line, column, rule = '' }: Source): string {
  return `${file}\0${line}:${column}\0${rule}`;
}

/** What the environment's ceiling sets is declared at the ceiling. */
function declaredReason({ source }: Declared, { ceiling }: DesiredResource): PlanReason {
  const capped = ceiling !== null && placeKey(ceiling.source) === placeKey(source);
  return { kind: capped ? 'ceiling' : 'config', source };
}

function isOfTests(field: string): boolean {
  return TEST_FIELDS.includes(field) || ENABLED_FIELDS.includes(field);
}

function healthOf(field: string, { fields }: Predicted): string {
  if (ENABLED_FIELDS.includes(field)) return 'disabled';
  const value = fields[field];
  return typeof value === 'string' ? value : 'unknown';
}
