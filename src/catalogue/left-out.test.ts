/** Every writable column is a field, or is left out with a reason: never both, never neither. */

import { describe, expect, it } from 'vitest';
import { createTables } from '../emulator/tables/tables.ts';
import { CATALOGUE, ROWS, selectedColumns } from './catalogue.ts';
import type { Table } from './field.ts';
import { LEFT_OUT, type LeftOut, PAGE_SWITCHES_LEFT_OUT, WRITTEN_ALONG } from './left-out.ts';

const TABLES = createTables('newest');
const named = (entries: readonly LeftOut[], table: Table): readonly string[] =>
  entries.filter((entry) => entry.table === table).flatMap(({ columns }) => columns);

/** Columns that a row reads: lookups by their own name. */
function readColumns(table: Table): ReadonlySet<string> {
  const selected = selectedColumns(CATALOGUE, table, new Set());
  return new Set(selected.map((column) => column.replace(/^_(.*)_value$/u, '$1')));
}

/** Columns that rows write but cannot read: secrets. */
function secretColumns(table: Table): readonly string[] {
  return ROWS.filter(({ secretOf }) => secretOf !== undefined).flatMap(({ codec }) => {
    const encoded = codec?.encode?.({ secret: 'env:A' }, { self: {}, owner: null, ownerTable: null });
    return codec?.columns[table] === undefined ? [] : Object.keys(encoded?.columns ?? {});
  });
}

function writableColumns(table: Table): readonly string[] {
  const columns = [...(TABLES.get(table)?.columns.values() ?? [])];
  return columns.filter(({ creatable, updatable }) => creatable || updatable).map(({ name }) => name);
}

describe.each(['emailserverprofile', 'organization', 'mailbox'] as const)('%s', (table) => {
  const fields = new Set([...readColumns(table), ...secretColumns(table)]);
  const leftOut = [...named(LEFT_OUT, table), ...named(WRITTEN_ALONG, table)];

  it('has every writable column in a row or left out', () => {
    const neither = writableColumns(table).filter((name) => !fields.has(name) && !leftOut.includes(name));
    expect(neither).toEqual([]);
  });

  it('has no column in both, and none twice', () => {
    expect(leftOut.filter((name) => fields.has(name))).toEqual([]);
    expect(leftOut.filter((name, index) => leftOut.indexOf(name) !== index)).toEqual([]);
  });

  it('leaves nothing out that does not exist', () => {
    expect(leftOut.filter((name) => !writableColumns(table).includes(name))).toEqual([]);
  });

  it('reads and writes no column that does not exist', () => {
    const known = new Set(TABLES.get(table)?.columns.keys());
    expect([...fields].filter((name) => !known.has(name))).toEqual([]);
  });
});

it('every reason is a sentence', () => {
  const reasons = [...LEFT_OUT, ...WRITTEN_ALONG, ...PAGE_SWITCHES_LEFT_OUT].map(({ reason }) => reason);
  expect(reasons.filter((reason) => !/^[A-Z].{15,}\.$/u.test(reason))).toEqual([]);
});

it.each([
  ['profile', 'state', 'active', ['statecode', 'statuscode']],
  ['mailbox', 'state', 'active', ['statecode', 'statuscode']],
  ['profile', 'oauth.tenantId', 'a', ['exchangeonlinetenantid', 'usedefaulttenantid']],
] as const)('%s %s writes a column along', (kind, key, value, columns) => {
  const encode = CATALOGUE.row(kind, key)?.codec?.encode;
  const encoded = encode?.(value, { self: {}, owner: null, ownerTable: null });
  expect(Object.keys(encoded?.columns ?? {})).toEqual(columns);
});
