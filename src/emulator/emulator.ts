/**
 * The embedded Dataverse as one function from request to answer, with its clock and its log. Does not look at which
 * client calls.
 */

import { type Answer, toAnswer, toFetched } from './answer.ts';
import { createClock, type EmulatorClock, isVirtualClock, type VirtualClock } from './clock.ts';
import { control } from './control.ts';
import { type Core, resumeCore, seedCore } from './core.ts';
import { type Cost, costOf, createCostModel } from './cost.ts';
import { type Answered, exchange } from './exchange.ts';
import { isDataPath } from './execute.ts';
import { DroppedConnection } from './faults.ts';
import { createLimits } from './limits.ts';
import { createLog, type LogEntry } from './log.ts';
import type { MailboxLinks } from './mailbox-links.ts';
import type { Organization } from './organization.ts';
import type { StateStore } from './persistence.ts';
import { createTraffic } from './traffic.ts';
import { createWaits } from './waits.ts';

export interface EmulatorOptions {
  readonly organization: Organization;
  readonly state?: StateStore | undefined;
  readonly cost?: Cost | undefined;
  readonly clock?: EmulatorClock | undefined;
  /** What it has in common with other emulators: who synchronizes which Exchange mailbox. */
  readonly links?: MailboxLinks | undefined;
  /** Operations that the log keeps at least; without it all. */
  readonly logLimit?: number | undefined;
}

/** A request as any server receives it. */
export interface Arriving {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  /** The client has gone away. Made where somebody waits for it: signals are costly. */
  readonly signal: () => AbortSignal;
}

export interface Emulator {
  fetch(request: Request): Promise<Response>;
  /** The same for a server that has taken the request apart already. */
  handle(arriving: Arriving): Promise<Answer>;
  /**
   * Lets time pass by the clock. By hand-moved time it jumps as soon as nothing else is going on; requests that are
   * under way are answered at their times meanwhile. A signal ends it early.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  readonly clock: EmulatorClock;
  readonly log: readonly LogEntry[];
  readonly baseUrl: string;
  /** What the caller should be told about how it started. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

const localBaseUrl = 'http://emulator.localhost/api/data/v9.2/';

export function createEmulator(options: EmulatorOptions): Emulator {
  const { organization, state } = options;
  const clock = startClock(options);
  const waits = createWaits(clock);
  const cost = createCostModel(options.cost ?? costOf(organization), waits);
  const inTurn = createTurn();
  const log = createLog(options.logLimit);
  let core = startCore(options, clock);
  let limits = createLimits(organization.limits);
  let traffic = createTraffic();
  let isClosed = false;

  /** Requests that are still under way when it closes are never carried out. */
  const whileOpen: typeof inTurn = (work) =>
    isClosed ? Promise.reject(new DroppedConnection()) : inTurn(work);

  function reset(): void {
    core = seedCore(organization, clock, state, options.links);
    limits = createLimits(organization.limits);
    traffic = createTraffic();
    log.clear();
  }
  /** Goes on without the client: what has left it arrives, and is done. */
  async function attend(arriving: Arriving): Promise<Answer> {
    const at = cost.travelled(waits.now());
    await waits.until(at);
    traffic.arrive(Buffer.byteLength(arriving.body));
    const answered = await exchange(
      { core, clock, waits, cost, limits, traffic, inTurn: whileOpen },
      { ...arriving, at },
    );
    log.add(logEntry(clock.now(), answered));
    const answer = toAnswer(answered.response, answered.body ?? {}, waits);
    await waits.until(cost.travelled(answered.endedAt));
    if (answered.fault !== undefined && answered.fault !== 'response') throw new DroppedConnection();
    traffic.answer(answer.body.length);
    return answer;
  }
  async function handle(arriving: Arriving): Promise<Answer> {
    const { url } = arriving;
    if (url.pathname.startsWith('/_emulator/')) {
      const controlled = { core, clock, log: log.entries, traffic, reset };
      return toAnswer(await inTurn(async () => control(arriving, controlled)), {}, waits);
    }
    if (!isDataPath(url)) return { status: 404, headers: new Headers(), body: new Uint8Array() };
    return attend(arriving);
  }

  return {
    clock,
    log: log.entries,
    baseUrl: localBaseUrl,
    notices: state?.notices ?? [],
    handle,
    async fetch(request) {
      const { method, headers, signal } = request;
      signal.throwIfAborted();
      const body = await request.text();
      const answer = handle({ method, url: new URL(request.url), headers, body, signal: () => signal });
      return toFetched(await unlessAborted(answer, signal));
    },
    async sleep(milliseconds, signal) {
      const scale = clock.speed > 0 ? clock.speed : 1;
      await waits.wait(milliseconds / scale, signal).catch((error: unknown) => {
        if (signal?.aborted !== true) throw error;
      });
    },
    close: () =>
      inTurn(async () => {
        isClosed = true;
        core.settle();
        core.commit();
        state?.close();
      }),
  };
}

/** The answer, unless the client has gone away before it came. */
async function unlessAborted(answer: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  let abort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
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

function logEntry(now: number, { log, caller, parts, fault }: Answered): Omit<LogEntry, 'seq'> {
  return {
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
