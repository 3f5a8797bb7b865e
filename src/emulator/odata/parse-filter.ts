/** The grammar of $filter by recursive descent: or < and < not < comparison. Dataverse functions live next door. */

import { countConditions } from './count-conditions.ts';
import {
  type Cursor,
  expectMark,
  expectName,
  isMark,
  isName,
  next,
  openCursor,
  peek,
  takeMark,
  takeName,
  unexpected,
} from './cursor.ts';
import { badRequest, ODataError } from './errors.ts';
import { fitColumns, fitLiteral, literalTypeOf, readLiteral } from './literal.ts';
import { parseDataverseFunction } from './parse-dataverse-function.ts';
import { bindPath, requireTable } from './parse-path.ts';
import type { Comparison, Expression, Operand, Path, TextFunction } from './query.ts';
import type { Scope } from './scope.ts';
import { syntaxError } from './tokenize.ts';

const COMPARISONS: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] satisfies readonly Comparison[];
const TEXT_FUNCTIONS: readonly string[] = [
  'contains',
  'startswith',
  'endswith',
] satisfies readonly TextFunction[];
const ARITHMETIC: readonly string[] = ['add', 'sub', 'mul', 'div', 'mod', 'has'];
const OTHER_FUNCTIONS: readonly string[] = [
  ...['length', 'indexof', 'substring', 'tolower', 'toupper', 'trim', 'concat'],
  ...[
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'fractionalseconds',
    'date',
    'time',
    'totaloffsetminutes',
  ],
  ...['now', 'mindatetime', 'maxdatetime', 'round', 'floor', 'ceiling', 'cast', 'isof'],
];
/** Microsoft Learn, "Filter rows using OData", Condition limits. */
const MAX_CONDITIONS = 500;
/** Well above what any client nests, well below what the stack holds. */
const MAX_DEPTH = 200;

export function parseFilter(text: string, scope: Scope): Expression {
  const cursor = openCursor(text, scope.aliases);
  const expression = parseOr(cursor, scope);
  if (peek(cursor).kind !== 'end') throw unsupportedOperator(cursor);
  if (countConditions(expression) > MAX_CONDITIONS) {
    throw new ODataError(400, '0x8004430C', 'Number of conditions in query exceeded maximum limit.');
  }
  return expression;
}

function parseOr(cursor: Cursor, scope: Scope): Expression {
  return parseChain(cursor, scope, 'or', parseAnd);
}

function parseAnd(cursor: Cursor, scope: Scope): Expression {
  return parseChain(cursor, scope, 'and', parseUnary);
}

function parseChain(
  cursor: Cursor,
  scope: Scope,
  kind: 'and' | 'or',
  parsePart: (cursor: Cursor, scope: Scope) => Expression,
): Expression {
  const first = parsePart(cursor, scope);
  const operands = [first];
  while (takeName(cursor, kind)) operands.push(parsePart(cursor, scope));
  return operands.length === 1 ? first : { kind, operands };
}

function parseUnary(cursor: Cursor, scope: Scope): Expression {
  if (cursor.depth >= MAX_DEPTH) throw badRequest('Recursion depth exceeded allowed limit.');
  cursor.depth += 1;
  const expression = takeName(cursor, 'not')
    ? ({ kind: 'not', operand: parseOperandOfNot(cursor, scope) } as const)
    : parsePredicate(cursor, scope);
  cursor.depth -= 1;
  return expression;
}

function parseOperandOfNot(cursor: Cursor, scope: Scope): Expression {
  return isName(peek(cursor), 'not') ? parseUnary(cursor, scope) : parseNegated(cursor, scope);
}

/** `not` binds tighter than a comparison, so `not a eq 1` negates the column and is an error. */
function parseNegated(cursor: Cursor, scope: Scope): Expression {
  const operand = parsePredicate(cursor, scope, false);
  if (COMPARISONS.includes(peek(cursor).text)) throw unsupportedOperator(cursor);
  return operand;
}

function parsePredicate(cursor: Cursor, scope: Scope, mayCompare = true): Expression {
  if (takeMark(cursor, '(')) {
    const inner = parseOr(cursor, scope);
    expectMark(cursor, ')');
    return inner;
  }
  if (isMark(peek(cursor, 1), '(') && peek(cursor).kind === 'name') return parseCall(cursor, scope);
  const left = parseOperand(cursor, scope);
  if (left.kind === 'lambda') return left;
  if (mayCompare) return parseComparison(cursor, scope, left);
  throw badRequest(`'not' can only be applied to a condition: parentheses are missing in '${cursor.text}'.`);
}

function parseCall(cursor: Cursor, scope: Scope): Expression {
  const name = expectName(cursor);
  if (name.startsWith('Microsoft.Dynamics.CRM.')) return parseDataverseFunction(name, cursor, scope);
  if (isTextFunction(name)) return parseTextFunction(name, cursor, scope);
  if (OTHER_FUNCTIONS.includes(name)) throw badRequest(`The function '${name}' is not supported in $filter.`);
  throw badRequest(`An unknown function with name '${name}' was found.`);
}

function isTextFunction(name: string): name is TextFunction {
  return TEXT_FUNCTIONS.includes(name);
}

