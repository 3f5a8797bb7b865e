/** The first lines of every report: the verdict, the lines that scripts search, which environment and how fresh. */

import { timeText } from '../time-text.ts';
import { code, fence } from './escape.ts';
import { fixed, type Piece } from './room.ts';

interface Headed {
  readonly as_of: string;
  readonly environment: { readonly name: string; readonly url: string };
}

/** `searched`: each a line of its own, whatever it is displayed in, so that `grep` finds it. */
export function head(verdict: string, searched: readonly string[], { as_of, environment }: Headed): Piece {
  return fixed(
    [
      `**${code(environment.name)}**: ${verdict}`,
      fence('text', searched),
      `As of ${timeText(as_of)}, ${code(environment.url)}`,
    ].join('\n\n'),
  );
}
