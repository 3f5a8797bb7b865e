/** Ties the command line to this process: its streams, its environment, its signals. */

import type { WriteStream } from 'node:tty';
import { ask } from './commands/ask.ts';
import { EXIT, type ExitCode } from './commands/exit-codes.ts';
import type { Io, Output } from './commands/io.ts';
import { runCommandLine } from './commands/program.ts';

const FALLBACK_WIDTH = 80;
const NARROWEST = 40;
const FALLBACK_HEIGHT = 24;

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
    ask: process.stdin.isTTY && process.stderr.isTTY ? (question) => askHere(question, interrupted) : null,
    interrupted,
  };
}

function output(stream: WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    get height() {
      return stream.isTTY === true ? stream.rows || FALLBACK_HEIGHT : FALLBACK_HEIGHT;
    },
    // A getter: a window may be resized while a run is under way.
    get width() {
      return stream.isTTY === true ? Math.max(NARROWEST, stream.columns || FALLBACK_WIDTH) : FALLBACK_WIDTH;
    },
  };
}

function askHere(question: string, signal: AbortSignal): Promise<string> {
  const onInterrupt = (): void => {
    process.emit('SIGINT');
  };
  return ask(question, { input: process.stdin, output: process.stderr, signal, onInterrupt });
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
