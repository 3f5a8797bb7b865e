/** How a verb is tied to the command line: it gets the terminal and its options, and answers with an exit code. */

import type { ExitCode } from './exit-codes.ts';
import { beforeInterruption } from './interruption.ts';
import type { Io } from './io.ts';

/** Wraps a verb with an optional folder, or with files, as an action of commander. */
export type Register = <Options, Given = string>(
  verb: (io: Io, options: Options, given?: Given) => Promise<ExitCode>,
) => (...args: unknown[]) => Promise<void>;

/** Wraps a verb with one argument and no options. */
export type RegisterArgument = <Name>(
  verb: (io: Io, name: Name) => Promise<ExitCode>,
) => (...args: unknown[]) => Promise<void>;

/** A verb that only reads: an interruption ends it at once, whatever it waits for. */
export function reading<Options, Given = string>(
  verb: (io: Io, options: Options, given?: Given) => Promise<ExitCode>,
): (io: Io, options: Options, given?: Given) => Promise<ExitCode> {
  return (io, options, given) => beforeInterruption(io, verb(io, options, given));
}
