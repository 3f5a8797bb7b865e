/** Microsoft.Dynamics.CRM.* query functions: the few that the emulator answers; any other is refused by name. */

import { type Cursor, expectMark, expectName, next, takeMark } from './cursor.ts';
import { badRequest, invalidJson, notImplemented } from './errors.ts';
import { literalFromText, literalTypeOf } from './literal.ts';
import { isGuid, isLookup } from './names.ts';
import { bindPath } from './parse-path.ts';
import type { CallerFunction, Expression, ListFunction, Literal, Path } from './query.ts';
import type { Scope } from './scope.ts';
import { syntaxError, type Token } from './tokenize.ts';

const PREFIX = 'Microsoft.Dynamics.CRM.';
const LIST_FUNCTIONS: readonly string[] = [
  'In',
  'NotIn',
  'Between',
  'NotBetween',
  'ContainValues',
  'DoesNotContainValues',
] satisfies readonly ListFunction[];
const CALLER_FUNCTIONS: readonly string[] = [
  'EqualUserId',
  'NotEqualUserId',
  'EqualBusinessId',
  'NotEqualBusinessId',
] satisfies readonly CallerFunction[];

type Arguments = ReadonlyMap<string, Token>;

export function parseDataverseFunction(fullName: string, cursor: Cursor, scope: Scope): Expression {
  const name = fullName.slice(PREFIX.length);
  if (isListFunction(name)) return bindList(name, parseArguments(cursor), scope);
  if (isCallerFunction(name))
    return { kind: 'caller', name, path: bindProperty(name, parseArguments(cursor), scope) };
  throw notImplemented(`The function '${fullName}' is not supported.`);
}

function isListFunction(name: string): name is ListFunction {
  return LIST_FUNCTIONS.includes(name);
}

function isCallerFunction(name: string): name is CallerFunction {
  return CALLER_FUNCTIONS.includes(name);
}

function parseArguments(cursor: Cursor): Arguments {
  const found = new Map<string, Token>();
  expectMark(cursor, '(');
  do {
    const name = expectName(cursor);
    expectMark(cursor, '=');
    if (found.has(name)) throw badRequest(`The argument '${name}' is given twice.`);
    found.set(name, next(cursor));
  } while (takeMark(cursor, ','));
  expectMark(cursor, ')');
  return found;
}

function bindList(name: ListFunction, given: Arguments, scope: Scope): Expression {
  const path = bindProperty(name, given, scope);
  const values = readValues(name, given).map((text) => literalFromText(text, path.column));
  requireCount(name, values);
  requireType(name, path, scope);
  return { kind: 'list', name, path, values };
}

/** PropertyName holds a property path; for a lookup clients send both its logical name and `_x_value`. */
function bindProperty(name: string, given: Arguments, scope: Scope): Path {
  const token = given.get('PropertyName');
  if (token?.kind !== 'string')
    throw badRequest(`The function '${PREFIX}${name}' needs PropertyName as a quoted string.`);
  const segments = token.text.split('/');
  const last = segments.at(-1) ?? '';
  const column = scope.table.columns.get(last);
  const property =
    segments.length === 1 && column !== undefined && isLookup(column) ? `_${last}_value` : last;
  const prefix = scope.variable === null || segments[0] === scope.variable ? [] : [scope.variable];
  return bindPath([...prefix, ...segments.slice(0, -1), property], scope);
}

function readValues(name: ListFunction, given: Arguments): readonly string[] {
  const token = given.get('PropertyValues');
  if (token === undefined) throw badRequest(`The function '${PREFIX}${name}' needs PropertyValues.`);
  if (token.kind !== 'json') throw syntaxError(token.at, token.text);
  return parseArray(token.text).map((value) => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return String(value);
    throw badRequest(`PropertyValues of '${PREFIX}${name}' holds something else than strings.`);
  });
}

/** The service's reader takes single quotes too, as long as the values hold none (Microsoft Learn, "Filter rows using OData"). */
function parseArray(text: string): readonly unknown[] {
  try {
    return JSON.parse(text.includes('"') ? text : text.replaceAll("'", '"'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw invalidJson();
  }
}

function requireCount(name: ListFunction, values: readonly Literal[]): void {
  const range = name === 'Between' || name === 'NotBetween';
  if (range && values.length !== 2)
    throw badRequest(`The function '${PREFIX}${name}' needs exactly two values.`);
  if (values.length === 0) throw badRequest(`The function '${PREFIX}${name}' needs at least one value.`);
}

function requireType(name: ListFunction, path: Path, scope: Scope): void {
  if (name.endsWith('ContainValues') && literalTypeOf(path.column) !== 'number') throw unfit(name, path);
  if (name.endsWith('Between') && !['number', 'date'].includes(literalTypeOf(path.column)))
    throw unfit(name, path);
  if (name.endsWith('In') && isGuid(path.column) && scope.switches.inOnGuid === '400')
    throw unfit(name, path);
}

function unfit(name: ListFunction, path: Path): Error {
  return badRequest(
    `The function '${PREFIX}${name}' cannot be used with the column '${path.column.name}' of type ${path.column.type}.`,
  );
}
