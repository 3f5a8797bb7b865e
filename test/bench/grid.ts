/**
 * Applies of many edits over services of different speed, on the virtual clock of the embedded Dataverse: what a run
 * takes against what it would take at best. Times are exact, and the same each time.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cell, type CellResult, sum } from './cell.ts';
import type { CellTask } from './cell-child.ts';
import { SERVICE_ALLOWANCE } from './ideal.ts';
import { inChildren } from './in-children.ts';
import { inFolder } from './in-folder.ts';
import { lanesChart } from './lanes-chart.ts';
import type { Figure, Options, Section } from './report.ts';
import { fixed, median, type Row } from './table.ts';
import { makeWorkload } from './workload.ts';

export const GRID: Section = {
  name: 'grid',
  title: 'Apply on the virtual clock',
  measure: async (options) => {
    const cells = gridCells(options);
    const results = await measureCells([...cells, CLIMB, ...DISTURBED.map(({ cell }) => cell)]);
    const grid = results.slice(0, cells.length);
    const disturbed = results.slice(cells.length + 1);
    const groups = groupsOf(grid);
    return {
      tables: [
        { head: GROUP_HEAD, rows: groups.map(groupRow) },
        ...(options.cells ? [{ head: CELL_HEAD, rows: grid.map(cellRow) }] : []),
        { head: DISTURBED_HEAD, rows: disturbed.map(disturbedRow) },
        ...results.slice(cells.length, cells.length + 1).map(lanesChart),
      ],
      figures: [...speedFigures(grid), ...boundFigures(grid), ...disturbed.flatMap(disturbedFigures)],
      notes: [
        'η = T*/T. T* is the longest of a chain of steps, the work on all workers, and the windows that work and requests fill; "of reachable" is against what is left when the window of work slides.',
      ],
    };
  },
};

const ROUND_TRIPS = [5, 50, 150];
const TIMES = [20, 50, 200];
const WORKERS = [8, 32];
/** Small plans are measured where most environments are: a round trip away within a continent. */
const USUAL_ROUND_TRIP = 50;

/** What is recommended; `right`: as many requests as are worked on at once. */
type Hint = 'right' | number;

const ALL_HINTS: readonly Hint[] = ['right', 4, 52];
const WRONG_HINTS = ALL_HINTS.slice(1);

/** Wrong hints everywhere would take three times as long; the usual round trip shows what they cost. */
function gridCells({ quick, full }: Options): readonly Cell[] {
  const usual = [USUAL_ROUND_TRIP];
  const small = cellsOf(300, usual, ALL_HINTS);
  if (quick) return small;
  const others = full ? ROUND_TRIPS : usual;
  return [
    ...cellsOf(10_000, ROUND_TRIPS, ['right']),
    ...cellsOf(10_000, full ? ROUND_TRIPS : [], WRONG_HINTS),
    ...cellsOf(3_000, ROUND_TRIPS, ['right']),
    ...cellsOf(3_000, others, WRONG_HINTS),
    ...small,
  ];
}

function cellsOf(operations: number, roundTrips: readonly number[], hints: readonly Hint[]): Cell[] {
  return roundTrips.flatMap((roundTripMs) =>
    TIMES.flatMap((operationMs) =>
      WORKERS.flatMap((workers) =>
        hints.map((hint) => ({
          ...{ operations, roundTripMs, operationMs, workers },
          hint: hint === 'right' ? workers : hint,
        })),
      ),
    ),
  );
}

const CLIMB: Cell = { operations: 3_000, roundTripMs: 50, operationMs: 20, workers: 32, hint: 4 };
const USUAL: Cell = { operations: 3_000, roundTripMs: 50, operationMs: 20, workers: 8, hint: 8 };

const DISTURBED: readonly { readonly what: string; readonly cell: Cell }[] = [
  // A refusal takes a second of everybody's time: a run of seconds would be made of little else.
  {
    what: 'each tenth request refused',
    cell: { ...USUAL, operations: 10_000, operationMs: 50, refuseEvery: 10 },
  },
  {
    what: 'window of 100 requests',
    cell: { ...USUAL, allowance: { ...SERVICE_ALLOWANCE, requests: 100 } },
  },
  {
    what: 'window of 40 s of work',
    cell: { ...USUAL, allowance: { ...SERVICE_ALLOWANCE, workMs: 40_000 } },
  },
];

function measureCells(cells: readonly Cell[]): Promise<readonly CellResult[]> {
  return inFolder(async (folder) => {
    const fileOf = (operations: number): string => join(folder, `${operations}.json`);
    for (const operations of new Set(cells.map((cell) => cell.operations)))
      await writeFile(fileOf(operations), JSON.stringify(await makeWorkload(operations)));
    const tasks = cells.map((cell): CellTask => ({ cell, file: fileOf(cell.operations) }));
    return inChildren<CellTask, CellResult>(new URL('cell-child.ts', import.meta.url), tasks);
  });
}

