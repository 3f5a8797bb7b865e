/** One apply of many edits against a service of a given speed, and what came of it. */

import { apply } from '../../src/apply/apply.ts';
import { NO_HISTORY } from '../../src/apply/history.ts';
import { lanesFor } from '../../src/apply/lanes.ts';
import { CATALOGUE } from '../../src/catalogue/catalogue.ts';
import { createStateReader } from '../../src/dataverse/read-environment.ts';
import { createTransport } from '../../src/dataverse/transport.ts';
import { parseEnvironmentUrl } from '../../src/dataverse/url.ts';
import { createStepWriter } from '../../src/dataverse/write-step.ts';
import type { Organization } from '../../src/emulator/index.ts';
import type { JournalEvent } from '../../src/model/events.generated.ts';
import { type Allowance, idealMs, reachableMs, SERVICE_ALLOWANCE } from './ideal.ts';
import { mailboxesWith, refuse, refuseNoMore, type Service, trafficOf, writesByRow } from './service.ts';
import { EDIT, mailboxIds, type Workload } from './workload.ts';

export interface Cell {
  readonly operations: number;
  readonly roundTripMs: number;
  readonly operationMs: number;
  readonly workers: number;
  /** What the service recommends. */
  readonly hint: number;
  /** Each so many-th request is refused for a second. */
  readonly refuseEvery?: number;
  /** Other than the service's own. */
  readonly allowance?: Allowance;
}

export interface CellResult extends Cell {
  readonly ms: number;
  readonly ideal: number;
  /** What any client needs where the window of working time slides. */
  readonly reachable: number;
  readonly requests: number;
  readonly bytes: number;
  /** Billed working time. */
  readonly workMs: number;
  readonly throttled: number;
  /** Rows that are not as declared afterwards, or that the run does not call applied. */
  readonly lost: number;
  /** Rows that were written more than once. */
  readonly twice: number;
  /** Requests under way, each time that their number changes. */
  readonly lanes: readonly (readonly [ms: number, underWay: number])[];
}

/** Share by which operations differ from their mean, at most. */
const SPREAD = 0.25;
const NO_SECRETS = { resolve: async (): Promise<string> => '', scrub: (text: string): string => text };

/** The organization, served at the speed and within the limits of the cell. */
export function organizationOf({ organization }: Workload, cell: Cell): Organization {
  const { requests, workMs, windowMs } = cell.allowance ?? SERVICE_ALLOWANCE;
  return {
    ...organization,
    cost: {
      latency: `${cell.roundTripMs}ms`,
      operationTime: `${cell.operationMs}ms`,
      workers: cell.workers,
      operationSpread: SPREAD,
      seed: 7,
    },
    limits: { requests, executionTime: `${workMs}ms`, window: `${windowMs}ms`, dopHint: cell.hint },
  };
}

export async function measureCell(
  { plan }: Pick<Workload, 'plan'>,
  cell: Cell,
  service: Service,
): Promise<CellResult> {
  const { clock } = service;
  if (cell.refuseEvery !== undefined) await refuse(service, cell.refuseEvery, 'requests');
  let underWay = 0;
  const lanes: (readonly [number, number])[] = [];
  const started = clock.now();
  const count = (more: number): void => {
    underWay += more;
    lanes.push([clock.now() - started, underWay]);
  };
  const transport = createTransport({
    url: parseEnvironmentUrl(service.url),
    fetch: async (request) => {
      count(1);
      try {
        return await service.fetch(request);
      } finally {
        count(-1);
      }
    },
    clock,
    random: () => 0.5,
    tokens: null,
  });
  const reader = createStateReader(transport, CATALOGUE, clock);
  // Every apply of a saved plan begins so; the recommended parallelism is known from the answer.
  await Promise.all([reader.identify(), reader.reread({}, { hurry: true })]);
  const { outcomes } = await apply(
    plan,
    {
      history: NO_HISTORY,
      lanes: lanesFor(null, cell.hint),
      testTimeoutMs: 60_000,
      timeoutMs: null,
      refusalsUntilHandOff: 1,
      onlyApprovals: false,
      interrupted: new AbortController().signal,
    },
    {
      reader,
      writer: createStepWriter(transport, CATALOGUE, NO_SECRETS, clock),
      clock,
      append: async (lines) =>
        lines.map((line, seq): JournalEvent => ({ time: '', run: 'bench', seq, ...line })),
      onEvent: () => {},
    },
  );
  const ms = clock.now() - started;
  const traffic = await trafficOf(service);
  const load = { ...cell, chain: 1, requests: traffic.requests };
  const unapplied = outcomes.filter(({ kind }) => kind !== 'applied').length;
  const { lost, twice } = await losses(service, mailboxIds(plan));
  return {
    ...cell,
    ms,
    ideal: idealMs(load, cell.allowance),
    reachable: reachableMs(load, cell.allowance),
    requests: traffic.requests,
    bytes: traffic.bytes_in + traffic.bytes_out,
    workMs: traffic.work_ms,
    throttled: sum(Object.values(traffic.throttled)),
    lost: Math.max(lost, unapplied),
    twice,
    lanes,
  };
}

/** Of rows that should be edited once: those that are not, and those that were written again. */
export async function losses(
  service: Service,
  ids: readonly string[],
): Promise<{ readonly lost: number; readonly twice: number }> {
  const written = await writesByRow(service);
  await refuseNoMore(service);
  const done = await mailboxesWith(service, EDIT.column, EDIT.value);
  return {
    lost: ids.filter((id) => !done.has(id)).length,
    twice: [...written.values()].filter((times) => times > 1).length,
  };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
