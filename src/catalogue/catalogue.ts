/** All rows, and the questions that the other stages ask of them. */

import type { Kind } from '../model/address.ts';
import type { FieldValues, Value } from '../model/value.ts';
import type { FieldRow, NameRecord, RawRecord, Table } from './field.ts';
import { MAILBOX_ROWS } from './mailbox.ts';
import { MAILBOX_OBSERVED_ROWS } from './mailbox-tests.ts';
import { PROFILE_ROWS } from './profile.ts';
import { SETTINGS_ROWS } from './settings.ts';

export const ROWS: readonly FieldRow[] = [
  ...PROFILE_ROWS,
  ...SETTINGS_ROWS,
  ...MAILBOX_ROWS,
  ...MAILBOX_OBSERVED_ROWS,
];

/** The catalogue as the stages see it; tests hand in one with a row changed. */
export interface Catalogue {
  readonly rows: (kind: Kind) => readonly FieldRow[];
  readonly row: (kind: Kind, key: string) => FieldRow | undefined;
}

export function makeCatalogue(rows: readonly FieldRow[]): Catalogue {
  const byKind: Record<Kind, readonly FieldRow[]> = {
    profile: rows.filter(({ kind }) => kind === 'profile'),
    settings: rows.filter(({ kind }) => kind === 'settings'),
    mailbox: rows.filter(({ kind }) => kind === 'mailbox'),
  };
  const byKey: Record<Kind, ReadonlyMap<string, FieldRow>> = {
    profile: new Map(byKind.profile.map((row) => [row.key, row])),
    settings: new Map(byKind.settings.map((row) => [row.key, row])),
    mailbox: new Map(byKind.mailbox.map((row) => [row.key, row])),
  };
  if (byKey.profile.size + byKey.settings.size + byKey.mailbox.size !== rows.length)
    throw new TypeError('Two rows of the catalogue have the same kind and key');
  return { rows: (kind) => byKind[kind], row: (kind, key) => byKey[kind].get(key) };
}

export const CATALOGUE: Catalogue = makeCatalogue(ROWS);

/** Properties to `$select` of a table, sorted, without those that the environment does not have. */
export function selectedColumns(
  catalogue: Catalogue,
  table: Table,
  absent: ReadonlySet<string>,
): readonly string[] {
  const columns = new Set<string>();
  for (const kind of ['profile', 'settings', 'mailbox'] as const) {
    for (const { codec } of catalogue.rows(kind)) {
      for (const column of codec?.columns[table] ?? []) if (!absent.has(column)) columns.add(column);
    }
  }
  return [...columns].sort();
}

/** Every field of one resource that has a codec. */
export function decodeFields(
  catalogue: Catalogue,
  kind: Kind,
  record: RawRecord,
  name: NameRecord,
): FieldValues {
  const fields: Record<string, FieldValues[string]> = {};
  for (const { key, codec } of catalogue.rows(kind)) {
    if (codec !== undefined) fields[key] = codec.decode(record, name);
  }
  return fields;
}

/**
 * What has to be true of a resource for its declared fields to be met, given what it is. `which` narrows the fields;
 * all when absent. What is written nowhere demands nothing of the resource: it only says how to manage it.
 */
export function demandedFields(
  catalogue: Catalogue,
  kind: Kind,
  declared: ReadonlyMap<string, { readonly value: Value }>,
  state: FieldValues,
  which: (row: FieldRow, value: Value) => boolean = () => true,
): FieldValues {
  const demanded: Record<string, Value> = {};
  for (const row of catalogue.rows(kind)) {
    const want = declared.get(row.key)?.value;
    if (want === undefined || row.codec === undefined || !which(row, want)) continue;
    Object.assign(demanded, row.demands?.(want, state) ?? { [row.key]: want });
  }
  return demanded;
}

/** The same of the end: what a test has to show depends on what the other fields are then, not on what they are now. */
export function demandedInTheEnd(
  catalogue: Catalogue,
  kind: Kind,
  declared: ReadonlyMap<string, { readonly value: Value }>,
  state: FieldValues,
): FieldValues {
  const written = demandedFields(catalogue, kind, declared, state, ({ verb }) => verb !== 'test');
  const end = { ...state, ...written };
  return { ...written, ...demandedFields(catalogue, kind, declared, end, ({ verb }) => verb === 'test') };
}
