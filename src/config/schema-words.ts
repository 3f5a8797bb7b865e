/** Words for the validator's findings: how a place, a type and an example are called. */

import type { JsonSchema } from '../catalogue/field.ts';
import { nearest } from '../rules/nearest.ts';
import { isSecretKey } from './secret-lines.ts';
import type { Path } from './tree.ts';

export function subjectOf(path: Path): string {
  const text = pathText(path);
  return text === '' ? 'the file' : text;
}

/** `incoming.port` for a field of an item, `environments.prod.url` elsewhere. */
function pathText(path: Path): string {
  const [top] = path;
  const inItem = top !== 'environments' && typeof path[1] === 'number' && top !== 'include';
  if (inItem && path.length === 2) return `the item of ${String(top)}`;
  const fromSettings = top === 'emailSettings' && path.length > 1;
  const steps = inItem ? path.slice(2) : path.slice(fromSettings ? 1 : 0);
  return steps.filter((step) => typeof step === 'string').join('.');
}

export function inside(path: Path): string {
  const isItem = path.length === 2 && typeof path[1] === 'number';
  const text = isItem || path.length === 0 ? '' : pathText(path);
  return text === '' ? '' : ` of ${text}`;
}

export function meant(written: string, known: readonly string[]): string | null {
  const near = otherWord(written, known) ?? nearest(written, known) ?? longerWord(written, known);
  return near === null ? null : `Did you mean "${near}"?`;
}

/** What people call these things elsewhere; far from our words by letters. */
const OTHER_WORDS: Readonly<Record<string, RegExp>> = {
  'exchange-server': /on-?prem|^exchange-?(20\d\d|local|ews)$|^ews$/iu,
  'exchange-online': /^(office|microsoft|o|m)-?365$|^outlook\.com$|^exchange$|^microsoft-exchange-online$/iu,
  'pop3-smtp': /^pop3?$|^smtp$/iu,
  'imap-smtp': /^imap4?$/iu,
  gmail: /google/iu,
  'server-side-sync': /server-?side|synchroni[sz]ation|^sss$|^sync$/iu,
  'server-to-server': /^s2s$/iu,
  production: /^(prod|live)$/iu,
  'non-production': /^(dev|development|test|sandbox|staging)$/iu,
};

function otherWord(written: string, known: readonly string[]): string | null {
  return known.find((name) => OTHER_WORDS[name]?.test(written) === true) ?? null;
}

/** `pop3` for `pop3-smtp`. */
function longerWord(written: string, known: readonly string[]): string | null {
  const begin = `${written.toLowerCase()}-`;
  return begin.length < 4 ? null : (known.find((name) => name.startsWith(begin)) ?? null);
}

export function forExample(path: Path, schema: JsonSchema): string | null {
  const example = exampleOf(schema);
  const key = path.findLast((step) => typeof step === 'string');
  if (example === null || key === undefined) return null;
  return `For example: ${typeof path.at(-1) === 'number' ? '- ' : `${key}: `}${example}`;
}

export function exampleOf(schema: JsonSchema): string | null {
  const { examples } = schema;
  const [example] = Array.isArray(examples) ? (examples as readonly unknown[]) : [];
  return example === undefined ? null : flow(example);
}

/** How a mapping begins whose schema has no example of its own. */
export function mappingExample(path: Path, schema: JsonSchema): string | null {
  const begin = firstExample(schema);
  if (begin === null) return null;
  const last = path.at(-1);
  if (last === undefined) return `For example: ${begin}`;
  return typeof last === 'number' ? `For example: - ${begin}` : `For example: ${last}: { ${begin} }`;
}

/** What has to be there goes first. */
function firstExample(schema: JsonSchema): string | null {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  for (const key of [...required, ...keysOf(schema)]) {
    const property = propertyOf(schema, key);
    const example = exampleOf(property);
    if (example !== null) return `${key}: ${example}`;
    const inner = firstExample(property);
    if (inner !== null) return `${key}: { ${inner} }`;
  }
  return null;
}

/** A value as it is written in YAML, on one line. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, each]) => `${key}: ${flow(each)}`);
    return `{ ${members.join(', ')} }`;
  }
  const special = typeof value === 'string' && /^[*&!%@`]|: |[[\]{},]/u.test(value);
  return special ? `"${value}"` : String(value);
}

/** The values of an `enum`, a `const`, or a pattern that lists words. */
export function allowedValues(schema: JsonSchema): readonly string[] | null {
  if (Array.isArray(schema.enum)) return schema.enum.filter((value) => value !== null).map(String);
  if (schema.const !== undefined) return [String(schema.const)];
  const words = /^\^\(?([a-z|-]+)\)?\$$/u.exec(String(schema.pattern ?? ''));
  return words?.[1]?.split('|') ?? null;
}

export function typesOf(schema: JsonSchema): readonly string[] {
  const types = Array.isArray(schema.type) ? schema.type.map(String) : [String(schema.type)];
  // In an overlay every field may be null; that is no word for somebody who wrote a value.
  return types.filter((type) => type !== 'null');
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

export function spoken(types: readonly string[]): string {
  return types.map((type) => TYPE_WORDS[type] ?? type).join(' or ');
}

export function scalarWord(data: unknown): string {
  return typeof data === 'number' ? 'the number' : 'the truth value';
}

export function keysOf(schema: JsonSchema): readonly string[] {
  return isSchema(schema.properties) ? Object.keys(schema.properties) : [];
}

export function propertyOf(schema: JsonSchema, key: string): JsonSchema {
  const property = isSchema(schema.properties) ? schema.properties[key] : undefined;
  return isSchema(property) ? property : {};
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values there may be secrets; a text for `credentials` as a whole probably is one. */
export function isSecretPath(path: Path): boolean {
  if (path.at(-1) === 'credentials') return true;
  return path.some((step) => typeof step === 'string' && isSecretKey(step));
}

/** What takes the place of a secret. */
export function isReference(schema: JsonSchema): boolean {
  return keysOf(schema).includes('keyVault');
}

export const REFERENCE_HINT =
  'Write { env: NAME }, { file: PATH } or { keyVault: URL }. If the file was shared, change the secret.';
