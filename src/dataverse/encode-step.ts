/** Turns the fields of a step into columns of its records. Resolves no secret and sends nothing. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { EncodedCell, FieldRow, RawRecord, RawRow } from '../catalogue/field.ts';
import { kindOf } from '../model/address.ts';
import type { PlanFieldChange, PlanStep } from '../model/plan.generated.ts';

export type Columns = Readonly<Record<string, EncodedCell>>;

interface EncodedStep {
  readonly self: Columns;
  readonly owner: Columns;
}

/** `record`: what is there now, since several fields may share a column. Throws `TypeError` for what no field takes. */
export function encodeStep(catalogue: Catalogue, step: PlanStep, record: RawRecord): EncodedStep {
  checkApproval(step);
  let current = record;
  let encoded: EncodedStep = { self: {}, owner: {} };
  for (const { row, change } of ordered(catalogue, step)) {
    if (row.codec?.encode === undefined) throw new TypeError(`"${row.key}" is not written`);
    const { on, columns } = row.codec.encode(change.to, current);
    encoded = { ...encoded, [on]: { ...encoded[on], ...columns } };
    current = overlay(current, on, columns);
  }
  return encoded;
}

interface Assignment {
  readonly row: FieldRow;
  readonly change: PlanFieldChange;
}

/** What only a creation sets comes first: the columns that it implies are weaker than those of declared fields. */
function ordered(catalogue: Catalogue, step: PlanStep): readonly Assignment[] {
  const kind = kindOf(step.address);
  const assignments = step.set.map((change) => {
    const row = catalogue.row(kind, change.field);
    if (row === undefined) throw new TypeError(`A ${kind} has no field "${change.field}"`);
    return { row, change };
  });
  const first = assignments.filter(({ row }) => row.fixedAfterCreate === true);
  return [...first, ...assignments.filter(({ row }) => row.fixedAfterCreate !== true)];
}

function overlay(record: RawRecord, on: 'self' | 'owner', columns: RawRow): RawRecord {
  if (on === 'self') return { ...record, self: { ...record.self, ...columns } };
  return { ...record, owner: { ...record.owner, ...columns } };
}

/**
 * An approval travels alone: together with other columns of a user the service judges the whole request by who may
 * approve.
 */
function checkApproval({ verb, set }: PlanStep): void {
  const approves = verb === 'approve' || verb === 'reject';
  if (set.every(({ field }) => (field === 'approved') === approves)) return;
  throw new TypeError('An approval is a step of its own');
}
