/**
 * What each managed resource will be after the steps planned so far: actual values overlaid with planned ones, and
 * unknown where the service reacts to a step. Unknown values carry their cause, which becomes the reason of the step
 * that restores them. Only what steps are about, or reach, has a prediction of its own: the rest stays as it is.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Reset } from '../catalogue/field.ts';
import { type Address, addressKey, type Kind, parseAddress } from '../model/address.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { PlanReason } from '../model/plan.generated.ts';
import { type FieldValues, isRef, type Value } from '../model/value.ts';

/** Why a value is no longer known. */
export interface Cause {
  readonly reason: PlanReason;
  readonly effect: Reset['effect'] | 'requested';
}

export interface Predicted {
  readonly resource: DesiredResource;
  exists: boolean;
  fields: FieldValues;
  readonly causes: Map<string, Cause>;
  /** Steps of this resource so far, hand-offs excluded. */
  readonly steps: string[];
}

export class PredictedState {
  /** Everything managed, in the order of planning. */
  readonly resources: readonly DesiredResource[];
  readonly #positions = new Map<Kind, ReadonlyMap<string, number>>();
  /** By position; nothing where the resource stays as it is. */
  readonly #predicted: (Predicted | undefined)[];

  /** `isSettled`: nothing is to be done for the resource as it is. */
  constructor(resources: readonly DesiredResource[], isSettled: (resource: DesiredResource) => boolean) {
    this.resources = resources;
    this.#predicted = resources.map((resource) => (isSettled(resource) ? undefined : predictedOf(resource)));
  }

  /** What may need steps, in the order of planning; what a step reaches meanwhile is among the ones that follow. */
  *open(): Iterable<Predicted> {
    for (let position = 0; position < this.#predicted.length; position += 1) {
      const predicted = this.#predicted[position];
      if (predicted !== undefined) yield predicted;
    }
  }

  /** To be looked at: what is forgotten or overlaid is that of `open` and of `opened`. */
  get(address: Address): Predicted | undefined {
    const position = this.#positionOf(address);
    if (position === undefined) return undefined;
    const resource = this.resources[position];
    return this.#predicted[position] ?? (resource === undefined ? undefined : predictedOf(resource));
  }

  /** What a resource will be; `undefined` where nothing manages it. */
  fieldsOf(address: Address): FieldValues | undefined {
    const position = this.#positionOf(address);
    return position === undefined ? undefined : this.fieldsAt(position);
  }

  #positionOf(address: Address): number | undefined {
    const kind = parseAddress(address)?.kind;
    if (kind === undefined) return undefined;
    const known = this.#positions.get(kind) ?? positionsOf(this.resources, kind);
    this.#positions.set(kind, known);
    return known.get(addressKey(address));
  }

  /** The same by its place among all. */
  fieldsAt(position: number): FieldValues {
    return this.#predicted[position]?.fields ?? this.resources[position]?.actual?.fields ?? {};
  }

  /** The resource at a place among all, as one that steps may reach. */
  opened(position: number): Predicted | undefined {
    const resource = this.resources[position];
    if (resource === undefined) return undefined;
    const predicted = this.#predicted[position] ?? predictedOf(resource);
    this.#predicted[position] = predicted;
    return predicted;
  }

  /** Mailboxes that refer to a profile when the plan is carried out: those that leave it need nothing of it. */
  *mailboxesOf(profile: Address): Iterable<Predicted> {
    const key = addressKey(profile);
    for (const [position, { kind, fields }] of this.resources.entries()) {
      if (kind !== 'mailbox') continue;
      const ref = fields.get('serverProfile')?.value ?? this.fieldsAt(position).serverProfile;
      if (!isRef(ref) || addressKey(ref.ref) !== key) continue;
      const predicted = this.opened(position);
      if (predicted !== undefined) yield predicted;
    }
  }

  /** Lays planned values over the predicted ones and forgets why they were unknown. */
  overlay(predicted: Predicted, values: FieldValues): void {
    predicted.fields = { ...predicted.fields, ...values };
    for (const field of Object.keys(values)) predicted.causes.delete(field);
  }

  /** Applies what the service makes of a change of `field`. */
  reset(catalogue: Catalogue, predicted: Predicted, field: string, step: string): void {
    const { kind, address } = predicted.resource;
    for (const reset of catalogue.row(kind, field)?.resets ?? []) {
      const cause: Cause = { reason: { kind: 'consequence', of: step, field }, effect: reset.effect };
      const targets = reset.on === 'self' ? [predicted] : this.mailboxesOf(address);
      for (const target of targets) this.forget(target, reset.fields, cause);
    }
  }

  forget(predicted: Predicted, names: readonly string[], cause: Cause): void {
    const { causes } = predicted;
    const unknown: Value = { unknown: cause.reason.of ?? cause.reason.why ?? cause.reason.kind };
    const forgotten = names.filter((name) => (causes.get(name)?.effect ?? 'may-clear') === 'may-clear');
    if (forgotten.length === 0) return;
    const fields: Record<string, Value> = { ...predicted.fields };
    for (const name of forgotten) {
      causes.set(name, cause);
      fields[name] = unknown;
    }
    predicted.fields = fields;
  }
}

function positionsOf(resources: readonly DesiredResource[], kind: Kind): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [position, resource] of resources.entries())
    if (resource.kind === kind) positions.set(addressKey(resource.address), position);
  return positions;
}

function predictedOf(resource: DesiredResource): Predicted {
  const { actual } = resource;
  return { resource, exists: actual !== null, fields: actual?.fields ?? {}, causes: new Map(), steps: [] };
}
