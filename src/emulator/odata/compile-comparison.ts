/**
 * Comparisons and value lists as closures. Text compares without case; a comparison with null is unknown, except
 * that `eq null` and `ne null` ask for it.
 */

import type { FilterContext, Predicate, Truth } from './compile-filter.ts';
import { compilePath, type Scalar } from './compile-path.ts';
import { literalTypeOf } from './literal.ts';
import type { Comparison, Expression, Literal, Path } from './query.ts';
import type { Column, Row } from './table.ts';

type Comparable = boolean | number | string;
type Reader = (row: Row) => Comparable | null;
type Conditions = Pick<Extract<Expression, { kind: 'compare' }>, 'operator' | 'left' | 'right'>;

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

export function compileComparison({ operator, left, right }: Conditions, context: FilterContext): Predicate {
  if (left.kind === 'literal')
    return compileComparison({ operator: MIRRORED[operator], left: right, right: left }, context);
  const read = compileReader(left.path, context);
  if (right.kind === 'path') return compareReaders(operator, read, compileReader(right.path, context));
  return compareLiteral(operator, read, right.literal, context);
}

export function compileList(
  expression: Extract<Expression, { kind: 'list' }>,
  context: FilterContext,
): Predicate {
  const { name, path } = expression;
  const read = compileReader(path, context);
  const values = expression.values.map(comparableOf);
  const negated = name === 'NotIn' || name === 'NotBetween';
  const holds = name.endsWith('Between') ? between(values) : oneOf(values);
  return (row) => {
    const value = read(row);
    return value === null ? null : holds(value) !== negated;
  };
}

function between(values: readonly (Comparable | null)[]): (value: Comparable) => boolean {
  const [low = null, high = null] = values;
  return (value) => low !== null && high !== null && value >= low && value <= high;
}

function oneOf(values: readonly (Comparable | null)[]): (value: Comparable) => boolean {
  const set = new Set(values);
  return (value) => set.has(value);
}

function compareReaders(operator: Comparison, left: Reader, right: Reader): Predicate {
  const test = testOf(operator);
  return (row) => {
    const a = left(row);
    const b = right(row);
    return a === null || b === null ? null : test(a, b);
  };
}

/** The service's `ne` keeps rows without a value, unlike SQL's `<>`: observed for the query engine behind the Web API (MarkMpn/Sql4Cds issue 167). */
function compareLiteral(
  operator: Comparison,
  read: Reader,
  literal: Literal,
  context: FilterContext,
): Predicate {
  const wanted = comparableOf(literal);
  if (wanted === null) return compareNull(operator, read);
  const test = testOf(operator);
  const whenNull: Truth = operator === 'ne' && context.notEqualMatchesNull ? true : null;
  return (row) => {
    const value = read(row);
    return value === null ? whenNull : test(value, wanted);
  };
}

function compareNull(operator: Comparison, read: Reader): Predicate {
  if (operator === 'eq') return (row) => read(row) === null;
  if (operator === 'ne') return (row) => read(row) !== null;
  return () => null;
}

function testOf(operator: Comparison): (a: Comparable, b: Comparable) => boolean {
  switch (operator) {
    case 'eq':
      return (a, b) => a === b;
    case 'ne':
      return (a, b) => a !== b;
    case 'gt':
      return (a, b) => a > b;
    case 'ge':
      return (a, b) => a >= b;
    case 'lt':
      return (a, b) => a < b;
    case 'le':
      return (a, b) => a <= b;
    default:
      return operator satisfies never;
  }
}

function compileReader(path: Path, context: FilterContext): Reader {
  const read = compilePath(path, context.database);
  const normalize = normalizerOf(path.column);
  return (row) => normalize(read(row));
}

export function normalizerOf(column: Column): (value: Scalar) => Comparable | null {
  const type = literalTypeOf(column);
  if (type === 'date') return (value) => (typeof value === 'string' ? Date.parse(value) : value);
  if (type === 'string' || type === 'guid')
    return (value) => (typeof value === 'string' ? value.toLowerCase() : value);
  return (value) => value;
}

function comparableOf(literal: Literal): Comparable | null {
  if (literal.type === 'null') return null;
  return literal.type === 'string' ? literal.value.toLowerCase() : literal.value;
}
