/**
 * A filter becomes one closure, built once for each request. Answers true, false or null (unknown), as SQL does;
 * only true keeps a row.
 */

import { compileComparison, compileList } from './compile-comparison.ts';
import { compilePath } from './compile-path.ts';
import { notImplemented } from './errors.ts';
import { compileLike, hasWildcard } from './like.ts';
import type { Expression, Path, Query, TextFunction } from './query.ts';
import type { Database, Row } from './table.ts';

export type Truth = boolean | null;
export type Predicate = (row: Row) => Truth;

export interface Caller {
  readonly userId: string;
  readonly businessUnitId: string;
}

export interface FilterContext {
  readonly database: Database;
  /** Needed by EqualUserId and its kin only. */
  readonly caller?: Caller | undefined;
  /** Whether `x ne 1` keeps rows where x is null. */
  readonly notEqualMatchesNull: boolean;
}

export interface FilterOptions {
  readonly caller?: Caller | undefined;
  readonly notEqualMatchesNull?: boolean | undefined;
}

/** Without a filter every row is kept. */
export function compileQueryFilter({ filter }: Query, database: Database, options: FilterOptions): Predicate {
  if (filter === null) return () => true;
  const { caller, notEqualMatchesNull = true } = options;
  return compileFilter(filter, { database, caller, notEqualMatchesNull });
}

export function compileFilter(expression: Expression, context: FilterContext): Predicate {
  switch (expression.kind) {
    case 'and':
      return all(expression.operands.map((operand) => compileFilter(operand, context)));
    case 'or':
      return any(expression.operands.map((operand) => compileFilter(operand, context)));
    case 'not':
      return not(compileFilter(expression.operand, context));
    case 'compare':
      return compileComparison(expression, context);
    case 'text':
      return compileText(expression.name, expression.path, expression.pattern, context);
    case 'lambda':
      return compileLambda(expression, context);
    case 'list':
      return compileList(expression, context);
    case 'caller':
      return compileCaller(expression.name, expression.path, context);
    default:
      return expression satisfies never;
  }
}

function all(operands: readonly Predicate[]): Predicate {
  return (row) => {
    let answer: Truth = true;
    for (const operand of operands) {
      const truth = operand(row);
      if (truth === false) return false;
      if (truth === null) answer = null;
    }
    return answer;
  };
}

function any(operands: readonly Predicate[]): Predicate {
  return (row) => {
    let answer: Truth = false;
    for (const operand of operands) {
      const truth = operand(row);
      if (truth === true) return true;
      if (truth === null) answer = null;
    }
    return answer;
  };
}

function not(operand: Predicate): Predicate {
  return (row) => {
    const truth = operand(row);
    return truth === null ? null : !truth;
  };
}

function compileText(
  name: TextFunction,
  path: Path,
  pattern: string | null,
  context: FilterContext,
): Predicate {
  const read = compilePath(path, context.database);
  if (pattern === null) return () => null;
  const matches = compilePattern(name, pattern.toLowerCase());
  return (row) => {
    const cell = read(row);
    return typeof cell === 'string' ? matches(cell.toLowerCase()) : null;
  };
}

function compilePattern(name: TextFunction, pattern: string): (text: string) => boolean {
  if (hasWildcard(pattern)) {
    const before = name === 'startswith' ? '' : '%';
    const after = name === 'endswith' ? '' : '%';
    return compileLike(`${before}${pattern}${after}`);
  }
  if (name === 'startswith') return (text) => text.startsWith(pattern);
  if (name === 'endswith') return (text) => text.endsWith(pattern);
  return (text) => text.includes(pattern);
}

function compileLambda(
  expression: Extract<Expression, { kind: 'lambda' }>,
  context: FilterContext,
): Predicate {
  const { database } = context;
  const { table, collection, primaryId, quantifier } = expression;
  const body = expression.body === null ? () => true : compileFilter(expression.body, context);
  const related = (row: Row) => database.related(table, String(row[primaryId]), collection);
  if (quantifier === 'any') return (row) => some(related(row), (member) => body(member) === true);
  return (row) => !some(related(row), (member) => body(member) !== true);
}

function some(rows: Iterable<Row>, test: (row: Row) => boolean): boolean {
  for (const row of rows) if (test(row)) return true;
  return false;
}

function compileCaller(
  name: Extract<Expression, { kind: 'caller' }>['name'],
  path: Path,
  context: FilterContext,
): Predicate {
  const { caller } = context;
  if (caller === undefined)
    throw notImplemented(`The function 'Microsoft.Dynamics.CRM.${name}' is not supported without a caller.`);
  const value = name.endsWith('UserId') ? caller.userId : caller.businessUnitId;
  const operator = name.startsWith('Not') ? 'ne' : 'eq';
  const literal = { type: 'guid', value: value.toLowerCase() } as const;
  return compileComparison(
    { operator, left: { kind: 'path', path }, right: { kind: 'literal', literal } },
    context,
  );
}
