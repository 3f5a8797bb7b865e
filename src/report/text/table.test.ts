import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { type Column, table } from './table.ts';

interface Row {
  readonly name: string;
  readonly state: string;
  readonly note: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Name', cell: ({ name }) => name, rank: 0, least: 6 },
  { title: 'State', cell: ({ state }) => state, rank: 0 },
  { title: 'Note', cell: ({ note }) => note, rank: 1 },
];
const ROWS: readonly Row[] = [
  { name: 'サポート窓口', state: 'ok', note: 'first' },
  { name: 'Billing', state: 'failed', note: '' },
];

describe('table', () => {
  it.each<[string, number, readonly string[]]>([
    ['with room', 40, ['Name          State   Note', 'サポート窓口  ok      first', 'Billing       failed']],
    ['cuts what may be cut', 22, ['Name     State   Note', 'サポー…  ok      first', 'Billing  failed']],
    ['leaves out the last rank', 18, ['Name        State', 'サポート…   ok', 'Billing     failed']],
    ['never cuts below the least', 5, ['Name    State', 'サポ…   ok', 'Billi…  failed']],
  ])('%s', (_, width, expected) => {
    const style = { colors: picocolors.createColors(false), width, unicode: true };
    expect(table(COLUMNS, ROWS, style)).toEqual(expected);
  });
});
