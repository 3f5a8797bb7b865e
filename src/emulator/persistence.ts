/**
 * The rows between commands: a directory with the start of the world, a journal with one line for each answered
 * request that changed something – written before the answer leaves –, and now and then a snapshot. A torn last line
 * is what a killed process was still writing: it was never answered.
 */

import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Row } from './odata/table.ts';
import type { Organization } from './organization.ts';

export type JournalLine =
  | {
      readonly kind: 'rows';
      readonly clock: number;
      readonly version: number;
      readonly rows: readonly RowLine[];
    }
  | { readonly kind: 'bump'; readonly clock: number; readonly version: number }
  | { readonly kind: 'clock'; readonly clock: number };

/** A row as it is after the change; null: removed. */
export type RowLine = readonly [table: string, id: string, row: Row | null];

export interface SavedState {
  readonly startedAt: number;
  readonly snapshot:
    | { readonly version: number; readonly clock: number; readonly rows: readonly RowLine[] }
    | undefined;
  readonly journal: readonly JournalLine[];
}

export interface StateStore {
  /** What was kept; undefined: nothing, or for another organization file. */
  readonly saved: SavedState | undefined;
  readonly notices: readonly string[];
  start(startedAt: number): void;
  append(line: JournalLine): void;
  /** Replaces the journal, if it has grown long. */
  compact(
    snapshot: () => { readonly version: number; readonly clock: number; readonly rows: Iterable<RowLine> },
  ): void;
  close(): void;
}

interface Meta {
  readonly format: 1;
  readonly digest: string;
  readonly startedAt: number;
}

/** Characters of journal after which a snapshot takes its place. */
const usualJournal = 16 * 1024 * 1024;

export function digestOf(organization: Organization): string {
  return createHash('sha256').update(JSON.stringify(organization)).digest('hex');
}

export function openStateDirectory(
  directory: string,
  digest: string,
  longJournal = usualJournal,
): StateStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const files = {
    meta: join(directory, 'state.json'),
    journal: join(directory, 'journal.jsonl'),
    snapshot: join(directory, 'snapshot.jsonl'),
  };
  const meta = readMeta(files.meta);
  const isSame = meta?.digest === digest;
  let descriptor: number | undefined;
  let written = 0;

  function journal(): number {
    descriptor ??= openSync(files.journal, 'a', 0o600);
    return descriptor;
  }
  function close(): void {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  }
  return {
    saved: meta !== undefined && isSame ? readState(files, meta) : undefined,
    notices:
      meta === undefined || isSame
        ? []
        : ['The organization file has changed: the embedded Dataverse starts afresh.'],
    start(startedAt) {
      close();
      written = 0;
      rmSync(files.journal, { force: true });
      rmSync(files.snapshot, { force: true });
      const fresh: Meta = { format: 1, digest, startedAt };
      writeFileAtomic.sync(files.meta, `${JSON.stringify(fresh)}\n`, { mode: 0o600 });
    },
    append(line) {
      const text = `${JSON.stringify(line)}\n`;
      writeSync(journal(), text);
      fdatasyncSync(journal());
      written += text.length;
    },
    compact(snapshot) {
      if (written < longJournal) return;
      const { version, clock, rows } = snapshot();
      const lines = [JSON.stringify({ version, clock })];
      for (const row of rows) lines.push(JSON.stringify(row));
      writeFileAtomic.sync(files.snapshot, `${lines.join('\n')}\n`, { mode: 0o600 });
      close();
      rmSync(files.journal, { force: true });
      written = 0;
    },
    close,
  };
}

function readMeta(file: string): Meta | undefined {
  if (!existsSync(file)) return undefined;
  const meta = parseMeta(readFileSync(file, 'utf8'));
  if (meta !== undefined) return meta;
  throw new StateError(
    `${file} is damaged. Remove the folder ${dirname(file)} to start the embedded Dataverse afresh.`,
  );
}

/** What is kept cannot be read. */
class StateError extends Error {
  override readonly name = 'StateError';
}

function parseMeta(text: string): Meta | undefined {
  try {
    const meta = JSON.parse(text) as Partial<Meta> | null;
    return typeof meta?.digest === 'string' && typeof meta.startedAt === 'number'
      ? (meta as Meta)
      : undefined;
  } catch {
    // Whoever asked is told that the file is damaged.
    return undefined;
  }
}

function readState(files: { readonly journal: string; readonly snapshot: string }, meta: Meta): SavedState {
  const [head, ...rows] = readLines(files.snapshot);
  const journal = readLines(files.journal) as readonly JournalLine[];
  if (head === undefined) return { startedAt: meta.startedAt, snapshot: undefined, journal };
  const { version, clock } = head as { version: number; clock: number };
  // Lines from before the snapshot are left over when the process died between the two files.
  const later = journal.filter((line) => isLater(line, version));
  return {
    startedAt: meta.startedAt,
    snapshot: { version, clock, rows: rows as readonly RowLine[] },
    journal: later,
  };
}

function isLater(line: JournalLine, version: number): boolean {
  if (line.kind === 'clock') return true;
  return line.kind === 'bump' ? line.version >= version : line.version > version;
}

/** Cuts off a torn last line, so that later lines start on a line of their own. */
function readLines(file: string): readonly unknown[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) writeFileAtomic.sync(file, whole, { mode: 0o600 });
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
