/**
 * $filter on metadata: comparisons joined by and, or, not – with enumerations in their namespace and paths into complex
 * types (Microsoft Learn, "Query table definitions using the Web API").
 */

import {
  type Cursor,
  expectMark,
  expectName,
  ODataError,
  openCursor,
  peek,
  readLiteral,
  takeMark,
  takeName,
  unexpected,
} from '../odata/index.ts';
import type { Definition } from './definition-facts.ts';

export type Test = (definition: Definition) => boolean;

/** `require` throws for a property that the type does not have. */
export function parseDefinitionFilter(text: string, require: (property: string) => void): Test {
  const cursor = openCursor(text, new Map());
  const test = parseOr(cursor, require);
  if (peek(cursor).kind !== 'end') throw unexpected(cursor);
  return test;
}

type Require = (property: string) => void;

function parseOr(cursor: Cursor, require: Require): Test {
  const tests = [parseAnd(cursor, require)];
  while (takeName(cursor, 'or')) tests.push(parseAnd(cursor, require));
  return (definition) => tests.some((test) => test(definition));
}

function parseAnd(cursor: Cursor, require: Require): Test {
  const tests = [parseUnary(cursor, require)];
  while (takeName(cursor, 'and')) tests.push(parseUnary(cursor, require));
  return (definition) => tests.every((test) => test(definition));
}

function parseUnary(cursor: Cursor, require: Require): Test {
  if (takeName(cursor, 'not')) {
    const test = parseUnary(cursor, require);
    return (definition) => !test(definition);
  }
  if (takeMark(cursor, '(')) {
    const test = parseOr(cursor, require);
    expectMark(cursor, ')');
    return test;
  }
  return parseComparison(cursor, require);
}

const textTests: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

function parseComparison(cursor: Cursor, require: Require): Test {
  const name = expectName(cursor);
  const textTest = textTests[name];
  if (textTest !== undefined && takeMark(cursor, '(')) {
    const read = parsePath(expectName(cursor), cursor, require);
    expectMark(cursor, ',');
    const part = String(parseValue(cursor));
    expectMark(cursor, ')');
    return (definition) => textTest(String(read(definition) ?? ''), part);
  }
  const read = parsePath(name, cursor, require);
  const operator = expectName(cursor);
  const wanted = parseValue(cursor);
  if (operator === 'eq') return (definition) => (read(definition) ?? null) === wanted;
  if (operator === 'ne') return (definition) => (read(definition) ?? null) !== wanted;
  throw new ODataError(400, '0x80060888', `The operator '${operator}' is not supported for metadata.`);
}

function parsePath(first: string, cursor: Cursor, require: Require): (definition: Definition) => unknown {
  require(first);
  const rest: string[] = [];
  while (takeMark(cursor, '/')) rest.push(expectName(cursor));
  return (definition) => {
    let value: unknown = definition[first];
    for (const name of rest) value = isObject(value) ? value[name] : undefined;
    return value;
  };
}

function isObject(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null;
}

/** Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned' is its quoted part. */
function parseValue(cursor: Cursor): unknown {
  if (peek(cursor).text.startsWith('Microsoft.Dynamics.CRM.')) cursor.at += 1;
  const literal = readLiteral(peek(cursor));
  if (literal === null) throw unexpected(cursor);
  cursor.at += 1;
  return literal.type === 'null' ? null : literal.value;
}
