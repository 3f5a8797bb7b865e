/** Finds in a filter the ids that a row must have, so that rows can be looked up instead of searched. */

import { isGuid, isLookup } from './names.ts';
import type { Expression, Path } from './query.ts';
import type { Table } from './table.ts';

export interface IdChain {
  readonly path: Path;
  /** Lower case. */
  readonly ids: ReadonlySet<string>;
}

/** `x eq id`, any number of them joined by or, or `In`: all about one column. Null for anything else. */
export function readIdChain(expression: Expression): IdChain | null {
  if (expression.kind === 'compare') return readEquality(expression);
  if (expression.kind === 'list') return readList(expression);
  if (expression.kind !== 'or') return null;
  const chains = expression.operands.map(readIdChain);
  const [first] = chains;
  if (first === null || first === undefined) return null;
  const ids = new Set<string>();
  for (const chain of chains) {
    if (chain === null || !isSamePath(chain.path, first.path)) return null;
    for (const id of chain.ids) ids.add(id);
  }
  return { path: first.path, ids };
}

/** The ids that a column of the row itself must be among; the primary key first, then a lookup. */
export function requiredIds(expression: Expression | null, table: Table): IdChain | null {
  if (expression === null) return null;
  const parts = expression.kind === 'and' ? expression.operands : [expression];
  const chains = parts.flatMap((part) => readIdChain(part) ?? []).filter(isOwn);
  const primary = chains.find(({ path }) => path.column.name === table.primaryId);
  return primary ?? chains.find(({ path }) => isLookup(path.column)) ?? null;
}

function isOwn({ path }: IdChain): boolean {
  return path.variable === null && path.hops.length === 0;
}

function readEquality(expression: Extract<Expression, { kind: 'compare' }>): IdChain | null {
  const { operator, left, right } = expression;
  if (operator !== 'eq' || left.kind !== 'path' || right.kind !== 'literal') return null;
  return right.literal.type === 'guid' ? { path: left.path, ids: new Set([right.literal.value]) } : null;
}

function readList({ name, path, values }: Extract<Expression, { kind: 'list' }>): IdChain | null {
  if (name !== 'In' || !isGuid(path.column)) return null;
  const ids = values.flatMap((value) => (value.type === 'guid' ? [value.value] : []));
  return ids.length === values.length ? { path, ids: new Set(ids) } : null;
}

function isSamePath(a: Path, b: Path): boolean {
  return (
    a.column === b.column &&
    a.variable === b.variable &&
    a.hops.length === b.hops.length &&
    a.hops.every(({ property }, index) => property === b.hops[index]?.property)
  );
}
