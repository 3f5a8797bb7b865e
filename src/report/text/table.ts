/** A table that fits the page: columns that matter least go first, then the widest cells are cut. */

import { type Style, signs } from '../style.ts';
import { cut, padEnd, textWidth } from '../text.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly colour?: (row: Row, text: string) => string;
  /** 0 stays always; the highest is left out first. */
  readonly rank: number;
  /** May be cut down to so many columns; never when absent. */
  readonly least?: number;
}

/** Titles of the columns that are left where the page is narrow. */
export function titlesShown<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width }: Style,
): readonly string[] {
  const measured = columns.map((column) => ({ column, width: naturalWidth(column, rows) }));
  return leaveOut(measured, width).map(({ column }) => column.title);
}

interface Measured<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

const GAP = 2;

export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: Style,
): readonly string[] {
  const measured = columns.map((column) => ({ column, width: naturalWidth(column, rows) }));
  const fitting = shrink(leaveOut(measured, style.width), style.width);
  const { ellipsis } = signs(style);
  const head = fitting.map(({ column, width }) =>
    padEnd(style.colors.bold(cut(column.title, width, ellipsis)), width),
  );
  const body = rows.map((row) =>
    fitting.map(({ column, width }) => {
      const text = cut(column.cell(row), width, ellipsis);
      return padEnd(column.colour?.(row, text) ?? text, width);
    }),
  );
  return [head, ...body].map((cells) => cells.join(' '.repeat(GAP)).trimEnd());
}

function naturalWidth<Row>({ title, cell }: Column<Row>, rows: readonly Row[]): number {
  let width = textWidth(title);
  for (const row of rows) width = Math.max(width, textWidth(cell(row)));
  return width;
}

function leaveOut<Row>(columns: readonly Measured<Row>[], width: number): readonly Measured<Row>[] {
  const needed = total(
    columns.map(({ column, width: natural }) => Math.min(natural, column.least ?? natural)),
  );
  const last = columns.reduce((rank, { column }) => Math.max(rank, column.rank), 0);
  if (needed <= width || last === 0) return columns;
  return leaveOut(
    columns.filter(({ column }) => column.rank < last),
    width,
  );
}

/** Takes what is too much from the widest of the columns that may be cut, one column of text at a time. */
function shrink<Row>(columns: readonly Measured<Row>[], width: number): readonly Measured<Row>[] {
  const widths = columns.map((measured) => measured.width);
  const mayGive = (at: number): boolean =>
    (widths[at] ?? 0) > (columns[at]?.column.least ?? Number.POSITIVE_INFINITY);
  for (let excess = total(widths) - width; excess > 0; excess--) {
    const widest = Math.max(...widths.filter((_, at) => mayGive(at)));
    const at = widths.findIndex((one, index) => one === widest && mayGive(index));
    if (at < 0) break;
    widths[at] = widest - 1;
  }
  return columns.map((measured, at) => ({ ...measured, width: widths[at] ?? measured.width }));
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);
}
