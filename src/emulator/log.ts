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
