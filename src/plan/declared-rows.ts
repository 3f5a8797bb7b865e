/**
 * What the declared fields of a resource come to, row by row. Found once for all resources that share their fields,
 * which all mailboxes of the same rules do.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { FieldRow } from '../catalogue/field.ts';
import type { DesiredResource } from '../model/desired.ts';
import { equal, type FieldValues, isSecret, type Value } from '../model/value.ts';
import { wantsTests } from './tests-wanted.ts';

/** A row that is declared and that a step can write. */
export interface DeclaredRow {
  readonly row: FieldRow;
  readonly want: Value;
}

export type RowsOf = (resource: DesiredResource) => readonly DeclaredRow[];

export function declaredRows(catalogue: Catalogue): RowsOf {
  const known = new Map<DesiredResource['fields'], readonly DeclaredRow[]>();
  return ({ kind, fields }) => {
    const rows = known.get(fields) ?? rowsOf(catalogue.rows(kind), fields);
    known.set(fields, rows);
    return rows;
  };
}

function rowsOf(rows: readonly FieldRow[], fields: DesiredResource['fields']): readonly DeclaredRow[] {
  const declared: DeclaredRow[] = [];
  for (const row of rows) {
    const want = fields.get(row.key)?.value;
    if (want !== undefined && row.codec !== undefined && row.verb !== undefined) declared.push({ row, want });
  }
  return declared;
}

/**
 * Whether no stage would find anything to do for the resource as it is, which holds for most of a large environment.
 * May say "no" of one that needs nothing.
 */
export function isSettled(resource: DesiredResource, rows: readonly DeclaredRow[]): boolean {
  const { actual, absent } = resource;
  if (actual === null || absent) return false;
  const { fields } = actual;
  for (const { row, want } of rows) {
    // Whether a secret is written again is not seen by comparing.
    if (row.secretOf !== undefined && isSecret(want)) return false;
    if (isMet(row, want, fields)) continue;
    if (row.verb !== 'test' || wantsTests({ resource, fields })) return false;
  }
  return true;
}

function isMet(row: FieldRow, want: Value, state: FieldValues): boolean {
  const demands = row.demands?.(want, state);
  if (demands === undefined) return equal(want, state[row.key] ?? null);
  for (const key in demands) if (!equal(demands[key], state[key] ?? null)) return false;
  return true;
}
