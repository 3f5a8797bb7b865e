/**
 * Microsoft.Dynamics.CRM.* query functions: names, parameters and the columns they apply to (Microsoft Learn, "Web API
 * Query Function Reference").
 */

import { type Cursor, expectMark, expectName, next, takeMark } from './cursor.ts';
import { dateFunctions } from './date-functions.ts';
import { badRequest, invalidJson } from './errors.ts';
import { literalFromText, literalTypeOf, readLiteral } from './literal.ts';
import { isGuid, isLookup } from './names.ts';
import { bindPath } from './parse-path.ts';
import type { CallerFunction, Expression, HierarchyFunction, ListFunction, Literal, Path } from './query.ts';
import type { Scope } from './scope.ts';
import { syntaxError, type Token } from './tokenize.ts';

const PREFIX = 'Microsoft.Dynamics.CRM.';
const LIST_FUNCTIONS: readonly string[] = [
  'In',
  'NotIn',
  'Between',
  'NotBetween',
] satisfies readonly ListFunction[];
const CALLER_FUNCTIONS: readonly string[] = [
  'EqualUserId',
  'NotEqualUserId',
  'EqualBusinessId',
  'NotEqualBusinessId',
  'EqualRoleBusinessId',
  'EqualUserTeams',
  'EqualUserOrUserTeams',
  'EqualUserOrUserHierarchy',
  'EqualUserOrUserHierarchyAndTeams',
  'EqualUserLanguage',
] satisfies readonly CallerFunction[];
const HIERARCHY_FUNCTIONS: readonly string[] = [
  'Above',
  'AboveOrEqual',
  'Under',
  'UnderOrEqual',
  'NotUnder',
] satisfies readonly HierarchyFunction[];

type Arguments = ReadonlyMap<string, Token>;

export function parseDataverseFunction(fullName: string, cursor: Cursor, scope: Scope): Expression {
  const name = fullName.slice(PREFIX.length);
  if (isListFunction(name)) return bindList(name, parseArguments(cursor), scope);
  if (isCallerFunction(name)) return bindCaller(name, parseArguments(cursor), scope);
  if (isHierarchyFunction(name)) return bindHierarchy(name, parseArguments(cursor), scope);
  if (dateFunctions.has(name)) return bindDate(name, parseArguments(cursor), scope);
  if (name === 'Contains') return refuseContains(parseArguments(cursor), scope);
  if (name === 'ContainValues' || name === 'DoesNotContainValues') {
    // For choices that hold several values (Microsoft Learn, "Filter rows using OData"), which no table here has.
    throw unfit(name, bindProperty(name, parseArguments(cursor), scope));
  }
  throw badRequest(`An unknown function with name '${fullName}' was found.`);
}

/** "Only the KBArticle table has columns that have full-text indexing" (Microsoft Learn, "Filter rows using OData"). */
function refuseContains(given: Arguments, scope: Scope): never {
  const { column } = bindProperty('Contains', given, scope);
  throw badRequest(`The column '${column.name}' of '${scope.table.name}' is not full-text indexed.`);
}

function isListFunction(name: string): name is ListFunction {
  return LIST_FUNCTIONS.includes(name);
}

function isCallerFunction(name: string): name is CallerFunction {
  return CALLER_FUNCTIONS.includes(name);
}

function isHierarchyFunction(name: string): name is HierarchyFunction {
  return HIERARCHY_FUNCTIONS.includes(name);
}

function bindCaller(name: CallerFunction, given: Arguments, scope: Scope): Expression {
  const path = bindProperty(name, given, scope);
  const wanted = name === 'EqualUserLanguage' ? 'number' : 'guid';
  if (literalTypeOf(path.column) !== wanted) throw unfit(name, path);
  return { kind: 'caller', name, path };
}

function bindHierarchy(name: HierarchyFunction, given: Arguments, scope: Scope): Expression {
  const path = bindProperty(name, given, scope);
  const { hierarchy: parent, primaryId, name: table } = scope.table;
  if (parent === undefined || path.hops.length > 0 || path.column.name !== primaryId) throw unfit(name, path);
  const literal = literalFromText(readText(name, given, 'PropertyValue'), path.column);
  if (literal.type !== 'guid') throw unfit(name, path);
  return { kind: 'hierarchy', name, path, table, parent, id: literal.value };
}

function bindDate(name: string, given: Arguments, scope: Scope): Expression {
  const path = bindProperty(name, given, scope);
  if (literalTypeOf(path.column) !== 'date') throw unfit(name, path);
  const kinds = dateFunctions.get(name)?.values ?? [];
  const values = kinds.map((kind, index) => {
    const text = readText(name, given, kinds.length === 1 ? 'PropertyValue' : `PropertyValue${index + 1}`);
    return kind === 'number' ? readCount(name, text) : readMoment(text, path);
  });
  return { kind: 'date', name, path, values };
}

function readText(name: string, given: Arguments, parameter: string): string {
  const token = given.get(parameter);
  const literal = token === undefined ? null : readLiteral(token);
  if (token === undefined || literal === null || literal.type === 'null')
    throw badRequest(`The function '${PREFIX}${name}' needs ${parameter}.`);
  return token.text;
}

function readCount(name: string, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw badRequest(`The value '${text}' of '${PREFIX}${name}' is not a whole number.`);
}

function readMoment(text: string, { column }: Path): number {
  const literal = literalFromText(text, column);
  return literal.type === 'date' ? literal.value : Number.NaN;
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
  if (name.endsWith('Between') && !['number', 'date'].includes(literalTypeOf(path.column)))
    throw unfit(name, path);
  if (name.endsWith('In') && isGuid(path.column) && scope.switches.inOnGuid === '400')
    throw unfit(name, path);
}

function unfit(name: string, path: Path): Error {
  return badRequest(
    `The function '${PREFIX}${name}' cannot be used with the column '${path.column.name}' of type ${path.column.type}.`,
  );
}
