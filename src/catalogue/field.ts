/**
 * What one row of the catalogue says: everything about one configurable or observed field. Rows are the only place
 * that knows a field's YAML key and its Dataverse columns together; schema, types, `$select`, decoding, encoding,
 * titles and the reference are derived from them.
 */

import type { Address, Kind, Sort } from '../model/address.ts';
import type { FieldValues, Scalar, SecretValue, Value } from '../model/value.ts';

/** Columns of one row as the Web API prints them: lookups as `_name_value`. */
export type RawRow = Readonly<Record<string, unknown>>;
export type OwnerTable = 'systemuser' | 'queue';
export type Table = 'mailbox' | 'emailserverprofile' | 'organization' | OwnerTable;

/** The rows behind one resource; a mailbox of a user or queue has two. */
export interface RawRecord {
  readonly self: RawRow;
  readonly owner: RawRow | null;
  readonly ownerTable: OwnerTable | null;
}

/** Names the resource that a record id stands for; `null` when no such record was read. */
export type NameRecord = (table: Table, id: string) => Address | null;

/** A column's new value; `ref` is bound as a lookup, `secret` is resolved right before sending. */
export type EncodedCell = Scalar | { readonly ref: Address; readonly table: Table } | SecretValue;

/** A partial row of one of the resource's records. */
export interface Encoded {
  readonly on: 'self' | 'owner';
  readonly columns: Readonly<Record<string, EncodedCell>>;
}

/** Row-level codec: a field may span columns, and several fields may share one. Decoding never throws. */
export interface Codec {
  /** Properties to `$select`, by table. */
  readonly columns: Readonly<Partial<Record<Table, readonly string[]>>>;
  /** Columns that are written and that the service mirrors elsewhere: nothing is decoded from them. */
  readonly writtenOnly?: Readonly<Partial<Record<Table, readonly string[]>>>;
  readonly decode: (record: RawRecord, name: NameRecord) => Value;
  /** Absent: observed only. `record` holds what is there now, since a column may hold other fields too. */
  readonly encode?: (value: Value, record: RawRecord) => Encoded;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** How a field is written in YAML. */
export interface YamlKey {
  readonly schema: JsonSchema;
  /** Text for a mailbox's or profile's owner, good as an editor's hover. */
  readonly summary: string;
  readonly example: unknown;
  /** What each value of the schema's `enum` means; every one of them, or none. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** What the service has where nothing was ever set, as it is written in YAML. */
  readonly default?: string | number | boolean;
  /** What a number counts, or how a text is written. */
  readonly unit?: string;
  /** Sorts of mailbox that may have it; all when absent. */
  readonly sorts?: readonly Sort[];
  /** May stand in a rule. */
  readonly inRules?: boolean;
  /** A shorter key that sets this field among others, weaker than the field's own key. */
  readonly shorthand?: string;
  /** From YAML to value; identity when absent. `undefined`: this YAML does not declare the field. */
  readonly parse?: (yaml: unknown) => Value | undefined;
}

export type FieldVerb = 'edit' | 'readdress' | 'approval-policy' | 'approve' | 'test' | 'state';

/** What the service makes of other fields when this one changes. */
export interface Reset {
  /** Fields of the same resource, or of each mailbox that refers to this profile. */
  readonly on: 'self' | 'mailboxes';
  readonly fields: readonly string[];
  /**
   * `invalidates`: what they say no longer holds, whatever the row shows. `may-clear`: the service may clear them;
   * that is not verified, so what restores them is planned and ends "already so" when it did not happen.
   */
  readonly effect: 'invalidates' | 'may-clear';
}

/** What can go wrong when the field changes, and the guard that looks at it. */
export interface Risk {
  readonly guard: string;
  readonly text: string;
}

export interface FieldRow {
  readonly kind: Kind;
  /** YAML path; for observed fields a name that no YAML key has. */
  readonly key: string;
  /** How reports call it. */
  readonly title: string;
  readonly yaml?: YamlKey;
  readonly codec?: Codec;
  readonly verb?: FieldVerb;
  /** What has to be true of the resource for the declared value to be met; the field equals the value when absent. */
  readonly demands?: (want: Value, state: FieldValues) => FieldValues;
  readonly resets?: readonly Reset[];
  readonly risk?: Risk;
  /** Set on creation only; the service accepts no change of it on a record that is there. */
  readonly fixedAfterCreate?: boolean;
  /** Where the credentials group of a secret lies: a change of these fields writes the secret again. */
  readonly secretOf?: readonly string[];
}

const KEY = /^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)?$/u;

/** Checks a row when it is made, so that an incomplete one fails every test and the build, not one user. */
export function field(row: FieldRow): FieldRow {
  const fail = (what: string): never => {
    throw new TypeError(`Catalogue row ${row.kind} ${row.key}: ${what}`);
  };
  if (!KEY.test(row.key)) fail('the key is not lower camel case');
  if (row.title === '') fail('no title');
  if (row.yaml === undefined && row.codec === undefined) fail('neither declared nor observed');
  if (row.yaml !== undefined && row.yaml.summary.length < 20) fail('the summary says too little');
  if (row.yaml !== undefined && row.yaml.schema.type === undefined) fail('the schema has no type');
  if (!explainsItsValues(row.yaml)) fail('the meanings are not those of its values');
  if (row.codec?.encode !== undefined && row.verb === undefined) fail('written by no verb');
  if (row.verb !== undefined && row.yaml === undefined) fail('has a verb but no YAML key');
  return row;
}

function explainsItsValues(yaml: YamlKey | undefined): boolean {
  if (yaml?.meanings === undefined) return true;
  const values = Array.isArray(yaml.schema.enum) ? yaml.schema.enum.map(String) : [];
  return values.join() === Object.keys(yaml.meanings).join();
}
