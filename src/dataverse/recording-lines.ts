/** The lines of a recording: a head, then one line for each request with its answer. */

import { isObject, parseObject } from './service-answer.ts';

export interface RecordingHead {
  readonly recording: 1;
  /** Scheme, host and port of the environment; answers hold links to it. */
  readonly environment: string;
  /** For people: what is in the file, and what is not. */
  readonly contains: string;
}

export interface RecordedExchange {
  /** When the request was sent, and how long it took, by the clock of the run. */
  readonly time: string;
  readonly ms: number;
  readonly request: {
    readonly method: string;
    /** With its query. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  /** `null`: none came, and `failure` says why. */
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
  readonly failure: string | null;
}

export type RecordingLine = RecordingHead | RecordedExchange;

export interface Recording {
  readonly environment: string;
  readonly exchanges: readonly RecordedExchange[];
}

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly wayOut: string | null;

  constructor(message: string, wayOut: string | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.wayOut = wayOut;
  }
}

/** A last line that was torn when the process ended is left out. Errors: `RecordingError`. */
export function parseRecording(text: string): Recording {
  const [first = '', ...rest] = text.split('\n');
  const head = parseObject(first);
  if (head?.recording !== 1 || typeof head.environment !== 'string') {
    throw new RecordingError('The file is no recording of mailboxctl');
  }
  const lines = rest.filter((line, index) => line !== '' && (index < rest.length - 1 || isExchange(line)));
  return { environment: head.environment, exchanges: lines.map(parseExchange) };
}

function isExchange(line: string): boolean {
  const value = parseObject(line);
  return isObject(value?.request) && (isObject(value.answer) || value.answer === null);
}

function parseExchange(line: string, index: number): RecordedExchange {
  if (isExchange(line)) return JSON.parse(line) as RecordedExchange;
  throw new RecordingError(`Line ${index + 2} of the recording is no request with its answer`);
}
