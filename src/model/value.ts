/**
 * The values that fields hold, on their way from YAML and from Dataverse to the plan, and the one place that
 * says when two of them are equal. Knows no field, no column and no kind. The shapes are those of plan files.
 */

/** Another resource, named by its address. */
export interface RefValue {
  readonly ref: string;
}

/** A reference to a secret (`env:NAME`, `file:PATH`, `keyVault:URL`), never the secret; `why` it is written. */
export interface SecretValue {
  readonly secret: string;
  readonly why?: SecretReason;
}

/** What Dataverse tells of a secret: that there is one, or that there is none. */
export interface IsSetValue {
  readonly is_set: boolean;
}

/** Not known: an option that this version does not know, or what the service makes of an earlier step. */
export interface UnknownValue {
  readonly unknown: string;
}

/** Results of the last Test & Enable; only the directions that matter are present, at least one. */
export interface TestResults {
  readonly incoming?: string;
  readonly outgoing?: string;
  readonly appointmentsContactsTasks?: string;
}

export type SecretReason = 'created' | 'not-set' | 'group-changed' | 'reference-changed' | 'rotate';
export type Scalar = null | boolean | number | string;
export type Value =
  | Scalar
  | readonly Value[]
  | RefValue
  | SecretValue
  | IsSetValue
  | UnknownValue
  | TestResults;

/** Fields of one resource by their key; a key that is absent was not read or not declared. */
export type FieldValues = Readonly<Record<string, Value>>;

export function isRef(value: Value | undefined): value is RefValue {
  return isObject(value) && 'ref' in value;
}

export function isSecret(value: Value | undefined): value is SecretValue {
  return isObject(value) && 'secret' in value;
}

export function isSetFlag(value: Value | undefined): value is IsSetValue {
  return isObject(value) && 'is_set' in value;
}

export function isTestResults(value: Value | undefined): value is TestResults {
  return (
    isObject(value) && ('incoming' in value || 'outgoing' in value || 'appointmentsContactsTasks' in value)
  );
}

export function isUnknown(value: Value | undefined): value is UnknownValue {
  return isObject(value) && 'unknown' in value;
}

/**
 * Whether two values are the same to an administrator. References compare as addresses do (NFC, ignoring case).
 * A declared secret equals a secret that is set, since nothing more can be read; an unknown equals nothing.
 */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  // Most are: a large environment is compared value by value.
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (isRef(a) && isRef(b)) return sameText(a.ref, b.ref);
  if (isUnknown(a) || isUnknown(b)) return false;
  if (isSecret(a) && isSetFlag(b)) return b.is_set;
  if (isSetFlag(a) && isSecret(b)) return a.is_set;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (isObject(a) && isObject(b)) return canonical(a) === canonical(b);
  return a === b;
}

/** Whether a value is still what it was when it was read before; here an unknown equals the same unknown. */
export function unchanged(before: Value, now: Value | undefined): boolean {
  return equal(before, now) || canonical(before) === canonical(now ?? null);
}

/** Equality of names and addresses: Unicode NFC, case-insensitive. */
export function sameText(a: string, b: string): boolean {
  return a === b || foldText(a) === foldText(b);
}

/** Characters below U+0300 are composed already: no combining mark is among them. */
const MAY_COMPOSE = /[^\0-\u02ff]/u;

/** The form in which names and addresses are compared and used as keys. */
export function foldText(text: string): string {
  return (MAY_COMPOSE.test(text) ? text.normalize('NFC') : text).toLowerCase();
}

/** JSON with sorted keys and no white space: equal data gives equal text. Undefined members are left out. */
export function canonical(data: unknown): string {
  if (typeof data !== 'object' || data === null) return JSON.stringify(data) ?? 'null';
  let text = '';
  if (Array.isArray(data)) {
    for (const item of data) text += `${text === '' ? '' : ','}${canonical(item)}`;
    return `[${text}]`;
  }
  const members = data as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members).sort()) {
    const value = members[key];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(value)}`;
  }
  return `{${text}}`;
}

/**
 * The canonical JSON of an object in pieces, the items of its lists one by one: a large document is digested without
 * ever being one text.
 */
export function* canonicalPieces(data: Readonly<Record<string, unknown>>): Iterable<string> {
  let sign = '{';
  for (const key of Object.keys(data).sort()) {
    const value = data[key];
    if (value === undefined) continue;
    yield `${sign}${JSON.stringify(key)}:`;
    sign = ',';
    if (isLazyList(value)) yield* canonicalItems(value);
    else yield canonical(value);
  }
  yield sign === '{' ? '{}' : '}';
}

function* canonicalItems(items: Iterable<unknown>): Iterable<string> {
  let sign = '[';
  for (const item of items) {
    yield `${sign}${canonical(item)}`;
    sign = ',';
  }
  yield sign === '[' ? '[]' : ']';
}

function isLazyList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Order by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
