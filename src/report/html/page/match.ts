/** Which rows and names a view shows, and in which order. Pure; the same on the server and in the page. */

import { compareText, foldText } from '../../../model/value.ts';
import type { Cell, Facets, Member, Row, Section } from '../page-model.ts';

export interface View {
  readonly query: string;
  /** Chosen values; of `kind` the names of a row count, not the row. */
  readonly facets: Facets;
}

export const EVERYTHING: View = { query: '', facets: {} };

export interface Hit {
  readonly row: Row;
  /** Those of its names that match; `null` where the row has none. */
  readonly members: readonly Member[] | null;
}

export interface Order {
  readonly column: number;
  readonly descending: boolean;
}

export function isEverything({ query, facets }: View): boolean {
  return query.trim() === '' && Object.keys(facets).length === 0;
}

export function hitsOf({ rows }: Section, view: View): readonly Hit[] {
  const words = foldText(view.query).split(/\s+/u).filter(Boolean);
  const { kind, ...others } = view.facets;
  const wanted = Object.entries(others);
  const hits: Hit[] = [];
  for (const row of rows) {
    if (!wanted.every(([key, value]) => row.facets[key] === value)) continue;
    const hit = hitOf(row, words, kind);
    if (hit !== null) hits.push(hit);
  }
  return hits;
}

/** A word may stand in the row or beside the name: both together have to hold them all. */
function hitOf(row: Row, words: readonly string[], kind: string | undefined): Hit | null {
  const members = membersOf(row);
  const { text, names } = indexOf(row);
  const missing = words.filter((word) => !text.includes(word));
  if (members === null)
    return missing.length === 0 && (kind === undefined || row.facets.kind === kind) ? { row, members } : null;
  const fitting = members.filter(
    (member, index) =>
      (kind === undefined || member.kind === kind) &&
      missing.every((word) => names[index]?.includes(word) === true),
  );
  return fitting.length === 0 ? null : { row, members: fitting };
}

export function membersOf({ cells }: Row): readonly Member[] | null {
  for (const cell of cells) if (cell.is === 'names') return cell.members;
  return null;
}

/** How many things the hits stand for: a group counts as what it holds. */
export function countItems({ counts }: Section, hits: readonly Hit[]): number {
  if (counts === 'rows') return hits.length;
  return hits.reduce((sum, { members }) => sum + (members?.length ?? 1), 0);
}

export function countAll({ counts, rows }: Section): number {
  if (counts === 'rows') return rows.length;
  return rows.reduce((sum, row) => sum + (membersOf(row)?.length ?? 1), 0);
}

interface Indexed {
  readonly text: string;
  readonly names: readonly string[];
}

const indexed = new WeakMap<Row, Indexed>();

/** Folded once, when it is first searched. */
function indexOf(row: Row): Indexed {
  const known = indexed.get(row);
  if (known !== undefined) return known;
  const notes = (row.notes ?? []).flatMap(({ lead, text, lines }) => [lead, text, ...lines]);
  const facets = Object.values(row.facets);
  const own = {
    text: foldText([...row.cells.flatMap(textsOf), ...notes, ...facets].join('\n')),
    names: (membersOf(row) ?? []).map(({ address, name, kind, note, source }) =>
      foldText([address, name, kind, note, source].join('\n')),
    ),
  };
  indexed.set(row, own);
  return own;
}

/** Without the names of a group, each of which is found by itself. */
function textsOf(cell: Cell): readonly string[] {
  switch (cell.is) {
    case 'text':
      return [...cell.lines, cell.places ?? ''];
    case 'badge':
      return [cell.text, cell.extra ?? ''];
    case 'command':
      return [cell.text];
    case 'names':
      return [cell.title, cell.source ?? ''];
    case 'diff':
      return [
        ...cell.lines,
        ...cell.fields.flatMap(({ field, from, to, note, source, text }) => [
          field,
          from ?? '',
          to ?? '',
          note ?? '',
          source ?? '',
          ...(text ?? []),
        ]),
      ];
    default:
      return cell satisfies never;
  }
}

/** Rows without anything in the column stay last. */
export function inOrder(hits: readonly Hit[], order: Order | null): readonly Hit[] {
  if (order === null) return hits;
  const { column, descending } = order;
  const keyed = hits.map((hit) => ({ hit, key: sortKey(hit.row.cells[column]) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === '' || b.key === '') return a.key === b.key ? 0 : a.key === '' ? 1 : -1;
    return sign * compareText(a.key, b.key);
  });
  return keyed.map(({ hit }) => hit);
}

function sortKey(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (cell.is === 'badge' && cell.rank !== undefined) return String(cell.rank).padStart(6, '0');
  if (cell.is === 'names') return foldText(cell.members[0]?.name ?? cell.title);
  return withWholeNumbers(foldText(textsOf(cell).join(' ').trim()));
}

/** Line 9 comes before line 10. */
function withWholeNumbers(text: string): string {
  return text.replace(/\d+/gu, (digits) => digits.padStart(8, '0'));
}
