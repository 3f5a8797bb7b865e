/**
 * A service on a virtual clock with the costs and limits of a real one, behind the ports: for runs of thousands of
 * steps in a moment. Workers take requests in the order in which they came; each request at the service beyond them
 * slows the work, as in the embedded Dataverse.
 */

import { setImmediate } from 'node:timers/promises';
import { createRandom } from '../emulator/random.ts';
import { createTimeline, type Timed } from '../emulator/timeline.ts';
import type { JournalEvent } from '../model/events.generated.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import type { Clock, Sending, ServiceBudget, StateReader, StepWriter, WriteResult } from '../model/ports.ts';
import type { Reading } from '../model/snapshot.ts';
import { step } from './apply.test-support.ts';
import { apply } from './apply.ts';
import { NO_HISTORY } from './history.ts';
import { lanesFor } from './lanes.ts';

export interface SimulatedService {
  readonly steps: number;
  readonly roundTripMs: number;
  readonly operationMs: number;
  readonly workers: number;
  /** What the service recommends. */
  readonly hint: number | null;
  /** Share by which the time of an operation differs from the mean. */
  readonly spread?: number;
  readonly seed?: number;
  /** Each so many-th request is refused for a second. */
  readonly refuseEvery?: number;
  /** Whether it tells what working time is left. */
  readonly tellsBudget?: boolean;
  /** Requests in five minutes. */
  readonly requests?: number;
  /** From then on the service is another. */
  readonly later?: Later;
  /** Whether connections are made by the requests that need them, for three round trips more. */
  readonly connects?: boolean;
}

export interface Later {
  readonly fromMs: number;
  readonly workers?: number;
  readonly operationMs?: number;
  readonly hint?: number;
}

export interface SimulatedRun {
  /** Until the last step has its outcome. */
  readonly ms: number;
  /** Working time that the service counted. */
  readonly billedMs: number;
  readonly requests: number;
  readonly throttled: number;
  /** Time for which the service asked for silence. */
  readonly pausedMs: number;
  readonly lost: number;
  readonly twice: number;
  readonly mostAtOnce: number;
  /** Requests with steps that were under way, and the size of the newest, each time that one left. */
  readonly lanes: readonly { readonly at: number; readonly underWay: number; readonly size: number }[];
}

const WINDOW_MS = 300_000;
const WORK_MS = 1_200_000;
const AT_ONCE = 52;
const CONTENTION = 0.05;
/** Rows that one lookup names. */
const LOOKUP = 100;
/** TCP, TLS and the answer to the first word. */
const TRIPS_TO_CONNECT = 3;

export async function simulate(options: SimulatedService): Promise<SimulatedRun> {
  const service = new Service(options);
  const steps = Array.from({ length: options.steps }, (_none, index) => step(`m${index}#edit`));
  const clock: Clock = {
    now: () => service.now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const cancel = service.at(service.now + ms, resolve);
        const abort = (): void => {
          cancel();
          resolve();
        };
        signal?.addEventListener('abort', abort, { once: true });
      }),
  };
  let seq = 0;
  const run = apply(
    planOf(steps),
    {
      history: NO_HISTORY,
      lanes: lanesFor(null, options.hint),
      testTimeoutMs: 60_000,
      timeoutMs: null,
      refusalsUntilHandOff: 1,
      onlyApprovals: false,
      interrupted: new AbortController().signal,
    },
    {
      reader: service as unknown as StateReader,
      writer: service,
      clock,
      append: async (lines) =>
        lines.map((line): JournalEvent => {
          seq += 1;
          return { time: '', run: 'r', seq, ...line };
        }),
      onEvent: () => {},
    },
  );
  const result = await service.runUntil(run);
  const applied = result.outcomes.filter(({ kind }) => kind === 'applied').length;
  const written = [...service.written.values()];
  return {
    ms: service.now,
    billedMs: service.billedMs,
    requests: service.requests,
    throttled: service.throttled,
    pausedMs: service.pausedMs,
    lost: options.steps - Math.min(applied, written.length),
    twice: written.filter((times) => times > 1).length,
    mostAtOnce: service.mostAtOnce,
    lanes: service.lanes,
  };
}