type Group = readonly [CellResult, ...CellResult[]];

/** By operations and by what is recommended. */
function groupsOf(cells: readonly CellResult[]): readonly Group[] {
  const groups = new Map<string, [CellResult, ...CellResult[]]>();
  for (const cell of cells) {
    const key = `${cell.operations} ${hintOf(cell)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return [...groups.values()];
}

function hintOf({ hint, workers }: Cell): string {
  return hint === workers ? 'right' : String(hint);
}

const eta = ({ ideal, ms }: CellResult): number => ideal / ms;
const billed = ({ workMs, operations, operationMs }: CellResult): number =>
  workMs / (operations * operationMs);

const GROUP_HEAD: Row = [
  ...['operations', 'hint', 'cells', 'η median', 'worst', 'of reachable'],
  ...['billed', 'requests', '429', 'lost', 'twice'],
];

function groupRow(group: Group): Row {
  const [{ operations }] = group;
  return [
    fixed(operations, 0),
    hintOf(group[0]),
    group.length,
    fixed(median(group.map(eta))),
    fixed(Math.min(...group.map(eta))),
    fixed(Math.min(...group.map(({ reachable, ms }) => reachable / ms))),
    `${fixed(Math.max(...group.map(billed)))} ×`,
    fixed(median(group.map(({ requests }) => requests)), 0),
    Math.max(...group.map(({ throttled }) => throttled)),
    sum(group.map(({ lost }) => lost)),
    sum(group.map(({ twice }) => twice)),
  ];
}

const CELL_HEAD: Row = [
  ...['operations', 'round trip', 'work', 'workers', 'hint'],
  ...['T*', 'T', 'η', 'of reachable', 'billed', 'requests', '429'],
];

function cellRow(cell: CellResult): Row {
  const { operations, roundTripMs, operationMs, workers, hint, ideal, reachable, ms } = cell;
  return [
    ...[fixed(operations, 0), roundTripMs, operationMs, workers, hint, seconds(ideal), seconds(ms)],
    ...[fixed(eta(cell)), fixed(reachable / ms), fixed(billed(cell)), cell.requests, cell.throttled],
  ];
}

function seconds(ms: number): string {
  return `${fixed(ms / 1000, 1)} s`;
}

interface Bar {
  readonly median: number;
  readonly worst: number;
}

const AIMS: ReadonlyMap<number, Bar> = new Map([
  [10_000, { median: 0.9, worst: 0.85 }],
  [3_000, { median: 0.88, worst: 0.75 }],
  [300, { median: 0.65, worst: 0.65 }],
]);
const LESS_WHERE_WRONG = 0.05;

function speedFigures(cells: readonly CellResult[]): readonly Figure[] {
  const figures: Figure[] = [];
  for (const [operations, bar] of AIMS) {
    for (const isRight of [true, false]) {
      const some = cells.filter(
        (cell) => cell.operations === operations && (cell.hint === cell.workers) === isRight,
      );
      if (some.length === 0) continue;
      const less = isRight ? 0 : LESS_WHERE_WRONG;
      const what = `${fixed(operations, 0)} operations, hint ${isRight ? 'right' : 'wrong'}: η`;
      const etas = some.map(eta);
      figures.push(
        { what: `${what} median`, value: median(etas), aim: { atLeast: bar.median - less } },
        { what: `${what} worst`, value: Math.min(...etas), aim: { atLeast: bar.worst - less } },
      );
    }
  }
  return figures;
}

function boundFigures(cells: readonly CellResult[]): readonly Figure[] {
  const most = Math.max(...cells.map(({ throttled }) => throttled));
  const wrong = sum(cells.map(({ lost, twice }) => lost + twice));
  return [
    { what: 'billed work, most', value: Math.max(...cells.map(billed)), unit: '× N·e', aim: { atMost: 1.3 } },
    { what: '429 in a run, most', value: most, digits: 0, aim: { atMost: 1 } },
    { what: 'changes lost or done twice', value: wrong, digits: 0, aim: { exactly: 0 } },
  ];
}

const DISTURBED_HEAD: Row = ['disturbed', 'operations', 'T*', 'T', 'requests', '429', 'lost', 'twice'];

function disturbedRow(result: CellResult, index: number): Row {
  const what = DISTURBED[index]?.what ?? '';
  const { operations, ideal, ms, requests, throttled, lost, twice } = result;
  return [what, operations, seconds(ideal), seconds(ms), requests, throttled, lost, twice];
}

function disturbedFigures(result: CellResult, index: number): readonly Figure[] {
  const what = DISTURBED[index]?.what ?? '';
  const { ms, ideal, lost, twice } = result;
  return [
    { what: `${what}: T`, value: ms / ideal, unit: '× T*', aim: { atMost: 1.15 } },
    { what: `${what}: lost or twice`, value: lost + twice, digits: 0, aim: { exactly: 0 } },
  ];
}
