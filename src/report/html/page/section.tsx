/** One section of a page: its rows as a table or a list, a page of them at a time, sorted as the reader likes. */

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Column, Row, Section } from '../page-model.ts';
import { CellView, Notes } from './cells.tsx';
import { countAll, countItems, type Hit, inOrder, isEverything, type Order, type View } from './match.ts';
import type { Shown } from './names.tsx';
import { number } from './number.ts';

/** Rows in the page at a time; more would make it slow, and nobody reads them. */
const ROWS = 50;
const PRINTED = 1000;

interface SectionProps {
  readonly section: Section;
  readonly hits: readonly Hit[];
  readonly view: View;
  readonly printing: boolean;
}

export function SectionView({ section, hits, view, printing }: SectionProps): VNode {
  const [order, setOrder] = useState<Order | null>(null);
  const [paging, setPaging] = useState({ view, first: 0 });
  const { id, title, note, layout } = section;
  const first = printing || paging.view !== view ? 0 : paging.first;
  const shown = inOrder(hits, order).slice(first, first + (printing ? PRINTED : ROWS));
  const narrowed = !isEverything(view);
  const body = { section, shown, order, narrowed, printing, setOrder };
  return (
    <section id={id} aria-labelledby={`${id}-title`} hidden={hits.length === 0}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {title} <span class="count">{countText(section, hits)}</span>
      </h2>
      {note === undefined ? null : <p class="note">{note}</p>}
      {hits.length === 0 ? null : layout === 'list' ? <List {...body} /> : <Table {...body} />}
      <Pager
        title={title}
        first={first}
        shown={shown.length}
        all={hits.length}
        go={(to) => setPaging({ view, first: to })}
        printing={printing}
      />
    </section>
  );
}

/** `48 in 6 groups`, `3 of 48`. */
function countText(section: Section, hits: readonly Hit[]): string {
  const all = countAll(section);
  const items = countItems(section, hits);
  const groups =
    items > hits.length ? ` in ${number(hits.length)} ${hits.length === 1 ? 'group' : 'groups'}` : '';
  return items === all ? `${number(items)}${groups}` : `${number(items)} of ${number(all)}`;
}

interface BodyProps {
  readonly section: Section;
  readonly shown: readonly Hit[];
  readonly order: Order | null;
  readonly narrowed: boolean;
  readonly printing: boolean;
  readonly setOrder: (order: Order | null) => void;
}

function List({ section, shown, narrowed, printing }: BodyProps): VNode {
  return (
    <ul class="entries">
      {shown.map(({ row, members }) => (
        <li key={keyOf(row)}>
          {row.cells.map((cell, index) => (
            <div key={index} class={`cell ${section.columns[index]?.size ?? ''}`}>
              <CellView cell={cell} shown={{ members, narrowed, printing }} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** Said, since a narrow page shows rows as blocks, which takes the meaning of a table away. */
const ROLES = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;

function Table({ section, shown, order, narrowed, printing, setOrder }: BodyProps): VNode {
  const { columns, title } = section;
  return (
    <table {...ROLES.table} class={`columns-${columns.length}`}>
      <caption class="unseen">{title}</caption>
      <thead {...ROLES.rowgroup}>
        <tr {...ROLES.row}>
          {columns.map((column, index) => (
            <Heading key={column.title} column={column} index={index} order={order} setOrder={setOrder} />
          ))}
        </tr>
      </thead>
      <tbody {...ROLES.rowgroup}>
        {shown.map(({ row, members }) => (
          <Cells key={keyOf(row)} row={row} columns={columns} shown={{ members, narrowed, printing }} />
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps {
  readonly column: Column;
  readonly index: number;
  readonly order: Order | null;
  readonly setOrder: (order: Order | null) => void;
}

/** Once sorts upwards, again downwards, a third time as it was. */
function Heading({ column, index, order, setOrder }: HeadingProps): VNode {
  const own = order?.column === index ? order : null;
  const sorted = own === null ? undefined : own.descending ? 'descending' : 'ascending';
  const next =
    own === null
      ? { column: index, descending: false }
      : own.descending
        ? null
        : { ...own, descending: true };
  return (
    <th {...ROLES.columnheader} scope="col" aria-sort={sorted} class={column.size}>
      <button type="button" class="sort" onClick={() => setOrder(next)}>
        {column.title}
        <span aria-hidden="true" class="mark">
          {own === null ? '' : own.descending ? ' ▼' : ' ▲'}
        </span>
      </button>
    </th>
  );
}

function Cells({ row, columns, shown }: { row: Row; columns: readonly Column[]; shown: Shown }): VNode {
  const notes = row.notes ?? [];
  return (
    <>
      <tr {...ROLES.row} class={notes.length > 0 ? 'noted' : undefined}>
        {row.cells.map((cell, index) => (
          <td key={index} {...ROLES.cell} data-title={columns[index]?.title} class={columns[index]?.size}>
            <CellView cell={cell} shown={shown} />
          </td>
        ))}
      </tr>
      {notes.length === 0 ? null : (
        <tr {...ROLES.row} class="under">
          <td {...ROLES.cell} colSpan={columns.length}>
            <Notes notes={notes} />
          </td>
        </tr>
      )}
    </>
  );
}

const keys = new WeakMap<Row, number>();
let lastKey = 0;

/** Rows are the same objects as long as the page is open; what unfolds stays with its row. */
function keyOf(row: Row): number {
  const known = keys.get(row);
  if (known !== undefined) return known;
  lastKey += 1;
  keys.set(row, lastKey);
  return lastKey;
}

interface PagerProps {
  readonly title: string;
  readonly first: number;
  readonly shown: number;
  readonly all: number;
  readonly printing: boolean;
  readonly go: (first: number) => void;
}

function Pager({ title, first, shown, all, printing, go }: PagerProps): VNode | null {
  if (all <= shown) return null;
  const range = `${number(first + 1)}–${number(first + shown)} of ${number(all)}`;
  if (printing) return <p class="pager">Printed: {range} rows.</p>;
  const last = Math.floor((all - 1) / ROWS) * ROWS;
  const turn = (label: string, to: number, possible: boolean): VNode => (
    <button type="button" aria-disabled={!possible} onClick={() => possible && go(to)}>
      {label}
    </button>
  );
  return (
    <nav class="pager" aria-label={`Pages of ${title}`}>
      <span role="status">Rows {range}</span>
      <span class="scripted">
        {turn('First', 0, first > 0)}
        {turn('Previous', first - ROWS, first > 0)}
        {turn('Next', first + ROWS, first < last)}
        {turn('Last', last, first < last)}
      </span>
    </nav>
  );
}
