/**
 * Applies of many edits over services of different speed, on the virtual clock of the embedded Dataverse: what a run
 * takes against what it would take at best. Times are exact, and the same each time.
 */

import { apply } from '../../src/apply/apply.ts';
import { NO_HISTORY } from '../../src/apply/history.ts';
import { lanesFor } from '../../src/apply/lanes.ts';
import { CATALOGUE } from '../../src/catalogue/catalogue.ts';
import { createStateReader } from '../../src/dataverse/read-environment.ts';
import { createTransport } from '../../src/dataverse/transport.ts';
import { parseEnvironmentUrl } from '../../src/dataverse/url.ts';
import { createStepWriter } from '../../src/dataverse/write-step.ts';
import {
  createEmulator,
  type Emulator,
  generateOrganization,
  type Organization,
} from '../../src/emulator/index.ts';
import type { JournalEvent } from '../../src/model/events.generated.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import type { Clock } from '../../src/model/ports.ts';
import { openWorld } from '../world.ts';
import { idealMs, type Load, reachableMs } from './ideal.ts';

export interface Cell {
  readonly operations: number;
  readonly roundTripMs: number;
  readonly operationMs: number;
  readonly workers: number;
  /** What the service recommends. */
  readonly hint: number;
  /** Each so many-th request is refused for a second. */
  readonly refuseEvery?: number;
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
  /** Rows that are not as declared afterwards. */
  readonly lost: number;
  /** Rows that were written more than once. */
  readonly twice: number;
  /** Requests under way, each time that one leaves. */
  readonly lanes: readonly (readonly [ms: number, underWay: number])[];
}

/** Differs from what a new mailbox has. */
const DECLARED = { key: 'outgoing: outlook', column: 'outgoingemaildeliverymethod', value: 1 } as const;
const CONFIG = `version: 1
environments:
  local: { url: emulator }
rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    ${DECLARED.key}
`;
const SPREAD = 0.25;

interface Prepared {
  readonly organization: Organization;
  readonly plan: Plan;
}

const prepared = new Map<number, Promise<Prepared>>();

/** The same plan for all services: their rows and ids are the same. */
function prepare(operations: number): Promise<Prepared> {
  const known = prepared.get(operations) ?? makePlan(operations);
  prepared.set(operations, known);
  return known;
}

async function makePlan(operations: number): Promise<Prepared> {
  // Some of them are disabled, or have no address.
  const users = Math.ceil(operations * 1.2) + 10;
  const organization = generateOrganization({ users, queues: 0, seed: 5 });
  const world = await openWorld({ config: CONFIG, organization: JSON.stringify(organization) });
  const plan = await world.plan();
  await world.close();
  const steps = plan.steps.slice(0, operations);
  if (steps.length === operations) return { organization, plan: { ...plan, steps } };
  throw new Error(`The plan for ${users} mailboxes has ${steps.length} steps only`);
}

export async function measureCell(cell: Cell): Promise<CellResult> {
  const { organization, plan } = await prepare(cell.operations);
  const emulator = createEmulator({
    organization: withService(organization, cell),
    logLimit: Number.POSITIVE_INFINITY,
    cost: {
      latencyMs: cell.roundTripMs,
      operationMs: cell.operationMs,
      workers: cell.workers,
      operationSpread: SPREAD,
      seed: 7,
    },
  });
  const clock: Clock = { now: emulator.clock.now, sleep: emulator.sleep };
  const traffic = { requests: 0, bytes: 0, underWay: 0 };
  const lanes: (readonly [number, number])[] = [];
  const started = clock.now();
  const transport = createTransport({
    url: parseEnvironmentUrl(emulator.baseUrl),
    fetch: async (request) => {
      traffic.requests += 1;
      traffic.underWay += 1;
      traffic.bytes += (await request.clone().text()).length;
      lanes.push([clock.now() - started, traffic.underWay]);
      const answer = await emulator.fetch(request);
      traffic.underWay -= 1;
      return answer;
    },
    clock,
    random: () => 0.5,
    tokens: null,
  });
  const reader = createStateReader(transport, CATALOGUE, clock);
  // Every apply begins so; the recommended parallelism is known from the answer.
  await reader.identify();
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
  const { work_ms: workMs, throttled } = await trafficOf(emulator);
  const written = writesByRow(emulator);
  const load: Load = { ...cell, chain: 1, requests: traffic.requests };
  const lost = outcomes.filter(({ kind }) => kind !== 'applied').length + (await rowsLeft(emulator, plan));
  await emulator.close();
  return {
    ...cell,
    ms,
    ideal: idealMs(load),
    reachable: reachableMs(load),
    requests: traffic.requests,
    bytes: traffic.bytes,
    workMs,
    throttled: Object.values(throttled).reduce((sum, times) => sum + times, 0),
    lost,
    twice: [...written.values()].filter((times) => times > 1).length,
    lanes,
  };
}

const NO_SECRETS = { resolve: async (): Promise<string> => '', scrub: (text: string): string => text };

function withService(organization: Organization, { hint, refuseEvery }: Cell): Organization {
  const faults =
    refuseEvery === undefined ? [] : [{ every: refuseEvery, status: 429, code: '0x80072322', retryAfter: 1 }];
  return { ...organization, limits: { ...organization.limits, dopHint: hint }, faults };
}

interface Traffic {
  readonly work_ms: number;
  readonly throttled: Readonly<Record<string, number>>;
}

async function control(emulator: Emulator, path: string): Promise<unknown> {
  const answer = await emulator.fetch(new Request(new URL(`/_emulator/${path}`, emulator.baseUrl)));
  return answer.json();
}

async function trafficOf(emulator: Emulator): Promise<Traffic> {
  return ((await control(emulator, 'stats')) as { readonly traffic: Traffic }).traffic;
}

/** Mailboxes of the plan that are not as declared. */
async function rowsLeft(emulator: Emulator, { steps, records }: Plan): Promise<number> {
  const rows = (await control(emulator, 'rows?table=mailbox')) as readonly Readonly<
    Record<string, unknown>
  >[];
  const done = new Set(
    rows.flatMap((row) => (row[DECLARED.column] === DECLARED.value ? [String(row.mailboxid)] : [])),
  );
  const ids = steps.map(({ address }) => records[address]?.find(({ role }) => role === 'self')?.id ?? '');
  return ids.filter((id) => !done.has(id)).length;
}

/** How often each row was written, by its path. */
function writesByRow({ log }: Emulator): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const entry of log) {
    for (const { method, path, status } of entry.parts ?? [entry])
      if (method === 'PATCH' && status < 300) times.set(path, (times.get(path) ?? 0) + 1);
  }
  return times;
}
