/**
 * Health: what Test & Enable has left on a mailbox that is to be tested and enabled. A finding says the worst that is
 * known: a test that does not end, a mailbox that another environment took, a failure, a direction that is off, and
 * only then that a known reason holds the test back.
 */

import type { FieldChange } from '../model/change.ts';
import type { DesiredResource, Unreached } from '../model/desired.ts';
import type { DriftFinding } from '../model/drift.generated.ts';
import type { PlanHeldBack } from '../model/plan.generated.ts';
import type { Alert, Observed } from '../model/snapshot.ts';
import type { FieldValues } from '../model/value.ts';
import { type Classified, EMPTY, isHealth, told } from './finding.ts';
import { heldText } from './held.ts';

export interface HealthFacts {
  readonly asOf: string;
  /** How long a test that was requested is awaited. */
  readonly timeoutMs: number;
  readonly stolen: (fields: FieldValues) => boolean;
  readonly explain: (alert: Alert) => string | null;
  /** A tenant administrator has to approve addresses of this mailbox's profile. */
  readonly approvedByTenant: (fields: FieldValues) => boolean;
}

const NO_END =
  'The test does not end: background operations of the environment may be off, or administration mode on.';
const STOLEN =
  'Every test was a success and every direction is off: another environment has taken the Exchange mailbox over. It is not tested again by itself; --retest takes it back.';
const NOT_BY_TENANT =
  'A tenant administrator has not approved the e-mail address, which Exchange Online asks for besides.';

/** A direction that is to be turned on is not tested yet, and one that failed is also disabled: one finding, not two. */
export function isToldByAnother({ field }: FieldChange, changes: readonly FieldChange[]): boolean {
  if (!isHealth(field)) return false;
  const direction = field.slice(field.indexOf('.') + 1);
  const tellers = field.startsWith('enabled.') ? [direction, `tests.${direction}`] : [direction];
  return changes.some((other) => tellers.includes(other.field));
}

export function classifyHealth(
  { field, from }: FieldChange,
  { fields, alerts }: Observed,
  held: PlanHeldBack | null,
  facts: HealthFacts,
): Classified {
  const completed = fields['tests.completedOn'];
  const health = {
    class: 'health',
    severity: 'high',
    since: typeof completed === 'string' ? completed : null,
    by: null,
  } as const;
  const why = held === null ? null : heldText(held);
  if (held?.reason === 'stuck' || isStuck(fields, facts))
    return { ...health, subclass: 'stuck', since: requestedOn(fields), message: NO_END };
  if (facts.stolen(fields)) return { ...health, subclass: 'stolen', message: STOLEN };
  if (from === 'failure') {
    const message = told(newestAlert(alerts, facts), tenantGap(fields, facts), why);
    return { ...health, subclass: 'failed', message };
  }
  if (fields['tests.scheduled'] === true)
    return { ...health, subclass: null, severity: 'medium', message: 'A test is under way.' };
  if (field.startsWith('enabled.')) return { ...health, subclass: 'disabled', message: why };
  return held === null
    ? { ...health, subclass: null, message: null }
    : { ...health, subclass: 'held', severity: 'medium', message: why };
}

function isStuck(fields: FieldValues, { asOf, timeoutMs }: HealthFacts): boolean {
  const requested = requestedOn(fields);
  if (fields['tests.scheduled'] !== true || requested === null) return false;
  return Date.parse(asOf) - Date.parse(requested) > timeoutMs;
}

function requestedOn(fields: FieldValues): string | null {
  const requested = fields['tests.requestedOn'];
  return typeof requested === 'string' ? requested : null;
}

const LEVELS: readonly Alert['level'][] = ['error', 'warning', 'information'];

/** The worst of the newest: one problem gives alerts of several levels. */
function newestAlert(alerts: readonly Alert[], { explain }: HealthFacts): string | null {
  const [worst] = alerts.toSorted(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || Date.parse(b.time) - Date.parse(a.time),
  );
  if (worst === undefined) return null;
  const code = worst.code === null ? '' : `${worst.code}: `;
  return `${code}${explain(worst) ?? worst.text}`;
}

function tenantGap(fields: FieldValues, { approvedByTenant }: HealthFacts): string | null {
  return fields['approval.byTenant'] === false && approvedByTenant(fields) ? NOT_BY_TENANT : null;
}

/** A mailbox that is to be tested, is deactivated, and is not declared so: it is not processed at all. */
export function deactivated({ fields, actual, address }: DesiredResource): DriftFinding | null {
  const wanted = fields.get('testAndEnable');
  if (actual === null || wanted?.value !== true || fields.has('state')) return null;
  if (actual.fields.state !== 'inactive') return null;
  return deactivatedFinding(
    address,
    wanted.source,
    'It is to be tested and enabled, but somebody has deactivated it: it is not processed at all. Declare its state, or activate it.',
  );
}

export function unreachedFinding({ address, source }: Unreached): DriftFinding {
  return deactivatedFinding(
    address,
    source,
    'It is deactivated, so it is not processed at all, and rules reach active mailboxes alone. Declare it singly, or activate it.',
  );
}

function deactivatedFinding(address: string, source: DriftFinding['source'], message: string): DriftFinding {
  return {
    ...EMPTY,
    class: 'health',
    subclass: 'disabled',
    severity: 'medium',
    address,
    field: 'state',
    desired: 'active',
    actual: 'inactive',
    source,
    message,
  };
}
