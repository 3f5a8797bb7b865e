/** The mailboxes of an environment as a page that is drawn again and again: no longer than the screen, changes told. */

import type { Status } from '../model/status.generated.ts';
import type { StatusChange } from '../model/status-change.generated.ts';
import type { Lines } from './page.ts';
import { changeText } from './status-changes.ts';
import { statusText } from './status-text.ts';
import { type Style, signs } from './style.ts';
import { count, wrap } from './text.ts';

export interface Watched {
  readonly status: Status;
  /** Of the last look. */
  readonly marked: readonly StatusChange[];
  /** Of all looks, the newest last. */
  readonly changes: readonly StatusChange[];
  /** How it goes on, and what is in the way. */
  readonly foot: string;
}

const CHANGES_SHOWN = 6;

export function statusWatchLines(
  { status, marked, changes, foot }: Watched,
  style: Style,
  height: number,
): Lines {
  const { colors, width } = style;
  const page = statusText(status, { ...style, marked: new Set(marked.map(({ address }) => address)) });
  const told = changes
    .slice(-CHANGES_SHOWN)
    .flatMap((change) => wrap(changeText(change, style), { width, indent: 2, hanging: 6 }));
  const end = [
    ...(told.length === 0 ? [] : ['', colors.bold('Changes'), ...told]),
    '',
    ...wrap(colors.dim(foot), { width, indent: 0 }),
  ];
  return [...shortened(page.trimEnd().split('\n'), height - end.length, style), ...end];
}

/** The worst is at the top, the counts at the end: what is left out is between. */
function shortened(lines: Lines, height: number, style: Style): Lines {
  if (lines.length <= height) return lines;
  const counts = lines.slice(lines.lastIndexOf(''));
  const room = Math.max(1, height - counts.length - 1);
  const left = `${signs(style).ellipsis} ${count(lines.length - counts.length - room, 'more line')}`;
  return [...lines.slice(0, room), style.colors.dim(left), ...counts];
}
