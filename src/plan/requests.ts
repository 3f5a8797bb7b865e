/** Results that may not be trusted although the rows show them: asked to be tested again, or written to since. */

import { TEST_FIELDS, testedDirections } from '../catalogue/mailbox-tests.ts';
import type { Address } from '../model/address.ts';
import type { PlanReason } from '../model/plan.generated.ts';
import { isRef } from '../model/value.ts';
import type { Folding } from './fold.ts';
import type { Cause, Predicted } from './predicted.ts';

/** `--retest`. */
export function forgetWhatIsRequested({ state, context }: Folding): void {
  for (const predicted of state.all()) {
    const { resource, fields } = predicted;
    if (resource.kind !== 'mailbox' || resource.actual === null) continue;
    const failed = testedDirections(fields).some((direction) => fields[`tests.${direction}`] === 'failure');
    const serverProfile = profileOf(predicted);
    if (!context.options.retest({ address: resource.address, serverProfile, failed })) continue;
    forgetTests(predicted, { kind: 'request', why: 'retest' }, 'requested', state);
  }
}

/**
 * A run that was killed between an edit and its test leaves rows that look as if nothing were missing, since the
 * service may keep old results. Its journal tells.
 */
export function forgetWhatIsUntested({ state, context }: Folding): void {
  const { untestedWrite } = context.history;
  for (const predicted of state.all()) {
    const { resource, fields } = predicted;
    if (resource.kind !== 'mailbox' || resource.actual === null) continue;
    const profile = profileOf(predicted);
    const written = latest(
      untestedWrite.get(resource.address),
      profile === null ? undefined : untestedWrite.get(profile),
    );
    const completed = fields['tests.completedOn'];
    if (written === undefined || (typeof completed === 'string' && isLater(completed, written))) continue;
    forgetTests(predicted, { kind: 'consequence', why: 'earlier-run' }, 'invalidates', state);
  }
}

function forgetTests(
  predicted: Predicted,
  reason: PlanReason,
  effect: Cause['effect'],
  state: Folding['state'],
): void {
  for (const field of TEST_FIELDS) state.forget(predicted, field, { reason, effect });
}

function profileOf({ fields }: Predicted): Address | null {
  const { serverProfile } = fields;
  return isRef(serverProfile) ? serverProfile.ref : null;
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return isLater(a, b) ? a : b;
}

/** Rows print whole seconds, journals milliseconds: as text they do not compare. */
function isLater(a: string, b: string): boolean {
  return Date.parse(a) > Date.parse(b);
}
