/** Reads the cell a property path leads to, over lookups if need be. A lookup's own value is its id. */

import { leadsTo } from './names.ts';
import type { Hop, Path } from './query.ts';
import type { Database, Row } from './table.ts';

export type Scalar = null | boolean | number | string;

export function compilePath(path: Path, database: Database): (row: Row) => Scalar {
  const { name } = path.column;
  const read = (row: Row) => scalarOf(row, name);
  if (path.hops.length === 0) return read;
  return (row) => {
    const end = follow(row, path.hops, database);
    return end === undefined ? null : read(end);
  };
}

function follow(row: Row, hops: readonly Hop[], database: Database): Row | undefined {
  let current: Row | undefined = row;
  for (const { column, target } of hops) {
    const cell: Row[string] | undefined = current?.[column];
    if (!leadsTo(cell, target)) return undefined;
    current = database.row(target, cell.id);
  }
  return current;
}

function scalarOf(row: Row, name: string): Scalar {
  const cell = row[name] ?? null;
  return cell !== null && typeof cell === 'object' ? cell.id : cell;
}
