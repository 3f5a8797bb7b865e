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
  const near = nearest(written, known);
  return near === null ? null : `Did you mean "${near}"?`;
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
  if (example === undefined) return null;
  if (typeof example === 'object')
    return JSON.stringify(example)
      .replace(/"(\w+)":/gu, '$1: ')
      .replaceAll(',', ', ');
  return typeof example === 'string' && /^[*&!%@`]|: /u.test(example) ? `"${example}"` : String(example);
}

/** The values of an `enum`, a `const`, or a pattern that lists words. */
export function allowedValues(schema: JsonSchema): readonly string[] | null {
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  if (schema.const !== undefined) return [String(schema.const)];
  const words = /^\^\(?([a-z|-]+)\)?\$$/u.exec(String(schema.pattern ?? ''));
  return words?.[1]?.split('|') ?? null;
}

export function typesOf(schema: JsonSchema): readonly string[] {
  return Array.isArray(schema.type) ? schema.type.map(String) : [String(schema.type)];
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
