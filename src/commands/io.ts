/** The terminal, the environment and the signals as a command sees them; handed in, so that tests can be one. */

import { createColors } from 'picocolors';
import type { Style } from '../report/style.ts';
import { followsLinks } from './hyperlinks.ts';

export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Asks on the terminal; `null` when there is none to ask on. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Aborted by the first Ctrl-C. */
  readonly interrupted: AbortSignal;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Columns; 80 when it is no terminal. */
  readonly width: number;
  /** Lines of the terminal; 24 when nobody says. */
  readonly height?: number;
}

export type ColorChoice = 'auto' | 'always' | 'never';

/**
 * Whether and how to draw on an output. The flag wins over `NO_COLOR` and `FORCE_COLOR` (no-color.org), those over
 * whether it is a terminal.
 */
export function styleFor(output: Output, io: Io, options: { color: ColorChoice; verbose: boolean }): Style {
  const isColoured = usesColor(output, io, options.color);
  return {
    colors: createColors(isColoured),
    width: output.width,
    terminal: output.isTerminal,
    links: isColoured && output.isTerminal && followsLinks(io.env),
    unicode: usesUnicode(io),
    verbose: options.verbose,
  };
}

function usesColor(output: Output, { env }: Io, choice: ColorChoice): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return output.isTerminal && env.TERM !== 'dumb';
}

/** A locale that names another character set cannot show our signs. */
function usesUnicode({ env }: Io): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8';
  return /utf-?8/iu.test(locale);
}
