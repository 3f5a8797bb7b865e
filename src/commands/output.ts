/** Writes a verb's data: to stdout or `--output`, in the form that was asked for. Everything else goes to stderr. */

import type { Style } from '../report/style.ts';
import { writeNamedFile } from './files.ts';
import { type Io, type Output, styleFor } from './io.ts';
import type { CommonOptions } from './options.ts';

export interface Renderings {
  readonly text: (style: Style) => string;
  /** In pieces where it may be large. */
  readonly json: () => string | Iterable<string>;
}

export async function emit(
  io: Io,
  options: Pick<CommonOptions, 'format' | 'output' | 'color' | 'verbose'>,
  renderings: Renderings,
): Promise<void> {
  const { output } = options;
  const to: Output = output === undefined ? io.stdout : { ...io.stdout, isTerminal: false, width: 120 };
  const made = options.format === 'json' ? renderings.json() : renderings.text(styleFor(to, io, options));
  const pieces = typeof made === 'string' ? [made] : made;
  if (output !== undefined) return writeNamedFile(io, '--output', output, pieces);
  for (const piece of pieces) io.stdout.write(piece);
}