function planOf(steps: readonly PlanStep[]): Plan {
  const records = {};
  const as_of = new Date(0).toISOString();
  const environment = { name: 'simulated', url: 'emulator', organization_id: 'o' };
  return { steps, records, as_of, environment, plan_digest: 'sha256:1' } as unknown as Plan;
}

interface Job {
  readonly operations: number;
  readonly done: () => void;
}

interface Timer extends Timed {
  cancelled: boolean;
  readonly callback: () => void;
}

class Service implements Pick<StateReader, 'reread'>, StepWriter {
  now = 0;
  billedMs = 0;
  requests = 0;
  throttled = 0;
  pausedMs = 0;
  mostAtOnce = 0;
  readonly written = new Map<string, number>();
  readonly lanes: { at: number; underWay: number; size: number }[] = [];
  readonly #options: SimulatedService;
  readonly #random: () => number;
  readonly #timers = createTimeline<Timer>();
  #order = 0;
  readonly #queue: Job[] = [];
  /** Uses in the sliding window: when, and the working time. */
  readonly #uses: { readonly at: number; ms: number }[] = [];
  #firstUse = 0;
  #usedMs = 0;
  #busy = 0;
  #atService = 0;
  #underWay = 0;
  #idleConnections = 0;
  #pausedUntil = 0;
  #tellPause: (until: number) => void = () => {};

  constructor(options: SimulatedService) {
    this.#options = options;
    this.#random = createRandom(options.seed ?? 1);
  }

