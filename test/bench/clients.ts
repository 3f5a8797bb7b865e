/** The same edits by the product and by what people use today, each on a fresh service in a process of its own. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cell, losses, organizationOf, sum } from './cell.ts';
import { type ComparedClient, comparedClients } from './compared-clients.ts';
import { idealMs } from './ideal.ts';
import { inFolder } from './in-folder.ts';
import { measureProcess } from './measured-process.ts';
import type { Figure, Section } from './report.ts';
import { inOwnProcess, type Refused, refuse, type Service, trafficOf } from './service.ts';
import { fixed, type Row } from './table.ts';
import { EDIT, editConfig, mailboxIds, makeWorkload, type Workload } from './workload.ts';

interface Disturbance {
  readonly what: string;
  /** Of which each tenth is refused. */
  readonly refused?: Refused;
}

const UNDISTURBED: Disturbance = { what: 'undisturbed' };
const REFUSED_REQUESTS: Disturbance = { what: 'each 10th request 429', refused: 'requests' };
const REFUSED_EDITS: Disturbance = { what: 'each 10th edit 429', refused: 'edits' };
const PRODUCT = 'mailboxctl apply';
const GUARDS = ['mail-stops', 'breaks-working-mailbox', 'max-changes', 'first-apply'];
const HEAD: Row = ['client', 'time', '× T*', 'requests', 'KiB in', 'KiB out', '429', 'lost', 'twice'];

interface Run {
  readonly client: string;
  readonly disturbance: Disturbance;
  readonly ms: number;
  readonly ideal: number;
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly throttled: number;
  readonly lost: number;
  readonly twice: number;
}

export const CLIENTS: Section = {
  name: 'clients',
  title: 'The same edits by different clients, in real time',
  measure: async ({ quick, program }) => {
    const cell: Cell = {
      ...{ roundTripMs: 50, operationMs: 20, workers: 8, hint: 8 },
      operations: quick ? 200 : 1_000,
    };
    const workload = await makeWorkload(cell.operations);
    const built = await program();
    const { clients, absent } = comparedClients();
    const disturbances = [UNDISTURBED, ...(quick ? [] : [REFUSED_REQUESTS]), REFUSED_EDITS];
    const runs: Run[] = [];
    for (const disturbance of disturbances)
      for (const client of [productOf(built), ...clients])
        runs.push(await measureRun(built, { client, disturbance, workload, cell }));
    return {
      tables: disturbances.map((disturbance) => ({
        head: [`${fixed(cell.operations, 0)} edits, ${disturbance.what}`, ...HEAD.slice(1)],
        rows: runs.filter((run) => run.disturbance === disturbance).map(runRow),
      })),
      figures: runs.filter(({ client }) => client === PRODUCT).map(lossFigure),
      notes: [
        ...absent,
        '50 ms round trip, 20 ms of work, 8 workers. The time of mailboxctl is that of the whole process: it reads and plans first, and reads each row again before it writes; the others are given the ids. Bytes are those of bodies at the service. In the last table edits are refused within batches too; dynamics-web-api makes one change set of a batch, of which all is done or nothing.',
      ],
    };
  },
};

/** The whole program, from its start. */
function productOf(program: string): ComparedClient {
  return {
    name: PRODUCT,
    edit: (url) =>
      inFolder(async (folder) => {
        await writeFile(join(folder, 'mailboxctl.yaml'), editConfig(url));
        const allowed = GUARDS.flatMap((guard) => ['--allow', guard]);
        await measureProcess(program, ['apply', folder, '--yes', ...allowed]);
      }),
  };
}

interface Trial {
  readonly client: ComparedClient;
  readonly disturbance: Disturbance;
  readonly workload: Workload;
  readonly cell: Cell;
}

async function measureRun(program: string, trial: Trial): Promise<Run> {
  const service = await inOwnProcess(program, organizationOf(trial.workload, trial.cell));
  try {
    return await measureOn(service, trial);
  } finally {
    await service.close();
  }
}

async function measureOn(service: Service, { client, disturbance, workload, cell }: Trial): Promise<Run> {
  if (disturbance.refused !== undefined) await refuse(service, 10, disturbance.refused);
  const ids = mailboxIds(workload.plan);
  const started = performance.now();
  await client.edit(service.url, ids, EDIT);
  const ms = performance.now() - started;
  const traffic = await trafficOf(service);
  return {
    client: client.name,
    disturbance,
    ms,
    ideal: idealMs({ ...cell, chain: 1, requests: traffic.requests }),
    requests: traffic.requests,
    bytesIn: traffic.bytes_in,
    bytesOut: traffic.bytes_out,
    throttled: sum(Object.values(traffic.throttled)),
    ...(await losses(service, ids)),
  };
}

function runRow(run: Run): Row {
  return [
    run.client,
    `${fixed(run.ms / 1000, 1)} s`,
    fixed(run.ms / run.ideal),
    fixed(run.requests, 0),
    ...[run.bytesIn, run.bytesOut].map((bytes) => fixed(bytes / 1024, 0)),
    ...[run.throttled, run.lost, run.twice],
  ];
}

function lossFigure({ disturbance, lost, twice }: Run): Figure {
  return {
    what: `mailboxctl, ${disturbance.what}: lost or twice`,
    value: lost + twice,
    digits: 0,
    aim: { exactly: 0 },
  };
}
