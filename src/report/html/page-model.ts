/**
 * What a page holds, whatever it reports on: a verdict, numbers, and sections of rows whose texts are final. Made on
 * the server from a document, carried in the page, and shown by the same components there. Knows no document.
 */

export type Tone = 'bad' | 'warn' | 'good' | 'info' | 'quiet';

/** `class`, `kind`, `state`, `unit` and others that a page filters by; a row without one has no such property. */
export type Facets = Readonly<Record<string, string>>;

export interface Page {
  readonly title: string;
  readonly environment: string;
  readonly url: string;
  /** How fresh it is, and what made it. */
  readonly facts: readonly string[];
  readonly verdict: Verdict;
  readonly tiles: readonly Tile[];
  readonly charts: readonly Chart[];
  /** The section that the charts stand before. */
  readonly main: string;
  readonly facets: readonly Facet[];
  readonly sections: readonly Section[];
  readonly closing: Closing | null;
}

export interface Verdict {
  readonly tone: Tone;
  readonly text: string;
  readonly lines: readonly string[];
}

/** A number at the top; with `filter`, a button that shows what is counted. */
export interface Tile {
  readonly label: string;
  readonly value: number;
  readonly tone: Tone;
  readonly filter?: { readonly facet: string; readonly value: string };
}

export interface Facet {
  readonly key: string;
  readonly title: string;
}

export interface Chart {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** What is counted but not shown as a bar of its own. */
  readonly rest?: string;
}

export interface Bar {
  readonly label: string;
  readonly href?: string;
  readonly parts: readonly BarPart[];
}

export interface BarPart {
  /** Empty where a bar has one part only. */
  readonly label: string;
  readonly value: number;
  readonly tone: Tone;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  /** A list has no headings: its cells say what they are. */
  readonly layout: 'table' | 'list';
  /** What its number counts: the resources that its rows name, or the rows. */
  readonly counts?: 'rows';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Column {
  readonly title: string;
  /** How it is broken into lines: never, between words only, or wherever it has to be (and then with much room). */
  readonly size?: 'narrow' | 'words' | 'wide';
}

export interface Row {
  readonly cells: readonly Cell[];
  readonly facets: Facets;
  /** Below the row, as wide as the table. */
  readonly notes?: readonly Note[];
}

export type Cell = TextCell | BadgeCell | NamesCell | DiffCell | CommandCell;

export interface TextCell {
  readonly is: 'text';
  readonly lines: readonly string[];
  /** Where it is declared. */
  readonly places?: string;
  readonly tone?: Tone;
}

export interface BadgeCell {
  readonly is: 'badge';
  readonly text: string;
  readonly tone: Tone;
  readonly extra?: string;
  /** Where `extra` is explained. */
  readonly href?: string;
  /** Order of its column where that is not the order of the words. */
  readonly rank?: number;
}

/** One resource, or many that unfold. */
export interface NamesCell {
  readonly is: 'names';
  readonly title: string;
  readonly members: readonly Member[];
  /** Where all of them are declared; else each has its own. */
  readonly source?: string;
  /** Unfolded from the start. */
  readonly open?: boolean;
}

export interface Member {
  readonly address: string;
  /** Short for the address. */
  readonly name: string;
  readonly kind: string;
  readonly note?: string;
  readonly source?: string;
}

export interface DiffCell {
  readonly is: 'diff';
  readonly fields: readonly FieldDiff[];
  readonly lines: readonly string[];
}

export interface FieldDiff {
  readonly field: string;
  /** `null`: there was nothing, or it does not matter any more. */
  readonly from: string | null;
  readonly to: string | null;
  readonly note?: string;
  readonly source?: string;
  /** A long text line by line, each with its mark, in place of the two. */
  readonly text?: readonly string[];
}

export interface CommandCell {
  readonly is: 'command';
  readonly text: string;
}

export interface Note {
  readonly tone: Tone;
  readonly lead: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly href: string | null;
}

export interface Closing {
  readonly title: string;
  readonly lines: readonly string[];
  readonly command: string | null;
  /** The command for whoever accepts what guards refuse. */
  readonly accept?: { readonly lead: string; readonly command: string };
  readonly facts: readonly { readonly label: string; readonly text: string }[];
}
