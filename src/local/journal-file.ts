/**
 * The journal on disk: one JSON line for each event of a run, under `.mailboxctl/<environment>/runs/`. A line is on
 * disk before what it announces happens, so the files also tell a later run what an earlier one began.
 */

import { type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyOf } from '../apply/history.ts';
import type { JournalEvent } from '../model/events.generated.ts';
import type { Clock, History, Journal, JournalLine } from '../model/ports.ts';

/** Older runs say nothing that a reading does not say better. */
const RUNS_READ = 50;
const SUFFIX = '.jsonl';

export class JournalFile implements Journal {
  readonly #directory: string;
  readonly #clock: Clock;
  #file: FileHandle | null = null;
  #run = '';
  #seq = 0;
  /** Lines are written one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  /** `directory`: the folder of an environment's runs; it is made when the first line is written. */
  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  /** What the runs before this one say. A torn last line is what a killed run leaves; it is passed over. */
  async history(): Promise<History> {
    const names = await readdir(this.#directory).catch(ignoreMissing);
    const events: JournalEvent[] = [];
    const runs = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
    for (const run of runs.sort().slice(-RUNS_READ)) {
      const text = await readFile(join(this.#directory, `${run}${SUFFIX}`), 'utf8');
      for (const line of text.split('\n')) {
        const event = parseLine(line);
        if (event !== null) events.push(event);
      }
    }
    return historyOf(events);
  }

  /** Begins the file of a run. `digest` is the plan's; the file is readable by its owner only. */
  async begin(digest: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const time = new Date(this.#clock.now()).toISOString().replace(/[:.]/gu, '-');
    const short = digest.replace('sha256:', '').slice(0, 8);
    for (let attempt = 0; ; attempt += 1) {
      // Names sort as the runs began, also of those that began at once.
      this.#run = `${time}-${short}${attempt === 0 ? '' : `-${String(attempt).padStart(2, '0')}`}`;
      try {
        this.#file = await open(join(this.#directory, `${this.#run}${SUFFIX}`), 'ax', 0o600);
        return;
      } catch (error) {
        if (!isCode(error, 'EEXIST') || attempt >= 99) throw error;
      }
    }
  }

  append(lines: readonly JournalLine[]): Promise<readonly JournalEvent[]> {
    const written = this.#last.then(() => this.#write(lines));
    // The next lines do not inherit this failure; whoever asked for these is told.
    this.#last = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file?.close();
    this.#file = null;
  }

  async #write(lines: readonly JournalLine[]): Promise<readonly JournalEvent[]> {
    if (this.#file === null) throw new Error('The journal of this run is not open');
    const time = new Date(this.#clock.now()).toISOString();
    const events = lines.map((line, index): JournalEvent => {
      return { time, run: this.#run, seq: this.#seq + index + 1, ...line };
    });
    this.#seq += events.length;
    await this.#file.appendFile(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    // An intent has to outlive the machine: what it announces is about to happen. The rest has to outlive the process.
    if (lines.some(({ event }) => event === 'intent')) await this.#file.datasync();
    return events;
  }
}

function parseLine(line: string): JournalEvent | null {
  if (line === '') return null;
  try {
    const event: unknown = JSON.parse(line);
    return typeof event === 'object' && event !== null ? (event as JournalEvent) : null;
  } catch {
    // Only the last line of a killed run can be torn; its intent, if it was one, had not been acted on yet.
    return null;
  }
}

function ignoreMissing(error: unknown): string[] {
  if (isCode(error, 'ENOENT')) return [];
  throw error;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
