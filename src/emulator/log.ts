/** What was asked and answered, in order. Names of body keys only, never values: a log may be printed. */

export interface LogPart {
  readonly method: string;
  /** Below the service root, with the query. */
  readonly path: string;
  readonly table: string | null;
  readonly status: number;
  readonly keys: readonly string[];
}

export interface LogEntry extends LogPart {
  readonly seq: number;
  /** ISO time of the embedded clock. */
  readonly time: string;
  readonly caller: string;
  /** Requests of a $batch. */
  readonly parts?: readonly LogPart[];
  /** What a fault did to the request. */
  readonly fault?: string;
}

export interface Log {
  readonly entries: readonly LogEntry[];
  add(entry: Omit<LogEntry, 'seq'>): void;
  clear(): void;
}

/** Keeps the last ones, at least as many operations as the limit says; without a limit all. */
export function createLog(limit = Number.POSITIVE_INFINITY): Log {
  const entries: LogEntry[] = [];
  let seq = 0;
  let operations = 0;

  /** In large steps: every cut moves what is left. */
  function shorten(): void {
    if (operations < 2 * limit) return;
    let first = 0;
    for (; operations > limit; first += 1) operations -= weight(entries[first]);
    entries.splice(0, first);
  }
  return {
    entries,
    add(entry) {
      seq += 1;
      entries.push({ seq, ...entry });
      operations += weight(entry);
      shorten();
    },
    clear() {
      entries.length = 0;
      seq = 0;
      operations = 0;
    },
  };
}

function weight(entry: Pick<LogEntry, 'parts'> | undefined): number {
  return Math.max(1, entry?.parts?.length ?? 1);
}

export function bodyKeys(body: string): readonly string[] {
  if (!body.trimStart().startsWith('{')) return [];
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? Object.keys(value).sort() : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
