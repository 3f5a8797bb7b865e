/**
 * The planner: a fold over the stages. Each stage compares what is wanted with what is predicted, makes the step,
 * and predicts what the service will make of it. In the end nothing may be left that no step, hand-off or reason to
 * hold back accounts for.
 */

import type { FieldVerb } from '../catalogue/field.ts';
import { ENABLED_FIELDS, TEST_FIELDS } from '../catalogue/mailbox-tests.ts';
import { diff } from '../diff/diff.ts';
import { AddressIndex } from '../model/address-index.ts';
import type { FieldChange } from '../model/change.ts';
import type { DesiredResource } from '../model/desired.ts';
import { ofKind } from '../model/of-kind.ts';
import type { PlanDeferred, PlanHandoff, PlanHeldBack, PlanStep } from '../model/plan.generated.ts';
import type { Observed } from '../model/snapshot.ts';
import { compareText, type FieldValues, type Value } from '../model/value.ts';
import type { PlanContext } from './context.ts';
import { type DeclaredRow, declaredRows, isSettled, type RowsOf } from './declared-rows.ts';
import { handOffOf, signInOf } from './hand-off.ts';
import { heldBack } from './held-back.ts';
import { isLeftForLater, testsLeft } from './left-for-later.ts';
import { makeDeletion } from './make-deletion.ts';
import { makeStep } from './make-step.ts';
import { type Predicted, PredictedState } from './predicted.ts';
import { forgetWhatIsRequested, forgetWhatIsUntested } from './requests.ts';
import { secretChanges } from './secrets.ts';
import { wantsTests } from './tests-wanted.ts';

export type Verb = PlanStep['verb'];

/** Activate first, deactivate last: everything in between needs an active record. Deleted is what nobody needs any more. */
const STAGES = ['activate', 'readdress', 'edit', 'approval-policy', 'approve', 'test', 'deactivate'] as const;
export type Stage = (typeof STAGES)[number];

const FIELD_VERB: Readonly<Record<Stage, FieldVerb>> = {
  activate: 'state',
  readdress: 'readdress',
  edit: 'edit',
  'approval-policy': 'approval-policy',
  approve: 'approve',
  test: 'test',
  deactivate: 'state',
};

export interface Folding {
  readonly context: PlanContext;
  readonly state: PredictedState;
  readonly rowsOf: RowsOf;
  /** What the snapshot saw. */
  readonly observed: Pick<AddressIndex<Observed>, 'get'>;
  readonly steps: PlanStep[];
  readonly handoffs: PlanHandoff[];
  readonly heldBack: PlanHeldBack[];
  readonly deferred: PlanDeferred[];
  /** Ids of the steps that are handed off. */
  readonly handedOff: Set<string>;
  /** Addresses of which something is deferred. */
  readonly waiting: Set<string>;
  /** Addresses whose tests, and the edits that need them, are left for the next run. */
  readonly later: ReadonlySet<string>;
}

/** Plans everything; `later` leaves out the tests of those mailboxes together with what would need them. */
export function fold(context: PlanContext, later: ReadonlySet<string>): Folding {
  const rowsOf = declaredRows(context.catalogue);
  const folding: Folding = {
    context,
    state: new PredictedState(inOrder(context.desired.resources), (one) => isSettled(one, rowsOf(one))),
    rowsOf,
    observed: new AddressIndex(context.snapshot.resources),
    steps: [],
    handoffs: [],
    heldBack: [],
    deferred: [],
    handedOff: new Set(),
    waiting: new Set(),
    later,
  };
  forgetWhatIsRequested(folding);
  forgetWhatIsUntested(folding);
  for (const stage of STAGES) {
    for (const predicted of folding.state.open()) planStage(stage, predicted, folding);
  }
  // What refers to another goes before it.
  for (const predicted of [...folding.state.open()].reverse()) planDeletion(predicted, folding);
  folding.deferred.push(...testsLeft(folding));
  assertNothingLeft(folding);
  return folding;
}

/** Mailboxes refer to profiles, and the settings do. */
const KIND_ORDER = ['profile', 'settings', 'mailbox'] as const;

/** By kind and address; what is to be gone and is not there needs no plan. */
function inOrder(resources: readonly DesiredResource[]): readonly DesiredResource[] {
  return KIND_ORDER.flatMap((kind) =>
    ofKind(resources, kind)
      .filter(({ absent, actual }) => !absent || actual !== null)
      .sort((a, b) => compareText(a.address, b.address)),
  );
}

function planStage(stage: Stage, predicted: Predicted, folding: Folding): void {
  if (predicted.resource.absent) return;
  const creating = !predicted.exists;
  if (creating && stage !== 'edit') return;
  const wanted = wantedFields(stage, predicted, folding);
  const compared = wanted === NOTHING ? [] : diff(wanted, predicted.fields);
  const changes = [...compared, ...secretChanges(stage, predicted, compared, folding)];
  if (changes.length === 0) return;
  const verb = verbOf(stage, creating, wanted);
  if (isLeftOut(verb, changes, predicted, folding)) return;
  const step = makeStep(verb, changes, predicted, folding);
  const handoff = handOffOf(step, predicted, folding);
  if (handoff !== null) {
    folding.steps.push({ ...step, hand_off: true });
    folding.handedOff.add(step.id);
    folding.handoffs.push(handoff);
    return;
  }
  folding.steps.push(step);
  predict(step, wanted, changes, predicted, folding);
}