  /** The answer cancels it. */
  at(time: number, callback: () => void): () => void {
    const timer: Timer = { at: time, order: this.#order, cancelled: false, callback };
    this.#order += 1;
    this.#timers.add(timer);
    return () => {
      timer.cancelled = true;
      this.#timers.tidy();
    };
  }

  /** Time stands still while anything is going on in this process. */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const finish = (): void => {
      isDone = true;
    };
    work.then(finish, finish);
    for (;;) {
      await setImmediate();
      if (isDone) return work;
      const time = this.#timers.first()?.at;
      if (time === undefined) throw new Error('The run waits for nothing');
      this.now = Math.max(this.now, time);
      for (const { callback } of this.#timers.takeUntil(this.now)) callback();
    }
  }

  async reread(records: Readonly<Record<string, unknown>>): Promise<ReadonlyMap<string, Reading>> {
    const addresses = Object.keys(records);
    const lookups = Math.ceil(addresses.length / LOOKUP);
    await Promise.all(Array.from({ length: lookups }, () => this.#read()));
    const at = new Date(this.now).toISOString();
    return new Map(
      addresses.map((address) => {
        const x = this.written.has(`${address}#edit`) ? 1 : 0;
        return [address, { address, exists: true, fields: { x }, ownerEnabled: true, at, proof: null }];
      }),
    );
  }

  async write(sendings: readonly Sending[]): Promise<readonly WriteResult[]> {
    this.#underWay += 1;
    this.lanes.push({ at: this.now, underWay: this.#underWay, size: sendings.length });
    const retryAfterMs = await this.#request(sendings.length);
    this.#underWay -= 1;
    if (retryAfterMs !== null) return sendings.map(() => ({ kind: 'throttled', retryAfterMs }));
    for (const { step: sent } of sendings) this.written.set(sent.id, (this.written.get(sent.id) ?? 0) + 1);
    const at = new Date(this.now).toISOString();
    return sendings.map(() => ({ kind: 'done', at }));
  }

  onPause(tell: (until: number) => void): void {
    this.#tellPause = tell;
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  budget(): ServiceBudget {
    this.#forget();
    const { tellsBudget = true, hint } = this.#now();
    return {
      workMsLeft: tellsBudget ? Math.max(0, WORK_MS - this.#usedMs) : null,
      requestsLeft: null,
      parallelism: hint,
    };
  }

  #now(): SimulatedService {
    const { later } = this.#options;
    return later !== undefined && this.now >= later.fromMs ? { ...this.#options, ...later } : this.#options;
  }

  /** A reader waits out pauses by itself. */
  async #read(): Promise<void> {
    for (;;) {
      const wait = this.#pausedUntil - this.now;
      if (wait > 0) await new Promise<void>((resolve) => this.at(this.now + wait, resolve));
      if ((await this.#request(1)) === null) return;
    }
  }

  /** The milliseconds for which the service asks for silence; `null`: carried out. */
  #request(operations: number): Promise<number | null> {
    const half = this.#options.roundTripMs / 2;
    const connecting = this.#connect();
    return new Promise((resolve) => {
      const back = (answer: number | null): void => {
        this.at(this.now + half, () => {
          this.#idleConnections += 1;
          if (answer !== null) this.#pause(answer);
          resolve(answer);
        });
      };
      this.at(this.now + connecting + half, () => {
        const refusal = this.#enter();
        if (refusal !== null) back(refusal);
        else this.#work({ operations, done: () => back(null) });
      });
    });
  }

  #connect(): number {
    const { connects = false, roundTripMs } = this.#options;
    if (this.#idleConnections === 0) return connects ? TRIPS_TO_CONNECT * roundTripMs : 0;
    this.#idleConnections -= 1;
    return 0;
  }

  #pause(ms: number): void {
    const from = Math.max(this.#pausedUntil, this.now);
    this.pausedMs += Math.max(0, this.now + ms - from);
    if (this.now + ms <= this.#pausedUntil) return;
    this.#pausedUntil = this.now + ms;
    this.#tellPause(this.#pausedUntil);
  }

  #enter(): number | null {
    this.requests += 1;
    this.#forget();
    const { refuseEvery, requests = 6_000 } = this.#options;
    const oldest = (this.#uses[this.#firstUse]?.at ?? this.now) + WINDOW_MS - this.now;
    const isEvery = refuseEvery !== undefined && this.requests % refuseEvery === 0;
    if (isEvery || this.#atService >= AT_ONCE) return this.#refuse(1_000);
    if (this.#uses.length - this.#firstUse >= requests || this.#usedMs >= WORK_MS)
      return this.#refuse(Math.max(1, Math.ceil(oldest / 1000)) * 1000);
    this.#atService += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atService);
    return null;
  }

  #refuse(ms: number): number {
    this.throttled += 1;
    return ms;
  }

  #work(job: Job): void {
    if (this.#busy >= this.#now().workers) this.#queue.push(job);
    else this.#begin(job);
  }

  #begin({ operations, done }: Job): void {
    const { workers, operationMs, spread = 0.25 } = this.#now();
    this.#busy += 1;
    let ms = 0;
    for (let index = 0; index < operations; index += 1)
      ms += operationMs * (1 + spread * (2 * this.#random() - 1));
    ms *= 1 + CONTENTION * Math.max(0, this.#atService - workers);
    this.at(this.now + ms, () => {
      this.#busy -= 1;
      this.#atService -= 1;
      this.billedMs += ms;
      this.#usedMs += ms;
      this.#uses.push({ at: this.now, ms });
      done();
      while (this.#busy < this.#now().workers) {
        const next = this.#queue.shift();
        if (next === undefined) return;
        this.#begin(next);
      }
    });
  }

  #forget(): void {
    for (;;) {
      const use = this.#uses[this.#firstUse];
      if (use === undefined || use.at > this.now - WINDOW_MS) return;
      this.#usedMs -= use.ms;
      this.#firstUse += 1;
    }
  }
}

export interface Ideal {
  readonly ms: number;
  /** Nothing can be quicker: the ideal, and what the sliding window and the way to the service leave possible. */
  readonly boundMs: number;
}

/** Times that no client can beat. Every write needs a reading before it: two ways there and back. */
export function idealOf({ steps, roundTripMs, operationMs, workers }: SimulatedService): Ideal {
  const work = steps * operationMs;
  const windows = Math.ceil(work / WORK_MS) - 1;
  const ms = Math.max(roundTripMs + operationMs, work / workers, windows * WINDOW_MS);
  const window = windows * WINDOW_MS + (work - windows * WORK_MS) / workers;
  return { ms, boundMs: Math.max(window, 2 * roundTripMs + operationMs + work / workers) };
}
