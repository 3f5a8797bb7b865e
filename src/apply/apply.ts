/**
 * The driver: carries out the reducer's commands over the ports and tells it what came of them. It writes each
 * intent to the journal before the bytes leave, so that a run that is killed at any instant can be settled by
 * reading.
 */

import type { JournalEvent } from '../model/events.generated.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import type {
  Clock,
  History,
  Journal,
  JournalLine,
  Records,
  StateReader,
  StepWriter,
  WriteResult,
} from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import type { Reading } from '../model/snapshot.ts';
import { type ApplyState, type Command, initialState } from './apply-state.ts';
import {
  answeredLine,
  intentLine,
  observedLine,
  pausedLine,
  settledLine,
  startedLine,
} from './journal-event.ts';
import { type ApplyEvent, next } from './next.ts';

export interface ApplyPorts {
  readonly reader: StateReader;
  readonly writer: StepWriter;
  readonly clock: Clock;
  /** On disk when the promise resolves. */
  readonly append: Journal['append'];
  /** For progress; called after the line is on disk. */
  readonly onEvent: (event: JournalEvent, state: ApplyState) => void;
}

export interface ApplyOptions {
  readonly history: History;
  readonly lanes: number;
  readonly testTimeoutMs: number;
  /** Whole run, in milliseconds; `null`: no limit. */
  readonly timeoutMs: number | null;
  readonly refusalsUntilHandOff: number;
  /** Only the approvals that the plan hands off, instead of everything else. */
  readonly onlyApprovals: boolean;
  readonly interrupted: AbortSignal;
}

export interface ApplyResult {
  /** In the order of the plan, one for each step. */
  readonly outcomes: readonly Outcome[];
  readonly stopped: ApplyState['stopped'];
}

/** Several lanes are asked to pause at once; what is hardly longer is the same pause. */
const NEW_PAUSE_MS = 1_000;

export async function apply(plan: Plan, options: ApplyOptions, ports: ApplyPorts): Promise<ApplyResult> {
  const steps = plan.steps.filter(({ hand_off }) => (hand_off === true) === options.onlyApprovals);
  if (steps.length === 0) return { outcomes: outcomesOf(plan, new Map(), options), stopped: null };
  const run = new Run(plan, steps, options, ports);
  return { outcomes: outcomesOf(plan, await run.finish(), options), stopped: run.stopped };
}

/** The approvals that a person has to give are outcomes of the run too. */
function outcomesOf(
  plan: Plan,
  own: ReadonlyMap<string, Outcome>,
  { onlyApprovals }: ApplyOptions,
): readonly Outcome[] {
  return plan.steps.flatMap(({ id, hand_off }) => {
    const outcome = own.get(id);
    if (outcome !== undefined) return [outcome];
    if (onlyApprovals || hand_off !== true) return [];
    return [
      {
        step: id,
        kind: 'handed-off',
        already: false,
        reason: 'hand-off',
        message: null,
        hint: null,
        results: null,
      },
    ];
  });
}

class Run {
  readonly #plan: Plan;
  readonly #ports: ApplyPorts;
  readonly #records: Records;
  readonly #needTests: ReadonlySet<string>;
  #state: ApplyState;
  #lastServiceTime: string | null = null;
  /** The journal or a port failed: nothing more is sent. */
  #broken = false;
  /** Events are absorbed one after the other; each is journalled before the next. */
  #queue: Promise<void> = Promise.resolve();
  readonly #done: Promise<void>;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};
  readonly #interrupted: AbortSignal;
  readonly #woken = new AbortController();

