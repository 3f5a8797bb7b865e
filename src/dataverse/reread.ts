/**
 * Reads named records again, many with one request, and decodes them as a whole read does. Who writes can have the
 * same lookups answered behind its writes: `lookupsFor`, then `rowsFound`, then `readingsFrom`.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RawRecord, RawRow, Table } from '../catalogue/field.ts';
import { kindOf } from '../model/address.ts';
import type { Records } from '../model/ports.ts';
import type { Reading, RecordRef } from '../model/snapshot.ts';
import { textIn } from './caller.ts';
import { fieldDecoder } from './field-decoder.ts';
import { isEnabled } from './mailbox-owners.ts';
import { orFilters } from './or-filters.ts';
import type { ProfileIndex } from './profile-index.ts';
import { makeProof } from './proof.ts';
import type { Json } from './service-answer.ts';
import { type AbsentColumns, isTable, KEY_COLUMNS, recordsPath } from './tables.ts';
import { type ReadTransport, rowsOf } from './transport.ts';

/** What decoding needs besides the rows themselves; kept from one read to the next. */
export interface Background {
  readonly profiles: ProfileIndex;
  readonly absent: AbsentColumns;
}

/** A list of records by their ids: at most one page. */
export interface Lookup {
  readonly table: Table;
  readonly path: string;
}

/** Rows by table and id; what is not there is missing. */
export type FoundRows = ReadonlyMap<string, RawRow>;

interface Found {
  readonly rows: FoundRows;
  /** Service time of the earliest answer. */
  readonly at: string | null;
}

/** One request polls so many records; more are asked for side by side. */
const LOOKUPS_PER_BATCH = 10;
/** Requests side by side. */
const LANES = 8;

/** The lists that hold all of these records, to be asked for in one `$batch` or one by one. */
export function lookupsFor(catalogue: Catalogue, absent: AbsentColumns, records: Records): readonly Lookup[] {
  const byTable = new Map<Table, Set<string>>();
  for (const { table, id } of Object.values(records).flat()) {
    if (!isTable(table)) throw new TypeError(`"${table}" is no table that is read`);
    const ids = byTable.get(table) ?? new Set();
    byTable.set(table, ids.add(id.toLowerCase()));
  }
  return [...byTable].flatMap(([table, ids]) =>
    orFilters([...ids].map((id) => `${KEY_COLUMNS[table]} eq ${id}`)).map((filter) => ({
      table,
      path: recordsPath(catalogue, table, absent, filter),
    })),
  );
}

/** The rows of answers that belong to the lookups by their place. Throws `ServiceError` where one is no list. */
export function rowsFound(lookups: readonly Lookup[], answers: readonly Json[]): FoundRows {
  const rows = new Map<string, RawRow>();
  for (const [place, { table }] of lookups.entries()) {
    const answer = answers[place];
    if (answer === undefined) continue;
    for (const row of rowsOf(answer)) {
      rows.set(rowKey({ table, id: textIn(row, KEY_COLUMNS[table]) ?? '' }), row);
    }
  }
  return rows;
}

/** One reading for each address; `exists: false` where one of its records is gone. `at`: service time. */
export function readingsFrom(
  catalogue: Catalogue,
  background: Background,
  records: Records,
  rows: FoundRows,
  at: string,
): ReadonlyMap<string, Reading> {
  const { profiles } = background;
  const decoders = new Map<string, ReturnType<typeof fieldDecoder>>();
  const decoderOf = (kind: ReturnType<typeof kindOf>): ReturnType<typeof fieldDecoder> => {
    const decode = decoders.get(kind) ?? fieldDecoder(catalogue, kind, profiles.nameRecord);
    decoders.set(kind, decode);
    return decode;
  };
  return new Map(
    Object.entries(records).map(([address, refs]): [string, Reading] => {
      const record = recordOf(refs, rows);
      const proof = makeProof({ record, ...background });
      if (record === null)
        return [address, { address, exists: false, fields: {}, ownerEnabled: true, at, proof }];
      const fields = decoderOf(kindOf(address))(record);
      return [address, { address, exists: true, fields, ownerEnabled: isOwnerEnabled(record), at, proof }];
    }),
  );
}

function isOwnerEnabled({ owner, ownerTable }: RawRecord): boolean {
  return owner === null || ownerTable === null || isEnabled(ownerTable, owner);
}

/** With as few requests as may be, for those who look now and then. */
export async function findTogether(transport: ReadTransport, lookups: readonly Lookup[]): Promise<Found> {
  const groups = chunks(lookups, LOOKUPS_PER_BATCH);
  return findEach(groups, (group) =>
    group.length === 1 ? getOne(transport, group) : getGroup(transport, group),
  );
}

/** Each by itself, for those who wait: parts of a batch are answered one after the other. */
export async function findInParallel(transport: ReadTransport, lookups: readonly Lookup[]): Promise<Found> {
  return findEach(chunks(lookups, 1), (group) => getOne(transport, group));
}

async function findEach(
  groups: readonly (readonly Lookup[])[],
  find: (group: readonly Lookup[]) => Promise<Found>,
): Promise<Found> {
  const found: Found[] = [];
  for (const round of chunks(groups, LANES)) found.push(...(await Promise.all(round.map(find))));
  const times = found.map(({ at }) => at).filter((at) => at !== null);
  return { rows: new Map(found.flatMap(({ rows }) => [...rows])), at: times.sort()[0] ?? null };
}

async function getOne(transport: ReadTransport, lookups: readonly Lookup[]): Promise<Found> {
  const [only] = lookups;
  if (only === undefined) return { rows: new Map(), at: null };
  const { body, at } = await transport.get(only.path);
  return { rows: rowsFound(lookups, [body]), at };
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

/** `null` when one of the records is gone. */
function recordOf(refs: readonly RecordRef[], rows: FoundRows): RawRecord | null {
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

async function getGroup(transport: ReadTransport, lookups: readonly Lookup[]): Promise<Found> {
  const { parts, at } = await transport.batchGet(lookups.map(({ path }) => path));
  const answers = parts.map((part) => {
    if (!part.ok) throw part.error;
    return part.body;
  });
  return { rows: rowsFound(lookups, answers), at };
}

function rowKey({ table, id }: { readonly table: string; readonly id: string }): string {
  return `${table} ${id.toLowerCase()}`;
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const groups: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups;
}
