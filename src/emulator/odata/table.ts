/**
 * What a query needs to know of a table, and how the store keeps rows. Supplied by whoever owns the store;
 * nothing here knows HTTP or any particular table.
 */

export type ColumnType =
  | 'Boolean'
  | 'Integer'
  | 'BigInt'
  | 'Picklist'
  | 'State'
  | 'Status'
  | 'String'
  | 'Memo'
  | 'EntityName'
  | 'DateTime'
  | 'Uniqueidentifier'
  | 'Lookup'
  | 'Owner'
  | 'Double'
  | 'Decimal';

export interface Navigation {
  readonly property: string;
  readonly target: string;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly readable: boolean;
  /** Labels of a choice; a Boolean column may carry labels for 0 and 1. */
  readonly options?: ReadonlyMap<number, string>;
  /** The single-valued navigation properties of a lookup, one for each target table. */
  readonly navigation?: readonly Navigation[];
}

export interface Collection {
  readonly target: string;
  /** Absent: the collection is many-to-many, and $expand is limited accordingly. */
  readonly oneToMany?: boolean;
  /** One-to-many: the lookup of the target's rows that leads here. */
  readonly by?: string;
}

export interface Table {
  readonly name: string;
  readonly entitySet: string;
  readonly primaryId: string;
  readonly primaryName: string;
  /** A second name under which rows show their id: users and teams inherit `ownerid`. */
  readonly inheritedKey?: string;
  /** The lookup to a row of the same table along which the hierarchy functions walk. */
  readonly hierarchy?: string;
  readonly columns: ReadonlyMap<string, Column>;
  /** Collection-valued navigation properties, e.g. systemuserroles_association. */
  readonly collections?: ReadonlyMap<string, Collection>;
}

export interface Reference {
  readonly table: string;
  readonly id: string;
  readonly name: string | null;
}

/** Logical column names; lookups as references; dates as ISO text with Z. */
export type Cell = null | boolean | number | string | Reference;
export type Row = Readonly<Record<string, Cell>>;

/** What the caller may read: rows hidden by security are simply not there. */
export interface Database {
  table(name: string): Table | undefined;
  rows(table: string): Iterable<Row>;
  /** The same rows in order of their ids, from the first one after the given id; undefined where there is no such order. */
  rowsAfter?(table: string, id: string): Iterable<Row> | undefined;
  /** Of a table whose rows come in order: those whose lookup leads to an id. */
  referring?(table: string, column: string, id: string): Iterable<Row>;
  row(table: string, id: string): Row | undefined;
  related(table: string, id: string, collection: string): Iterable<Row>;
}
