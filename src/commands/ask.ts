/** Asks a question on a terminal. Whoever leaves it with Ctrl-C or Ctrl-D has answered nothing. */

import { createInterface } from 'node:readline/promises';

export interface AskOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether keys are read one by one; absent: as the streams are. */
  readonly terminal?: boolean;
  /** Ends the question. */
  readonly signal: AbortSignal;
  /** On a terminal that reads a line, Ctrl-C is a key and no signal. */
  readonly onInterrupt: () => void;
}

export async function ask(question: string, options: AskOptions): Promise<string> {
  const { signal, onInterrupt, output, ...streams } = options;
  const terminal = createInterface({ output, ...streams });
  terminal.on('SIGINT', onInterrupt);
  try {
    return await terminal.question(question, { signal });
  } catch (error) {
    if (!isLeft(error)) throw error;
    // What is said next shall not follow the question.
    if (!signal.aborted) output.write('\n');
    return '';
  } finally {
    terminal.close();
  }
}

function isLeft(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