  constructor(plan: Plan, steps: readonly PlanStep[], options: ApplyOptions, ports: ApplyPorts) {
    this.#plan = plan;
    this.#ports = ports;
    this.#records = plan.records;
    this.#needTests = new Set(
      // Whether results were lost is read off the row; only those that the row may show in vain have to be remembered.
      plan.steps.flatMap(({ verb, because, only_if_lost }) =>
        verb === 'test' && only_if_lost !== true ? because.flatMap(({ of }) => of ?? []) : [],
      ),
    );
    const now = ports.clock.now();
    this.#state = initialState(
      steps,
      {
        lanes: options.lanes,
        testTimeoutMs: options.testTimeoutMs,
        deadline: options.timeoutMs === null ? null : now + options.timeoutMs,
        refusalsUntilHandOff: options.refusalsUntilHandOff,
        asOf: plan.as_of,
        history: options.history,
      },
      now,
    );
    this.#interrupted = options.interrupted;
    this.#done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get stopped(): ApplyState['stopped'] {
    return this.#state.stopped;
  }

  async finish(): Promise<ReadonlyMap<string, Outcome>> {
    const onInterrupt = (): void => {
      this.#woken.abort();
      this.#enqueue({ kind: 'interrupted', now: this.#ports.clock.now() });
    };
    await this.#append(startedLine(this.#plan, this.#state.steps.length));
    this.#interrupted.addEventListener('abort', onInterrupt, { once: true });
    if (this.#interrupted.aborted) onInterrupt();
    else this.#enqueue({ kind: 'started', now: this.#ports.clock.now() });
    try {
      await this.#done;
    } finally {
      this.#interrupted.removeEventListener('abort', onInterrupt);
    }
    const outcomes = new Map<string, Outcome>();
    for (const { step, outcome } of this.#state.steps) if (outcome !== null) outcomes.set(step.id, outcome);
    return outcomes;
  }

  #enqueue(event: ApplyEvent): void {
    this.#queue = this.#queue.then(() => this.#absorb(event)).catch((error: unknown) => this.#break(error));
  }

  #break(error: unknown): void {
    this.#broken = true;
    this.#woken.abort();
    this.#reject(error);
  }

  async #absorb(event: ApplyEvent): Promise<void> {
    if (this.#broken || this.#state.finished) return;
    const before = this.#state;
    const { state, commands } = next(before, event);
    this.#state = state;
    await this.#journalEvent(event, before);
    for (const [place, { step, outcome }] of state.steps.entries()) {
      if (outcome === null || before.steps[place]?.outcome === outcome) continue;
      await this.#append(settledLine(step, outcome, this.#lastServiceTime));
    }
    for (const command of commands) await this.#carryOut(command);
  }

  /** Answers are journalled where they come in, before they wait for their turn. */
  async #journalEvent(event: ApplyEvent, before: ApplyState): Promise<void> {
    if (event.kind === 'interrupted') await this.#append({ event: 'interrupted' });
    if (event.kind === 'read' && this.#lastServiceTime !== null)
      await this.#append(observedLine([...event.readings.keys()], this.#lastServiceTime));
    const { pausedUntil } = this.#state;
    if (pausedUntil !== null && pausedUntil >= (before.pausedUntil ?? 0) + NEW_PAUSE_MS)
      await this.#append(pausedLine(pausedUntil));
  }

  /** Starts a command; its end comes back as an event. Only the journal is awaited here. */
  async #carryOut(command: Command): Promise<void> {
    switch (command.kind) {
      case 'read':
        this.#background(this.#read(command.addresses));
        return;
      case 'send':
        await this.#append(
          intentLine(command.step, command.reading.at, this.#needTests.has(command.step.id)),
        );
        this.#background(this.#send(command.step, command.reading));
        return;
      case 'wait':
        this.#background(this.#wait(command.until));
        return;
      case 'finish': {
        const complete = this.#state.steps.every(({ outcome }) => outcome?.kind === 'applied');
        const result =
          this.#state.stopped === 'interrupted' ? 'interrupted' : complete ? 'complete' : 'incomplete';
        await this.#append({ event: 'run-ended', result });
        this.#resolve();
        return;
      }
      default:
        return command satisfies never;
    }
  }

  #background(work: Promise<ApplyEvent>): void {
    work.then((event) => this.#enqueue(event)).catch((error: unknown) => this.#break(error));
  }

  async #read(addresses: readonly string[]): Promise<ApplyEvent> {
    const records = Object.fromEntries(addresses.map((address) => [address, this.#records[address] ?? []]));
    try {
      const readings = await this.#ports.reader.reread(records);
      for (const { at } of readings.values()) this.#lastServiceTime = at;
      return { kind: 'read', readings, now: this.#ports.clock.now() };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { kind: 'read-failed', message: error.message, now: this.#ports.clock.now() };
    }
  }

  async #send(step: PlanStep, reading: Reading): Promise<ApplyEvent> {
    const result = await this.#write(step, reading);
    await this.#append(answeredLine(step, result));
    return { kind: 'answered', step: step.id, result, now: this.#ports.clock.now() };
  }

  /** A sign-in that fails halfway is an outcome of the steps behind it, not of those that are done. */
  async #write(step: PlanStep, reading: Reading): Promise<WriteResult> {
    try {
      return await this.#ports.writer.write(step, this.#records, reading);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { status, code, message, hint } = error;
      return { kind: 'refused', status: status ?? 0, code, message, hint };
    }
  }

  async #wait(until: number): Promise<ApplyEvent> {
    const { clock } = this.#ports;
    await clock.sleep(Math.max(0, until - clock.now()), this.#woken.signal);
    return { kind: 'woke', now: clock.now() };
  }

  async #append(line: JournalLine): Promise<void> {
    this.#ports.onEvent(await this.#ports.append(line), this.#state);
  }
}
