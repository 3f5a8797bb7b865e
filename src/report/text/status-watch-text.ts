/** The mailboxes of an environment as a page that is drawn again and again: no longer than the screen, changes told. */

import type { Status } from '../../model/status.generated.ts';
import type { StatusChange } from '../../model/status-change.generated.ts';
import { groupBy } from '../group.ts';
import { shortName } from '../names.ts';
import { printableText } from '../printable.ts';
import { differenceText } from '../status-changes.ts';
import { type Style, signs } from '../style.ts';
import { count, cut, rowsOf, textWidth, wrap } from '../text.ts';
import type { Lines } from './page.ts';
import { statusText } from './status-text.ts';

export interface Watched {
  readonly status: Status;
  /** Of the last look. */
  readonly marked: readonly StatusChange[];
  /** Of all looks, the newest last. */
  readonly changes: readonly StatusChange[];
  /** How it goes on, and what is in the way. */
  readonly foot: string;
}

export function statusWatchLines(
  { status, marked, changes, foot }: Watched,
  style: Style,
  height: number,
): Lines {
  const { colors, width } = style;
  const page = statusText(status, { ...style, marked: new Set(marked.map(({ address }) => address)) });
  const told = changeLines(changes, style, Math.floor(height / 3));
  const end = [
    ...(told.length === 0 ? [] : ['', colors.bold('Changes'), ...told]),
    '',
    ...wrap(colors.dim(foot), { width, indent: 0 }),
  ];
  return [...shortened(page.trimEnd().split('\n'), height - rowsOf(end, width), style), ...end];
}

/** The newest that have room, oldest first. */
function changeLines(changes: readonly StatusChange[], style: Style, most: number): Lines {
  const groups = groupBy(changes, ({ time, address }) => `${time} ${address}`);
  const lines: string[] = [];
  for (const group of groups.toReversed()) {
    const next = groupLines(group, style);
    if (rowsOf([...lines, ...next], style.width) > Math.max(most, next.length)) break;
    lines.unshift(...next);
  }
  return lines;
}

const INDENT = '      ';

/** What one look saw of one mailbox, in two lines at most; the day is that of the page. */
function groupLines(group: readonly StatusChange[], style: Style): Lines {
  const [first] = group;
  if (first === undefined) return [];
  const { width, colors } = style;
  const { ellipsis } = signs(style);
  const alerts = group.filter(({ field }) => field === 'alert').length;
  const differences = [
    ...group.filter(({ field }) => field !== 'alert').map((change) => differenceText(change, style)),
    ...(alerts === 0 ? [] : [count(alerts, 'new alert')]),
  ].join(', ');
  const time = `  ${first.time.slice(11, 19)} `;
  const name = cut(printableText(shortName(first.address)), width - time.length, ellipsis);
  const head = `${time}${colors.bold(name)}`;
  const oneLine = `${head}  ${differences}`;
  if (textWidth(oneLine) <= width) return [oneLine];
  return [head, `${INDENT}${cut(differences, width - INDENT.length, ellipsis)}`];
}

/** The worst is at the top, the counts at the end: what is left out is between. */
function shortened(lines: Lines, height: number, style: Style): Lines {
  const { width, colors } = style;
  if (rowsOf(lines, width) <= height) return lines;
  const counts = lines.slice(lines.lastIndexOf(''));
  const room = height - rowsOf(counts, width) - 1;
  const rest = lines.slice(0, lines.length - counts.length);
  let rows = 0;
  const shown = rest.slice(0, Math.max(1, room)).filter((line) => {
    rows += rowsOf([line], width);
    return rows <= room;
  });
  const left = `${signs(style).ellipsis} ${count(rest.length - shown.length, 'more line')}`;
  return [...shown, colors.dim(left), ...counts];
}