function planDeletion(predicted: Predicted, folding: Folding): void {
  if (!predicted.resource.absent || isLeftOut('delete', [], predicted, folding)) return;
  const step = makeDeletion(predicted, folding);
  folding.steps.push(step);
  predicted.steps.push(step.id);
  predicted.exists = false;
  predicted.fields = {};
}

/** Notes what is deferred or held back instead of being planned. */
function isLeftOut(
  verb: Verb,
  changes: readonly FieldChange[],
  predicted: Predicted,
  folding: Folding,
): boolean {
  if (isLeftForLater(verb, changes, predicted, folding)) {
    const { address } = predicted.resource;
    folding.deferred.push({ address, verb, reason: 'tests-per-run' });
    folding.waiting.add(address);
    return true;
  }
  const held = heldBack(verb, changes, predicted, folding);
  if (held === null) return false;
  folding.heldBack.push(held);
  const signIn = signInOf(held, predicted, folding);
  if (signIn !== null) folding.handoffs.push(signIn);
  return true;
}

const NOTHING: FieldValues = {};

/** What the stage's declared fields ask of the resource as it will be then. */
function wantedFields(stage: Stage, predicted: Predicted, { rowsOf }: Pick<Folding, 'rowsOf'>): FieldValues {
  const { resource, fields, exists } = predicted;
  if (stage === 'test' && !wantsTests(predicted)) return NOTHING;
  let wanted: Record<string, Value> | null = null;
  for (const { row, want } of rowsOf(resource)) {
    if (!isOfStage(stage, row.verb, want, exists)) continue;
    wanted ??= {};
    Object.assign(wanted, row.demands?.(want, fields) ?? { [row.key]: want });
  }
  return wanted ?? NOTHING;
}

function isOfStage(stage: Stage, verb: DeclaredRow['row']['verb'], value: Value, exists: boolean): boolean {
  if (stage === 'activate') return verb === 'state' && value === 'active';
  if (stage === 'deactivate') return verb === 'state' && value === 'inactive';
  if (stage === 'edit' && !exists) return verb === 'edit' || verb === 'readdress';
  return verb === FIELD_VERB[stage];
}

function verbOf(stage: Stage, creating: boolean, wanted: FieldValues): Verb {
  if (stage === 'edit' && creating) return 'create';
  if (stage === 'approve' && wanted.approved === 'rejected') return 'reject';
  return stage;
}

function predict(
  step: PlanStep,
  wanted: FieldValues,
  changes: readonly { readonly field: string }[],
  predicted: Predicted,
  { state, context }: Folding,
): void {
  predicted.steps.push(step.id);
  state.overlay(predicted, wanted);
  if (step.verb === 'create') {
    predicted.exists = true;
    predictCreated(step, predicted, state);
    return;
  }
  // Nothing restores the tests of what is being turned off.
  if (step.verb === 'deactivate') return;
  for (const { field } of changes) state.reset(context.catalogue, predicted, field, step.id);
}

/** A new record is active; what the service says of its approval and tests is known when it is there. */
function predictCreated(step: PlanStep, predicted: Predicted, state: PredictedState): void {
  const defaults = step.set.filter((change) => change.default === true);
  state.overlay(predicted, Object.fromEntries(defaults.map(({ field, to }) => [field, to])));
  state.overlay(predicted, { state: 'active' });
  if (predicted.resource.kind !== 'mailbox') return;
  const reason = { kind: 'consequence', of: step.id } as const;
  state.forget(predicted, ['approved'], { reason, effect: 'may-clear' });
  state.forget(predicted, [...TEST_FIELDS, ...ENABLED_FIELDS], { reason, effect: 'invalidates' });
}

/** Promise of the planner to itself: what is still different has a reason that the plan names. */
function assertNothingLeft({ state, steps, heldBack: held, deferred, rowsOf }: Folding): void {
  const named = new Set(
    [...held, ...deferred, ...steps.filter((step) => step.hand_off)].map(
      ({ address, verb }) => `${address}#${verb}`,
    ),
  );
  for (const predicted of state.open()) {
    const { address, absent } = predicted.resource;
    if (absent) {
      if (predicted.exists && !named.has(`${address}#delete`)) throw new Error(`The plan leaves ${address}`);
      continue;
    }
    for (const stage of STAGES) {
      const wanted = wantedFields(stage, predicted, { rowsOf });
      const left = wanted === NOTHING ? [] : diff(wanted, predicted.fields).map(({ field }) => field);
      if (left.length === 0 || named.has(`${address}#${verbOf(stage, !predicted.exists, wanted)}`)) continue;
      throw new Error(`The plan leaves ${address} ${left.join(', ')} as it is`);
    }
  }
}
