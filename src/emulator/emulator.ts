/**
 * The embedded Dataverse as one function from request to response, with its clock and its log. Does not look at which
 * client calls.
 */

import { createClock, type EmulatorClock, isVirtualClock, type VirtualClock } from './clock.ts';
import { control } from './control.ts';
import { type Core, resumeCore, seedCore } from './core.ts';
import { type Cost, createCostModel, noCost } from './cost.ts';
import { parseDuration } from './duration.ts';
import { type Answered, exchange } from './exchange.ts';
import { isDataPath } from './execute.ts';
import { DroppedConnection } from './faults.ts';
import { createLimits } from './limits.ts';
import type { LogEntry } from './log.ts';
import type { MailboxLinks } from './mailbox-links.ts';
import type { Organization } from './organization.ts';
import type { StateStore } from './persistence.ts';
import { createWaits } from './waits.ts';

export interface EmulatorOptions {
  readonly organization: Organization;
  readonly state?: StateStore | undefined;
  readonly cost?: Cost | undefined;
  readonly clock?: EmulatorClock | undefined;
  /** What it has in common with other emulators: who synchronizes which Exchange mailbox. */
  readonly links?: MailboxLinks | undefined;
}

export interface Emulator {
  fetch(request: Request): Promise<Response>;
  readonly clock: EmulatorClock;
  readonly log: readonly LogEntry[];
  readonly baseUrl: string;
  /** What the caller should be told about how it started. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

const localBaseUrl = 'http://emulator.localhost/api/data/v9.2/';
/** By hand-moved time a request takes this long, so that versions and times differ from one request to the next. */
const requestMs = 1;

export function createEmulator(options: EmulatorOptions): Emulator {
  const { organization, state } = options;
  const clock = startClock(options);
  const waits = createWaits(clock);
  const cost = createCostModel(options.cost ?? costOf(organization), waits);
  const inTurn = createTurn();
  const log: LogEntry[] = [];
  let core = startCore(options, clock);
  let limits = createLimits(organization.limits);
  let inFlight = 0;

  function reset(): void {
    core = seedCore(organization, clock, state, options.links);
    limits = createLimits(organization.limits);
    log.length = 0;
  }
  async function fetchData({ method, headers, signal }: Request, url: URL, body: string): Promise<Response> {
    const work = await cost.spend(countOperations(body), inFlight, signal);
    if (clock.speed === 0) clock.advance(requestMs);
    const arrived = { method, url, headers, body, signal, work, inFlight };
    const answered = await exchange({ core, clock, waits, limits, inTurn }, arrived);
    log.push(logEntry(log.length + 1, clock.now(), answered));
    await cost.goBack(signal);
    if (answered.fault !== undefined && answered.fault !== 'response') throw new DroppedConnection();
    return answered.response;
  }

  return {
    clock,
    log,
    baseUrl: localBaseUrl,
    notices: state?.notices ?? [],
    async fetch(request) {
      const url = new URL(request.url);
      if (url.pathname.startsWith('/_emulator/')) {
        return inTurn(() => control(request, { core, clock, log, reset }));
      }
      if (!isDataPath(url)) return new Response(null, { status: 404 });
      inFlight += 1;
      try {
        return await fetchData(request, url, await request.text());
      } finally {
        inFlight -= 1;
      }
    },
    close: () =>
      inTurn(async () => {
        core.settle();
        core.commit();
        state?.close();
      }),
  };
}

/** Runs pieces of work one after the other, whether or not one of them fails. */
function createTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
}

function logEntry(seq: number, now: number, { log, caller, parts, fault }: Answered): LogEntry {
  return {
    seq,
    time: new Date(now).toISOString(),
    caller,
    ...log,
    ...(parts === undefined ? {} : { parts }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function startClock({ organization, state, clock }: EmulatorOptions): VirtualClock {
  const fixed = organization.clock === undefined ? undefined : Date.parse(organization.clock);
  if (clock === undefined) return createClock(state?.saved?.startedAt ?? fixed ?? Date.now());
  if (isVirtualClock(clock)) return clock;
  throw new Error('the clock of an emulator is made by createClock');
}

/** Without a fixed start the clock follows the calendar from one opening to the next. */
function startCore({ organization, state, clock: given, links }: EmulatorOptions, clock: VirtualClock): Core {
  const isResumed = state?.saved !== undefined;
  const core = isResumed
    ? resumeCore(organization, clock, state, links)
    : seedCore(organization, clock, state, links);
  if (organization.clock === undefined && given === undefined) clock.set(Date.now());
  return core;
}

function costOf({ cost }: Organization): Cost {
  if (cost === undefined) return noCost;
  return {
    latencyMs: parseDuration(cost.latency ?? '0ms'),
    operationMs: parseDuration(cost.operationTime ?? '0ms'),
    workers: cost.workers ?? noCost.workers,
  };
}

/** Requests of a batch, seen without parsing it. */
function countOperations(body: string): number {
  const lines = body.match(/^(GET|POST|PUT|PATCH|DELETE) \S.* HTTP\/1\.1\s*$/gm);
  return Math.max(1, lines?.length ?? 1);
}
