/** Reads named records again, many with one request, and decodes them as a whole read does. */

import { type Catalogue, decodeFields } from '../catalogue/catalogue.ts';
import type { RawRecord, RawRow, Table } from '../catalogue/field.ts';
import { type Address, kindOf } from '../model/address.ts';
import type { Records } from '../model/ports.ts';
import type { Reading, RecordRef } from '../model/snapshot.ts';
import { textIn } from './caller.ts';
import type { ProfileIndex } from './profile-index.ts';
import { makeProof } from './proof.ts';
import { type AbsentColumns, isTable, KEY_COLUMNS, rowsPath } from './tables.ts';
import type { ReadTransport } from './transport.ts';

/** Ids in one filter: far below the longest URL, and few enough for any server to plan well. */
const IDS_PER_FILTER = 50;
/** Microsoft Learn, "Service protection API limits", advises small batches. */
const LOOKUPS_PER_BATCH = 10;
const LANES = 4;

interface FoundRows {
  readonly rows: ReadonlyMap<string, RawRow>;
  /** Service time of the earliest answer. */
  readonly at: string | null;
}

interface Lookup {
  readonly table: Table;
  readonly path: string;
}

/** Rows of all records by table and id; what is not there is missing. */
export async function findRows(
  transport: ReadTransport,
  catalogue: Catalogue,
  absent: AbsentColumns,
  records: Records,
): Promise<FoundRows> {
  const lookups = lookupsOf(catalogue, absent, Object.values(records).flat());
  const [only] = lookups;
  if (only === undefined) return { rows: new Map(), at: null };
  if (lookups.length === 1) return getOne(transport, only);
  const found: FoundRows[] = [];
  const lanes = Math.min(LANES, transport.parallelism() ?? LANES);
  for (const round of chunks(chunks(lookups, LOOKUPS_PER_BATCH), lanes)) {
    found.push(...(await Promise.all(round.map((group) => getGroup(transport, group)))));
  }
  const times = found.map(({ at }) => at).filter((at) => at !== null);
  return { rows: new Map(found.flatMap(({ rows }) => [...rows])), at: times.sort()[0] ?? null };
}

/** Ids of profiles that rows refer to and that the index does not know, as after a creation. */
export function unknownProfiles(rows: Iterable<RawRow>, index: ProfileIndex): readonly string[] {
  const unknown = new Set<string>();
  for (const row of rows) {
    for (const column of ['_emailserverprofile_value', '_defaultemailserverprofileid_value']) {
      const id = textIn(row, column);
      if (id !== null && index.nameRecord('emailserverprofile', id) === null) unknown.add(id);
    }
  }
  return [...unknown];
}

export function readingOf(
  catalogue: Catalogue,
  index: ProfileIndex,
  address: Address,
  refs: readonly RecordRef[],
  { rows }: FoundRows,
  at: string,
): Reading {
  const record = recordOf(refs, rows);
  const proof = makeProof({ record, profiles: index });
  if (record === null) return { address, exists: false, fields: {}, at, proof };
  const fields = decodeFields(catalogue, kindOf(address), record, index.nameRecord);
  return { address, exists: true, fields, at, proof };
}

/** `null` when one of the records is gone. */
function recordOf(refs: readonly RecordRef[], rows: ReadonlyMap<string, RawRow>): RawRecord | null {
  const selfRef = refs.find(({ role }) => role === 'self');
  const ownerRef = refs.find(({ role }) => role === 'owner');
  const self = selfRef === undefined ? undefined : rows.get(rowKey(selfRef));
  if (self === undefined) return null;
  if (ownerRef === undefined) return { self, owner: null, ownerTable: null };
  const owner = rows.get(rowKey(ownerRef));
  const { table } = ownerRef;
  if (owner === undefined || (table !== 'systemuser' && table !== 'queue')) return null;
  return { self, owner, ownerTable: table };
}

function lookupsOf(
  catalogue: Catalogue,
  absent: AbsentColumns,
  refs: readonly RecordRef[],
): readonly Lookup[] {
  const byTable = new Map<Table, Set<string>>();
  for (const { table, id } of refs) {
    if (!isTable(table)) throw new TypeError(`"${table}" is no table that is read`);
    byTable.set(table, (byTable.get(table) ?? new Set()).add(id.toLowerCase()));
  }
  return [...byTable].flatMap(([table, ids]) =>
    chunks([...ids], IDS_PER_FILTER).map((group) => {
      const filter = group.map((id) => `${KEY_COLUMNS[table]} eq ${id}`).join(' or ');
      return { table, path: rowsPath(catalogue, table, absent, filter) };
    }),
  );
}

async function getOne(transport: ReadTransport, { table, path }: Lookup): Promise<FoundRows> {
  const { body, at } = await transport.get(path);
  return { rows: new Map(keyed(table, await transport.allRowsOf(body))), at };
}

async function getGroup(transport: ReadTransport, lookups: readonly Lookup[]): Promise<FoundRows> {
  const { parts, at } = await transport.batchGet(lookups.map(({ path }) => path));
  const rows = new Map<string, RawRow>();
  for (const [index, { table }] of lookups.entries()) {
    const part = parts[index];
    if (part === undefined) continue;
    if (!part.ok) throw part.error;
    for (const [key, row] of keyed(table, await transport.allRowsOf(part.body))) rows.set(key, row);
  }
  return { rows, at };
}

function keyed(table: Table, rows: readonly RawRow[]): readonly (readonly [string, RawRow])[] {
  return rows.map((row) => [rowKey({ table, id: textIn(row, KEY_COLUMNS[table]) ?? '' }), row] as const);
}

function rowKey({ table, id }: { readonly table: string; readonly id: string }): string {
  return `${table} ${id.toLowerCase()}`;
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const groups: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups;
}
