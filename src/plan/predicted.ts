/**
 * What each managed resource will be after the steps planned so far: actual values overlaid with planned ones, and
 * unknown where the service reacts to a step. Unknown values carry their cause, which becomes the reason of the step
 * that restores them.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Reset } from '../catalogue/field.ts';
import { type Address, addressKey } from '../model/address.ts';
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
  readonly #byAddress = new Map<string, Predicted>();

  constructor(resources: readonly DesiredResource[]) {
    for (const resource of resources) {
      this.#byAddress.set(addressKey(resource.address), {
        resource,
        exists: resource.actual !== null,
        fields: resource.actual?.fields ?? {},
        causes: new Map(),
        steps: [],
      });
    }
  }

  all(): Iterable<Predicted> {
    return this.#byAddress.values();
  }

  get(address: Address): Predicted | undefined {
    return this.#byAddress.get(addressKey(address));
  }

  /** Mailboxes that refer to a profile when the plan is carried out: those that leave it need nothing of it. */
  *mailboxesOf(profile: Address): Iterable<Predicted> {
    const key = addressKey(profile);
    for (const predicted of this.#byAddress.values()) {
      if (predicted.resource.kind !== 'mailbox') continue;
      const ref = predicted.resource.fields.get('serverProfile')?.value ?? predicted.fields.serverProfile;
      if (isRef(ref) && addressKey(ref.ref) === key) yield predicted;
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
      for (const target of targets) for (const name of reset.fields) this.forget(target, name, cause);
    }
  }

  forget(predicted: Predicted, field: string, cause: Cause): void {
    const known = predicted.causes.get(field);
    if (known !== undefined && known.effect !== 'may-clear') return;
    predicted.causes.set(field, cause);
    const unknown: Value = { unknown: cause.reason.of ?? cause.reason.why ?? cause.reason.kind };
    predicted.fields = { ...predicted.fields, [field]: unknown };
  }
}
