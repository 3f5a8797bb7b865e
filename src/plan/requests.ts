/** Results that may not be trusted although the rows show them: asked to be tested again, or written to since. */

import { TEST_FIELDS, testedDirections } from '../catalogue/mailbox-tests.ts';
import type { Address } from '../model/address.ts';
import type { PlanReason } from '../model/plan.generated.ts';
import { type FieldValues, isRef } from '../model/value.ts';
import type { Folding } from './fold.ts';
import type { Cause, Predicted } from './predicted.ts';

/** `--retest`. */
export function forgetWhatIsRequested({ state, context }: Folding): void {
  const { retest } = context.options;
  if (retest === null) return;
  for (const [position, { kind, address, actual }] of state.resources.entries()) {
    if (kind !== 'mailbox' || actual === null) continue;
    const fields = state.fieldsAt(position);
    const failed = testedDirections(fields).some((direction) => fields[`tests.${direction}`] === 'failure');
    if (!retest({ address, serverProfile: profileOf(fields), failed })) continue;
    forgetTests(state.opened(position), { kind: 'request', why: 'retest' }, 'requested', state);
  }
}

/**
 * A run that was killed between an edit and its test leaves rows that look as if nothing were missing, since the
 * service may keep old results. Its journal tells.
 */
export function forgetWhatIsUntested({ state, context }: Folding): void {
  const { untestedWrite } = context.history;
  if (untestedWrite.size === 0) return;
  for (const [position, { kind, address, actual }] of state.resources.entries()) {
    if (kind !== 'mailbox' || actual === null) continue;
    const fields = state.fieldsAt(position);
    const profile = profileOf(fields);
    const written = latest(
      untestedWrite.get(address),
      profile === null ? undefined : untestedWrite.get(profile),
    );
    const completed = fields['tests.completedOn'];
    if (written === undefined || (typeof completed === 'string' && isLater(completed, written))) continue;
    forgetTests(state.opened(position), { kind: 'consequence', why: 'earlier-run' }, 'invalidates', state);
  }
}

function forgetTests(
  predicted: Predicted | undefined,
  reason: PlanReason,
  effect: Cause['effect'],
  state: Folding['state'],
): void {
  if (predicted !== undefined) state.forget(predicted, TEST_FIELDS, { reason, effect });
}

function profileOf({ serverProfile }: FieldValues): Address | null {
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
