/**
 * A filter becomes one closure, built once for each request. Answers true, false or null (unknown), as SQL does;
 * only true keeps a row.
 */

import { compileComparison, compileList } from './compile-comparison.ts';
import { compileCaller, compileDate, compileHierarchy } from './compile-function.ts';
import { compilePath } from './compile-path.ts';
import { readIdChain } from './id-chain.ts';
import { compileLike, hasWildcard } from './like.ts';
import { isLookup } from './names.ts';
import type { Expression, Path, Query, TextFunction } from './query.ts';
import type { Database, Row } from './table.ts';

export type Truth = boolean | null;
export type Predicate = (row: Row) => Truth;

export interface Caller {
  readonly userId: string;
  readonly businessUnitId: string;
  /** Asked only where a function needs them. */
  readonly teamIds?: () => readonly string[];
  readonly roleUnitIds?: () => readonly string[];
  /** Locale id, e.g. 1033. */
  readonly language?: number;
}

export interface FilterContext {
  readonly database: Database;
  /** Needed by EqualUserId and its kin only. */
  readonly caller?: Caller | undefined;
  /** Milliseconds; needed by the functions on dates only. */
  readonly now?: number | undefined;
  /** Whether `x ne 1` keeps rows where x is null. */
  readonly notEqualMatchesNull: boolean;
}

export interface FilterOptions {
  readonly caller?: Caller | undefined;
  readonly now?: number | undefined;
  readonly notEqualMatchesNull?: boolean | undefined;
}

/** Without a filter every row is kept. */
export function compileQueryFilter({ filter }: Query, database: Database, options: FilterOptions): Predicate {
  if (filter === null) return () => true;
  const { caller, now, notEqualMatchesNull = true } = options;
  return compileFilter(filter, { database, caller, now, notEqualMatchesNull });
}

export function compileFilter(expression: Expression, context: FilterContext): Predicate {
  switch (expression.kind) {
    case 'and':
      return all(expression.operands.map((operand) => compileFilter(operand, context)));
    case 'or':
      return compileOr(expression.operands, context);
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
    case 'date':
      return compileDate(expression, context);
    case 'hierarchy':
      return compileHierarchy(expression, context);
    default:
      return expression satisfies never;
  }
}

/** A chain of ids is one look into a set, however long it is. */
function compileOr(operands: readonly Expression[], context: FilterContext): Predicate {
  const chain = readIdChain({ kind: 'or', operands });
  if (chain === null) return any(operands.map((operand) => compileFilter(operand, context)));
  const { ids, path } = chain;
  const read = compilePath(path, context.database);
  // The ids of references are in lower case already.
  if (isLookup(path.column)) {
    return (row) => {
      const value = read(row);
      return value === null ? null : ids.has(value as string);
    };
  }
  return (row) => {
    const value = read(row);
    return value === null ? null : ids.has(String(value).toLowerCase());
  };
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
