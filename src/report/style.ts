/** How text looks on the reader's terminal. Decided once by the caller: a renderer asks no global and no process. */

import type { Colors } from 'picocolors/types.js';

export interface Style {
  /** Made by picocolors' `createColors(boolean)`. */
  readonly colors: Colors;
  /** Columns of the page. */
  readonly width: number;
  /** `false`: our own signs are ASCII. Names are printed as they are. */
  readonly unicode: boolean;
  /** People read it there, and no script: lines that scripts search may be broken at a space. */
  readonly terminal?: boolean;
  /** Codes are links to what explains them; only where the terminal is known to follow links. */
  readonly links?: boolean;
  /** List everything instead of the first few of each. */
  readonly verbose?: boolean;
  /** Where the project's folder is in its repository: `mail/`; empty where it is the repository itself. */
  readonly folder?: string;
  /** Addresses that stand out, since something about them has just changed. */
  readonly marked?: ReadonlySet<string>;
  /** How many entries of a section are shown; set by the page that has to fit. */
  readonly shown?: number;
}

export interface Signs {
  readonly arrow: string;
  readonly ellipsis: string;
  readonly good: string;
  readonly bad: string;
  readonly attention: string;
  readonly dot: string;
}

const UNICODE: Signs = { arrow: '→', ellipsis: '…', good: '✓', bad: '✗', attention: '!', dot: '·' };
const ASCII: Signs = { arrow: '->', ellipsis: '...', good: 'ok', bad: 'x', attention: '!', dot: '-' };

export function signs({ unicode }: Style): Signs {
  return unicode ? UNICODE : ASCII;
}