function parseTextFunction(name: TextFunction, cursor: Cursor, scope: Scope): Expression {
  expectMark(cursor, '(');
  const path = requirePath(parseOperand(cursor, scope), name);
  expectMark(cursor, ',');
  const literal = readLiteral(next(cursor));
  expectMark(cursor, ')');
  if (literal?.type !== 'string' && literal?.type !== 'null')
    throw badRequest(`The second argument of '${name}' is not a string.`);
  if (literalTypeOf(path.column) !== 'string')
    throw badRequest(
      `No function signature for the function with name '${name}' matches the column '${path.column.name}'.`,
    );
  return { kind: 'text', name, path, pattern: literal.type === 'null' ? null : literal.value };
}

function requirePath(operand: Operand | Expression, name: string): Path {
  if (operand.kind === 'path') return operand.path;
  throw badRequest(`The first argument of '${name}' is not a property.`);
}

function parseComparison(cursor: Cursor, scope: Scope, left: Operand): Expression {
  const operator = peek(cursor).text;
  if (!isComparison(operator)) throw unsupportedOperator(cursor);
  next(cursor);
  const right = parseOperand(cursor, scope);
  if (right.kind === 'lambda') throw unexpected(cursor);
  return compare(operator, left, right);
}

function isComparison(text: string): text is Comparison {
  return COMPARISONS.includes(text);
}

function compare(operator: Comparison, left: Operand, right: Operand): Expression {
  if (left.kind === 'path' && right.kind === 'path') {
    fitColumns(left.path.column, right.path.column, operator);
    return { kind: 'compare', operator, left, right };
  }
  if (left.kind === 'path' && right.kind === 'literal') {
    return {
      kind: 'compare',
      operator,
      left,
      right: { kind: 'literal', literal: fitLiteral(right.literal, left.path.column, operator) },
    };
  }
  if (left.kind === 'literal' && right.kind === 'path') {
    return {
      kind: 'compare',
      operator,
      left: { kind: 'literal', literal: fitLiteral(left.literal, right.path.column, operator) },
      right,
    };
  }
  throw badRequest('A comparison of two literals is not supported in $filter.');
}

type Lambda = Extract<Expression, { kind: 'lambda' }>;

function parseOperand(cursor: Cursor, scope: Scope): Operand | Lambda {
  const token = next(cursor);
  const literal = readLiteral(token);
  if (literal !== null) return { kind: 'literal', literal };
  if (token.kind !== 'name') throw syntaxError(token.at, cursor.text);
  if (isMark(peek(cursor), '('))
    throw badRequest(`The function '${token.text}' is not supported as an operand.`);
  const segments = [token.text];
  while (takeMark(cursor, '/')) {
    const segment = expectName(cursor);
    if ((segment === 'any' || segment === 'all') && isMark(peek(cursor), '('))
      return parseLambda(segments, segment, cursor, scope);
    segments.push(segment);
  }
  return { kind: 'path', path: bindPath(segments, scope) };
}

function parseLambda(
  segments: readonly string[],
  quantifier: 'any' | 'all',
  cursor: Cursor,
  scope: Scope,
): Lambda {
  const collection = collectionName(segments, scope);
  const target = scope.table.collections?.get(collection);
  if (target === undefined)
    throw badRequest(
      `Could not find a collection named '${collection}' on type 'Microsoft.Dynamics.CRM.${scope.table.name}'.`,
    );
  const [variable, body] = parseLambdaBody(cursor, {
    ...scope,
    table: requireTable(target.target, scope.database),
  });
  if (quantifier === 'all' && body === null) throw badRequest("The 'all' operator needs an expression.");
  const { name: table, primaryId } = scope.table;
  return { kind: 'lambda', quantifier, variable, outer: scope.variable, table, primaryId, collection, body };
}

function parseLambdaBody(cursor: Cursor, scope: Scope): readonly [string | null, Expression | null] {
  expectMark(cursor, '(');
  if (takeMark(cursor, ')')) return [null, null];
  const variable = expectName(cursor);
  expectMark(cursor, ':');
  const body = parseOr(cursor, { ...scope, variable });
  expectMark(cursor, ')');
  return [variable, body];
}

/** A collection behind a lookup cannot be filtered (Microsoft Learn, "Filter rows using OData"). */
function collectionName(segments: readonly string[], scope: Scope): string {
  const rest = scope.variable !== null && segments[0] === scope.variable ? segments.slice(1) : segments;
  if (rest.length === 1) return rest[0] ?? '';
  throw badRequest(`A condition on the collection '${segments.join('/')}' behind a lookup is not supported.`);
}

function unsupportedOperator(cursor: Cursor): Error {
  const { text } = peek(cursor);
  if (ARITHMETIC.includes(text)) return badRequest(`The operator '${text}' is not supported in $filter.`);
  if (text === 'in')
    return badRequest(`The operator 'in' is not part of OData 4.0: syntax error in '${cursor.text}'.`);
  if (peek(cursor).kind === 'end')
    return badRequest('The $filter expression must evaluate to a single boolean value.');
  return unexpected(cursor);
}
