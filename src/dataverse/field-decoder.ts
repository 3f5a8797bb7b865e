/**
 * Decodes the fields of many records of one kind. What is alike in one record and the next is not decoded again, and
 * records that are alike share their fields. Gives what `decodeFields` gives.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Codec, NameRecord, OwnerTable, RawRecord, RawRow } from '../catalogue/field.ts';
import type { Kind } from '../model/address.ts';
import type { FieldValues, Value } from '../model/value.ts';
import { objectSharer } from './shared-values.ts';

/**
 * A field with what it was decoded from last. It is decoded from its columns alone, so that the same cells give the
 * same value: a lookup of few records, an option of few.
 */
interface DecodedField {
  readonly key: string;
  readonly codec: Codec;
  readonly ofSelf: readonly string[];
  readonly cells: unknown[];
  value: Value;
}

export function fieldDecoder(
  catalogue: Catalogue,
  kind: Kind,
  name: NameRecord,
): (record: RawRecord) => FieldValues {
  const fields = decodedFields(catalogue, kind);
  const share = objectSharer<Value>(fields.map(({ key }) => key));
  const values: Value[] = fields.map(() => null);
  return (record) => {
    let place = 0;
    for (const field of fields) {
      values[place++] =
        record.owner === null ? ownValue(field, record, name) : field.codec.decode(record, name);
    }
    return share(values);
  };
}

/** What is remembered is of records without an owner: an owner's columns are no cells of the record. */
function ownValue(field: DecodedField, record: RawRecord, name: NameRecord): Value {
  if (hasChanged(field, record.self)) field.value = field.codec.decode(record, name);
  return field.value;
}

/** Notes the cells, too. */
function hasChanged({ ofSelf, cells }: DecodedField, self: RawRow): boolean {
  let changed = false;
  for (let place = 0; place < ofSelf.length; place += 1) {
    const cell = self[ofSelf[place] ?? ''];
    if (cell === cells[place]) continue;
    cells[place] = cell;
    changed = true;
  }
  return changed;
}

/** No cell holds it: the first record is decoded whole. */
const NOTHING_YET = Symbol('nothing yet');

function decodedFields(catalogue: Catalogue, kind: Kind): readonly DecodedField[] {
  return catalogue.rows(kind).flatMap(({ key, codec }) => {
    if (codec === undefined) return [];
    const { systemuser: _, queue: __, ...own } = codec.columns;
    const ofSelf = Object.values(own).flat();
    return [{ key, codec, ofSelf, cells: ofSelf.map(() => NOTHING_YET), value: null }];
  });
}

/**
 * Of a mailbox whose owner was read later than itself: `fields` were decoded without one. `self` holds the columns
 * that such fields are decoded from (`ownedColumns`), and so does `owner`.
 */
export function ownedFieldDecoder(
  catalogue: Catalogue,
  name: NameRecord,
): (fields: FieldValues, self: RawRow, owner: RawRow, ownerTable: OwnerTable) => FieldValues {
  const owned = catalogue
    .rows('mailbox')
    .flatMap(({ key, codec }) =>
      codec !== undefined && isOfOwner(codec) ? [{ key, decode: codec.decode }] : [],
    );
  return (fields, self, owner, ownerTable) => {
    let known = fields;
    for (const { key, decode } of owned) {
      const value = decode({ self, owner, ownerTable }, name);
      if (value !== known[key]) known = { ...known, [key]: value };
    }
    return known;
  };
}

/** Columns of a table that the fields of a mailbox with an owner are decoded from together. */
export function ownedColumns(catalogue: Catalogue, table: 'mailbox' | OwnerTable): readonly string[] {
  const codecs = catalogue.rows('mailbox').flatMap(({ codec }) => codec ?? []);
  return [...new Set(codecs.filter(isOfOwner).flatMap(({ columns }) => columns[table] ?? []))];
}

function isOfOwner({ columns }: Codec): boolean {
  return columns.systemuser !== undefined || columns.queue !== undefined;
}
