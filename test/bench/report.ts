/** What a section of the bench found: figures, each beside its aim where there is one, and tables. */

import { fixed, type Row, table } from './table.ts';

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit?: string;
  readonly digits?: number;
  readonly aim?: Aim;
}

export type Aim = { readonly atLeast: number } | { readonly atMost: number } | { readonly exactly: number };

export interface Table {
  readonly head: Row;
  readonly rows: readonly Row[];
}

export interface Findings {
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  /** What a reader has to know to judge the numbers. */
  readonly notes: readonly string[];
}

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly measure: (options: Options) => Promise<Findings>;
}

export interface Options {
  /** Small numbers, for a machine that only wants to see that all of it runs. */
  readonly quick: boolean;
  /** The whole grid, which takes some minutes. */
  readonly full: boolean;
  /** Each cell of the grid in a line of its own. */
  readonly cells: boolean;
  /** The program as it is shipped; built when it is first asked for. */
  readonly program: () => Promise<string>;
}

const WIDTH = 100;

export function sectionText(title: string, { figures, tables, notes }: Findings): string {
  const judged = figures.length === 0 ? [] : [{ head: FIGURE_HEAD, rows: figures.map(figureRow) }];
  const texts = [...tables, ...judged].map(({ head, rows }) => table(head, rows));
  return `${title}\n${'─'.repeat(title.length)}\n${[...texts, ...notes.map(wrapped)].join('\n')}`;
}

const FIGURE_HEAD: Row = ['', 'measured', 'aim', ''];

function figureRow(figure: Figure): Row {
  const { what, value, unit, digits = 2, aim } = figure;
  const shown = `${fixed(value, digits)}${unit === undefined ? '' : ` ${unit}`}`;
  return [what, shown, aim === undefined ? '' : aimText(aim), verdictOf(figure) ?? ''];
}

function aimText(aim: Aim): string {
  if ('atLeast' in aim) return `≥ ${aim.atLeast}`;
  return 'atMost' in aim ? `≤ ${aim.atMost}` : `${aim.exactly}`;
}

export function verdictOf({ value, aim }: Figure): 'met' | 'missed' | null {
  if (aim === undefined) return null;
  return isMet(value, aim) ? 'met' : 'missed';
}

function isMet(value: number, aim: Aim): boolean {
  if ('atLeast' in aim) return value >= aim.atLeast;
  return 'atMost' in aim ? value <= aim.atMost : value === aim.exactly;
}

function wrapped(note: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of note.split(' ')) {
    if (line.length + word.length >= WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return `${[...lines, line].join('\n')}\n`;
}
