/**
 * The order of rows and the choice of one page: the first n rows after a position, without sorting the rest.
 * Nulls come first, text without case, choices by number, lookups by name; the primary id decides between equals.
 */

import { normalizerOf } from './compile-comparison.ts';
import { isLookup } from './names.ts';
import type { Key, OrderItem } from './query.ts';
import type { Cell, Column, Row } from './table.ts';

export interface Placed {
  readonly row: Row;
  readonly keys: readonly Key[];
  readonly id: string;
}

type Position = Pick<Placed, 'keys' | 'id'>;

const NO_KEYS: readonly Key[] = [];

export function placer(items: readonly OrderItem[], primaryId: string): (row: Row) => Placed {
  if (items.length === 0) return (row) => ({ row, keys: NO_KEYS, id: String(row[primaryId]) });
  const readers = items.map(({ column }) => keyReader(column));
  return (row) => ({ row, keys: readers.map((read) => read(row)), id: String(row[primaryId]) });
}

export function comparePlaces(items: readonly OrderItem[]): (a: Position, b: Position) => number {
  if (items.length === 0) return (a, b) => compareText(a.id, b.id);
  const signs = items.map(({ descending }) => (descending ? -1 : 1));
  return (a, b) => {
    for (let index = 0; index < signs.length; index += 1) {
      const order = compareKeys(a.keys[index] ?? null, b.keys[index] ?? null);
      if (order !== 0) return order * (signs[index] ?? 1);
    }
    return compareText(a.id, b.id);
  };
}

/** Keeps at most twice the wanted number at hand and drops what can no longer be among the first. */
export class FirstRows {
  readonly #limit: number;
  readonly #compare: (a: Placed, b: Placed) => number;
  #kept: Placed[] = [];
  #bound: Placed | undefined;

  constructor(limit: number, compare: (a: Placed, b: Placed) => number) {
    this.#limit = limit;
    this.#compare = compare;
  }

  add(place: Placed): void {
    if (this.#bound !== undefined && this.#compare(place, this.#bound) >= 0) return;
    this.#kept.push(place);
    if (this.#kept.length >= 2 * this.#limit + 16) this.#shrink();
  }

  sorted(): readonly Placed[] {
    this.#shrink();
    return this.#kept;
  }

  #shrink(): void {
    this.#kept.sort(this.#compare);
    if (this.#kept.length < this.#limit) return;
    this.#kept = this.#kept.slice(0, this.#limit);
    this.#bound = this.#kept.at(-1);
  }
}

/** "When you order using lookup columns, the results are sorted using the primary name field" – Microsoft Learn, "Order rows using OData". */
function keyReader(column: Column): (row: Row) => Key {
  const { name } = column;
  if (isLookup(column)) return (row) => referenceName(row[name] ?? null);
  const normalize = normalizerOf(column);
  return (row) => {
    const cell = row[name] ?? null;
    return cell !== null && typeof cell === 'object' ? null : normalize(cell);
  };
}

function referenceName(cell: Cell): string | null {
  if (cell === null || typeof cell !== 'object') return null;
  return cell.name?.toLowerCase() ?? '';
}

export function compareKeys(a: Key, b: Key): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
