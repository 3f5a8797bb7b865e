/**
 * What the last test of a mailbox still says. Computed from the row's own times, never from its modified date, which
 * the service's engine moves all the time.
 */

import { testedDirections } from '../catalogue/mailbox-tests.ts';
import { DIRECTIONS } from '../catalogue/methods.ts';
import type { FieldValues } from '../model/value.ts';
import type { Predicted } from './predicted.ts';

/** An approval that came this much later than a failed test is a new fact worth a test. */
const APPROVAL_GRACE_MS = 10 * 60_000;

/** What the row says of its tests, by the methods that it will have. */
export function resultsSeen({ resource, fields }: Predicted): FieldValues {
  const methods = DIRECTIONS.map((direction) => [direction, fields[direction] ?? null] as const);
  return { ...resource.actual?.fields, ...Object.fromEntries(methods) };
}

/** The address was approved after the last test, and nothing of that test was a success. */
export function isApprovedSince(predicted: Predicted): boolean {
  const { fields } = predicted;
  const completed = fields['tests.completedOn'];
  const approved = fields['approval.on'];
  if (typeof completed !== 'string' || typeof approved !== 'string') return false;
  return age(completed, approved) > APPROVAL_GRACE_MS && !hadSuccess(predicted);
}

/** Until when a mailbox that failed is left alone; `null`: it may be tested. */
export function retestAt({ fields }: Predicted, retestAfterMs: number, asOf: string): string | null {
  const completed = fields['tests.completedOn'];
  const failed = testedDirections(fields).some((direction) => fields[`tests.${direction}`] === 'failure');
  if (typeof completed !== 'string' || !failed) return null;
  const until = Date.parse(completed) + retestAfterMs;
  return until > Date.parse(asOf) ? new Date(until).toISOString() : null;
}

export function hadSuccess({ fields }: Predicted): boolean {
  return testedDirections(fields).some((direction) => fields[`tests.${direction}`] === 'success');
}

/** Milliseconds from one service time to another. */
export function age(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
