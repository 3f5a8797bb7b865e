/**
 * Rows of a plain selection straight as JSON text: large pages cost little more than writing them out. Whatever needs
 * annotations or related rows is rendered as objects next door; both give the same.
 */

import { isGuid, propertyOf } from './names.ts';
import type { Query } from './query.ts';
import { columnsOf, type RenderOptions } from './render-row.ts';
import type { Cell, Column, Row, Table } from './table.ts';

/** Null where the query asks for more than columns. */
export function textRenderer(
  query: Query,
  table: Table,
  { annotations }: RenderOptions,
): ((row: Row) => string) | null {
  if (query.expand.length > 0 || annotations !== 'none') return null;
  const columns = columnsOf(query, table);
  const keys = columns.map((column) => `${JSON.stringify(propertyOf(column))}:`);
  const names = columns.map(({ name }) => name);
  const writers = columns.map(writerOf);
  const inherited = table.inheritedKey === undefined ? null : `,${JSON.stringify(table.inheritedKey)}:`;
  return (row) => {
    let text = etagOf(row);
    for (let at = 0; at < keys.length; at += 1) {
      const name = names[at] ?? '';
      text += (text === '{' ? '' : ',') + keys[at] + (writers[at]?.(row[name] ?? null) ?? 'null');
    }
    if (inherited !== null) text += inherited + plain(row[table.primaryId] ?? null);
    return `${text}}`;
  };
}

function etagOf({ versionnumber: version }: Row): string {
  return typeof version === 'number' ? `{"@odata.etag":"W/\\"${version}\\""` : '{';
}

/** Ids and dates hold nothing that has to be escaped. */
function writerOf(column: Column): (cell: Cell) => string {
  return isGuid(column) || column.type === 'DateTime' ? plain : escaped;
}

function plain(cell: Cell): string {
  if (typeof cell === 'string') return `"${cell}"`;
  return cell !== null && typeof cell === 'object' ? `"${cell.id}"` : String(cell);
}

function escaped(cell: Cell): string {
  if (typeof cell === 'string') return JSON.stringify(cell);
  return plain(cell);
}
