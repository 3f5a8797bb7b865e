/** How many requests a run had under way, over its time, as bars. */

import type { CellResult } from './cell.ts';
import type { Table } from './report.ts';
import { fixed } from './table.ts';

/** Lines, of which the first are shorter: the number is found early. */
const LINES = 16;

export function lanesChart({ lanes, ms, workers, hint, operations }: CellResult): Table {
  const rows = Array.from({ length: LINES }, (_, line) => {
    const [from, to] = [borderOf(line), borderOf(line + 1)].map((share) => share * ms) as [number, number];
    const most = mostBetween(lanes, from, to);
    return [`${fixed(from, 0)} ms`.padStart(9), most === 0 ? '' : `${most}`, '█'.repeat(most)] as const;
  });
  const width = Math.max(...rows.map(([, , bar]) => bar.length));
  return {
    head: [
      'from',
      'lanes',
      `hint ${hint}, ${workers} workers, ${fixed(operations, 0)} operations`.padEnd(width),
    ],
    rows: rows.map(([from, most, bar]) => [from, most, bar.padEnd(width)]),
  };
}

/** What was under way at the beginning counts too. */
function mostBetween(lanes: CellResult['lanes'], from: number, to: number): number {
  const before = lanes.findLast(([at]) => at < from)?.[1] ?? 0;
  return Math.max(before, ...lanes.flatMap(([at, underWay]) => (at >= from && at < to ? [underWay] : [])));
}

function borderOf(line: number): number {
  return (line / LINES) ** 2;
}
