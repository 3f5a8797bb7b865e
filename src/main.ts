/** Ties the command line to this process: its streams, its environment, its signals. */

import { createInterface } from 'node:readline/promises';
import type { WriteStream } from 'node:tty';
import { EXIT, type ExitCode } from './commands/exit-codes.ts';
import type { Io, Output } from './commands/io.ts';
import { runCommandLine } from './commands/program.ts';

const FALLBACK_WIDTH = 80;
const NARROWEST = 40;

export async function main(args: readonly string[]): Promise<ExitCode> {
  const interruption = new AbortController();
  const onSignal = (): void => {
    // The second time, whoever interrupts does not want to wait: the journal is made for being killed.
    if (interruption.signal.aborted) {
      // The prompt of the shell shall not follow a line of progress.
      if (process.stderr.isTTY) process.stderr.write('\n');
      process.exit(EXIT.interrupted);
    }
    process.stderr.write('\nInterrupted: waiting for what is under way. Again to stop at once.\n');
    interruption.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Whoever reads our output may stop reading; that is no error of ours.
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  try {
    return await runCommandLine(args, processIo(interruption.signal));
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

function processIo(interrupted: AbortSignal): Io {
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    ask: process.stdin.isTTY && process.stderr.isTTY ? (question) => ask(question, interrupted) : null,
    interrupted,
  };
}

function output(stream: WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    // A getter: a window may be resized while a run is under way.
    get width() {
      return stream.isTTY === true ? Math.max(NARROWEST, stream.columns || FALLBACK_WIDTH) : FALLBACK_WIDTH;
    },
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // On a terminal that reads a line, Ctrl-C comes as an event of the reader.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  try {
    return await terminal.question(question, { signal });
  } catch (error) {
    if (signal.aborted) return '';
    throw error;
  } finally {
    terminal.close();
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
