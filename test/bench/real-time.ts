/** A cell of the grid once more in real time, over HTTP to a process of its own: whether the virtual clock tells the truth. */

import { type Cell, type CellResult, measureCell, organizationOf } from './cell.ts';
import type { Section } from './report.ts';
import { inOwnProcess, inThisProcess, type Service } from './service.ts';
import { fixed, median, type Row } from './table.ts';
import { makeWorkload, type Workload } from './workload.ts';

const OPERATIONS = [300, 3_000];
const SERVICE = { roundTripMs: 50, operationMs: 20, workers: 8, hint: 8 };
const RUNS = 3;
const HEAD: Row = ['operations', 'virtual clock', 'real time', 'real / virtual', 'requests'];

interface Pair {
  readonly operations: number;
  readonly virtual: CellResult;
  readonly real: readonly CellResult[];
}

export const REAL_TIME: Section = {
  name: 'real-time',
  title: 'The same apply on the virtual clock and in real time',
  measure: async ({ quick, program }) => {
    const pairs: Pair[] = [];
    for (const operations of quick ? OPERATIONS.slice(0, 1) : OPERATIONS)
      pairs.push(await measurePair(operations, quick ? 1 : RUNS, await program()));
    return {
      tables: [{ head: HEAD, rows: pairs.map(pairRow) }],
      figures: pairs.map((pair) => ({
        what: `${fixed(pair.operations, 0)} operations: difference of the two`,
        value: Math.abs(ratioOf(pair) - 1) * 100,
        digits: 0,
        unit: '%',
        aim: { atMost: 10 },
      })),
      notes: ['50 ms round trip, 20 ms of work, 8 workers. Real time holds on a quiet machine alone.'],
    };
  },
};

async function measurePair(operations: number, runs: number, program: string): Promise<Pair> {
  const cell: Cell = { operations, ...SERVICE };
  const workload = await makeWorkload(operations);
  const organization = organizationOf(workload, cell);
  const virtual = await measureOn(inThisProcess(organization), workload, cell);
  const real: CellResult[] = [];
  for (let run = 0; run < runs; run += 1)
    real.push(await measureOn(await inOwnProcess(program, organization), workload, cell));
  return { operations, virtual, real };
}

async function measureOn(service: Service, workload: Workload, cell: Cell): Promise<CellResult> {
  try {
    return await measureCell(workload, cell, service);
  } finally {
    await service.close();
  }
}

const realMs = ({ real }: Pair): number => median(real.map(({ ms }) => ms));
const ratioOf = (pair: Pair): number => realMs(pair) / pair.virtual.ms;

function pairRow(pair: Pair): Row {
  const requests = [pair.virtual, ...pair.real.slice(0, 1)].map((result) => result.requests);
  return [
    fixed(pair.operations, 0),
    `${fixed(pair.virtual.ms, 0)} ms`,
    `${fixed(realMs(pair), 0)} ms`,
    fixed(ratioOf(pair)),
    requests.join(' / '),
  ];
}
