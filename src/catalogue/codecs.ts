/** Codecs for the usual kinds of column. None of them throws: what cannot be understood is an unknown value. */

import type { Address } from '../model/address.ts';
import { isRef, isSecret, type Value } from '../model/value.ts';
import type { Codec, Encoded, EncodedCell, RawRecord, Table } from './field.ts';

/** Text; an empty column is `null`. */
export function textColumn(table: Table, column: string): Codec {
  return {
    columns: { [table]: [column] },
    decode: ({ self }) => textOf(self[column]),
    encode: (value) => onSelf({ [column]: scalarOf(value, column) }),
  };
}

export function booleanColumn(table: Table, column: string): Codec {
  return {
    columns: { [table]: [column] },
    decode: ({ self }) => {
      const cell = self[column] ?? null;
      return cell === null || typeof cell === 'boolean' ? cell : unknownCell(cell);
    },
    encode: (value) => onSelf({ [column]: scalarOf(value, column) }),
  };
}

export function numberColumn(table: Table, column: string): Codec {
  return {
    columns: { [table]: [column] },
    decode: ({ self }) => {
      const cell = self[column] ?? null;
      return cell === null || typeof cell === 'number' ? cell : unknownCell(cell);
    },
    encode: (value) => onSelf({ [column]: scalarOf(value, column) }),
  };
}

/** A choice: names by option number. An option that is not listed decodes as unknown. */
export function choiceColumn(table: Table, column: string, names: ChoiceNames): Codec {
  return {
    columns: { [table]: [column] },
    decode: ({ self }) => decodeChoice(self[column], names),
    encode: (value) => onSelf({ [column]: encodeChoice(value, names, column) }),
  };
}

/** Option numbers by the name that YAML uses. */
export type ChoiceNames = Readonly<Record<string, number>>;

export function decodeChoice(cell: unknown, names: ChoiceNames): Value {
  if (cell === null || cell === undefined) return null;
  return namesByOption(names).get(cell) ?? unknownCell(cell);
}

const BY_OPTION = new WeakMap<ChoiceNames, ReadonlyMap<unknown, string>>();

/** Every row of a long list is decoded with it. */
function namesByOption(names: ChoiceNames): ReadonlyMap<unknown, string> {
  const known = BY_OPTION.get(names);
  if (known !== undefined) return known;
  const made = new Map(Object.entries(names).map(([name, option]) => [option, name]));
  BY_OPTION.set(names, made);
  return made;
}

export function encodeChoice(value: Value, names: ChoiceNames, column: string): number {
  const option = typeof value === 'string' ? names[value] : undefined;
  if (option === undefined) throw new TypeError(`${column} takes no ${JSON.stringify(value)}`);
  return option;
}

/** A lookup, whose value is the address of the resource that it points to. */
export function lookupColumn(table: Table, column: string, target: Table): Codec {
  const property = `_${column}_value`;
  return {
    columns: { [table]: [property] },
    decode: ({ self }, name) => {
      const id = self[property];
      if (typeof id !== 'string') return null;
      const address = name(target, id);
      return address === null ? { unknown: `record ${id}` } : { ref: address };
    },
    encode: (value) => onSelf({ [column]: { ref: refOf(value, column), table: target } }),
  };
}

const SET = { is_set: true } as const;
const NOT_SET = { is_set: false } as const;

/** A write-only column, of which the service only says whether it is set. */
export function secretColumn(table: Table, column: string, isSetColumn: string): Codec {
  return {
    columns: { [table]: [isSetColumn] },
    decode: ({ self }) => (self[isSetColumn] === true ? SET : NOT_SET),
    encode: (value) => {
      if (!isSecret(value)) throw new TypeError(`${column} takes a reference to a secret only`);
      return onSelf({ [column]: value });
    },
  };
}

/** A date; the service stores "never" as 1900-01-01, not as null (recorded mailbox rows). */
export function dateOf(cell: unknown): string | null {
  if (typeof cell !== 'string' || cell.startsWith('1900-01-01')) return null;
  return cell;
}

/** A point in time, in one form whatever the zone it was written in: equal instants are equal text. */
export function dateColumn(table: Table, column: string): Codec {
  return {
    columns: { [table]: [column] },
    decode: ({ self }) => {
      const date = textOf(dateOf(self[column]));
      return typeof date === 'string' ? instantOf(date) : date;
    },
    encode: (value) => onSelf({ [column]: scalarOf(value, column) }),
  };
}

/** As the service prints a point in time; days that not every month has are left to the calendar. */
const SERVICE_TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/u;

/** UTC to the second, as the service prints it. Text that is no date stays as it is. */
export function instantOf(text: string): string {
  if (SERVICE_TIME.test(text)) return text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Kilobytes of a column that counts bytes. */
export function kilobytesColumn(table: Table, column: string): Codec {
  const { columns, decode } = numberColumn(table, column);
  return {
    columns,
    decode: (record, name) => {
      const bytes = decode(record, name);
      return typeof bytes === 'number' ? bytes / 1024 : bytes;
    },
    encode: (value) => {
      if (typeof value !== 'number') throw new TypeError(`${column} takes no ${JSON.stringify(value)}`);
      return onSelf({ [column]: value * 1024 });
    },
  };
}

/** A switch whose column says the opposite of what the admin center asks. */
export function invertedColumn(table: Table, column: string): Codec {
  const { columns, decode } = booleanColumn(table, column);
  return {
    columns,
    decode: (record, name) => {
      const cell = decode(record, name);
      return typeof cell === 'boolean' ? !cell : cell;
    },
    encode: (value) => {
      if (typeof value !== 'boolean') throw new TypeError(`${column} takes no ${JSON.stringify(value)}`);
      return onSelf({ [column]: !value });
    },
  };
}

export function textOf(cell: unknown): Value {
  if (cell === null || cell === undefined || cell === '') return null;
  return typeof cell === 'string' ? cell : unknownCell(cell);
}

/** The column of the user or queue that a mailbox belongs to; a forward mailbox has none and uses its own. */
export function ownerOrSelf(
  record: RawRecord,
  own: string,
  byTable: { readonly systemuser: string; readonly queue: string },
): { readonly on: 'self' | 'owner'; readonly column: string } {
  if (record.ownerTable === null) return { on: 'self', column: own };
  return { on: 'owner', column: byTable[record.ownerTable] };
}

export function scalarOf(value: Value, column: string): EncodedCell {
  if (value === null || typeof value !== 'object') return value;
  throw new TypeError(`${column} takes a plain value, not ${JSON.stringify(value)}`);
}

export function onSelf(columns: Encoded['columns']): Encoded {
  return { on: 'self', columns };
}

function refOf(value: Value, column: string): Address {
  if (isRef(value)) return value.ref;
  throw new TypeError(`${column} takes a reference, not ${JSON.stringify(value)}`);
}

export function unknownCell(cell: unknown): Value {
  // Text of an object can run its own "toString": JSON cannot fail here.
  return { unknown: `option ${typeof cell === 'object' ? JSON.stringify(cell) : String(cell)}` };
}
