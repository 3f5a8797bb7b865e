/**
 * The driver: carries out the reducer's commands over the ports and tells it what came of them. It writes each
 * intent to the journal before the bytes leave, so that a run that is killed at any instant can be settled by
 * reading.
 */

import type { JournalEvent } from '../model/events.generated.ts';
import type { Outcome, OutcomeReason } from '../model/outcome.ts';
import type { Plan, PlanStep } from '../model/plan.generated.ts';
import type {
  Clock,
  History,
  Journal,
  JournalLine,
  Records,
  Sending,
  StateReader,
  StepWriter,
  WriteResult,
} from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { type ApplyState, type Command, initialState } from './apply-state.ts';
import {
  answeredLine,
  intentLine,
  observedLine,
  pausedLine,
  settledLine,
  startedLine,
} from './journal-event.ts';
import type { Lanes } from './lane-control.ts';
import { type ApplyEvent, next } from './next.ts';

export interface ApplyPorts {
  readonly reader: StateReader;
  readonly writer: StepWriter;
  readonly clock: Clock;
  readonly append: Journal['append'];
  /** For progress; called after the line is on disk. */
  readonly onEvent: (event: JournalEvent) => void;
}

export interface ApplyOptions {
  readonly history: History;
  readonly lanes: Lanes;
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
        reason: 'hand-off' satisfies OutcomeReason,
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
  /** Events in the order in which they came in, to be absorbed one after the other. */
  #events: ApplyEvent[] = [];
  #isAbsorbing = false;
  readonly #done: Promise<void>;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};
  readonly #interrupted: AbortSignal;
  /** Ends the wait that is under way; a newer wait takes its place. */
  #alarm = new AbortController();

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
      this.#alarm.abort();
      // Before what waits for its turn: nothing is begun any more.
      this.#enqueue({ kind: 'interrupted', now: this.#ports.clock.now() }, 'first');
    };
    await this.#append([startedLine(this.#plan, this.#state.steps.length)]);
    this.#interrupted.addEventListener('abort', onInterrupt, { once: true });
    this.#ports.writer.onPause((until) => this.#onPause(until));
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

  /** Writes are answered with the pause that they meet; a reading waits it out and would tell only then. */
  #onPause(until: number): void {
    if (this.#state.reading === null) return;
    this.#enqueue({ kind: 'paused', until, now: this.#ports.clock.now() });
  }

  #enqueue(event: ApplyEvent, place: 'first' | 'last' = 'last'): void {
    if (place === 'first') this.#events.unshift(event);
    else this.#events.push(event);
    if (this.#isAbsorbing) return;
    this.#isAbsorbing = true;
    this.#absorbAll().catch((error: unknown) => this.#break(error));
  }

  #break(error: unknown): void {
    this.#broken = true;
    this.#alarm.abort();
    this.#reject(error);
  }

  /** Events that came in meanwhile are taken together: their lines reach the disk at once, before anything is sent. */
  async #absorbAll(): Promise<void> {
    while (this.#events.length > 0 && !this.#broken) {
      const lines: JournalLine[] = [];
      const commands: Command[] = [];
      for (const event of this.#events.splice(0)) commands.push(...this.#absorb(event, lines));
      if (lines.length > 0) await this.#append(lines);
      if (this.#broken) return;
      for (const command of commands) this.#carryOut(command);
    }
    this.#isAbsorbing = false;
  }

  #absorb(event: ApplyEvent, lines: JournalLine[]): readonly Command[] {
    const before = this.#state;
    if (before.finished) return [];
    const { state, commands, ended } = next(before, event);
    this.#state = state;
    lines.push(...this.#eventLines(event, before));
    for (const { step, outcome } of ended)
      if (outcome !== null) lines.push(settledLine(step, outcome, this.#lastServiceTime));
    for (const command of commands) lines.push(...this.#commandLines(command));
    return commands;
  }

  /** Answers are journalled where they come in, before they wait for their turn. */
  #eventLines(event: ApplyEvent, before: ApplyState): readonly JournalLine[] {
    const lines: JournalLine[] = [];
    if (event.kind === 'interrupted') lines.push({ event: 'interrupted' });
    if (event.kind === 'read' && this.#lastServiceTime !== null)
      lines.push(observedLine([...event.readings.keys()], this.#lastServiceTime));
    const { pausedUntil } = this.#state;
    if (
      pausedUntil !== null &&
      pausedUntil > event.now &&
      pausedUntil >= (before.pausedUntil ?? 0) + NEW_PAUSE_MS
    )
      lines.push(pausedLine(pausedUntil));
    return lines;
  }

  #commandLines(command: Command): readonly JournalLine[] {
    if (command.kind === 'send')
      return command.sendings.map(({ step, reading }) =>
        intentLine(step, reading.at, this.#needTests.has(step.id)),
      );
    if (command.kind !== 'finish') return [];
    const complete = this.#state.steps.every(({ outcome }) => outcome?.kind === 'applied');
    const result =
      this.#state.stopped === 'interrupted' ? 'interrupted' : complete ? 'complete' : 'incomplete';
    return [{ event: 'run-ended', result }];
  }

  /** Starts a command, whose lines are on disk; its end comes back as an event. */
  #carryOut(command: Command): void {
    switch (command.kind) {
      case 'read':
        this.#background(this.#read(command));
        return;
      case 'send':
        this.#background(this.#send(command.sendings));
        return;
      case 'wait':
        this.#wait(command.until).catch((error: unknown) => this.#break(error));
        return;
      case 'finish':
        this.#alarm.abort();
        this.#resolve();
        return;
      default:
        command satisfies never;
    }
  }

  #background(work: Promise<ApplyEvent>): void {
    work.then((event) => this.#enqueue(event)).catch((error: unknown) => this.#break(error));
  }

  async #read({ addresses, hurry }: Extract<Command, { kind: 'read' }>): Promise<ApplyEvent> {
    const records = Object.fromEntries(addresses.map((address) => [address, this.#records[address] ?? []]));
    try {
      const readings = await this.#ports.reader.reread(records, { hurry });
      for (const { at } of readings.values()) this.#lastServiceTime = at;
      return { kind: 'read', readings, now: this.#ports.clock.now() };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { kind: 'read-failed', message: error.message, now: this.#ports.clock.now() };
    }
  }

  async #send(sendings: readonly Sending[]): Promise<ApplyEvent> {
    const { clock, writer } = this.#ports;
    const { sentAt, results } = await writer.inTurn(async () => {
      const started = clock.now();
      return { sentAt: started, results: await this.#write(sendings) };
    });
    const now = clock.now();
    const steps = sendings.map(({ step }) => step);
    // Who stopped the run did not wait for this answer, and its journal may be closed by now.
    if (!this.#state.finished)
      await this.#append(steps.flatMap((step, index) => lineOf(step, results[index])));
    return {
      kind: 'answered',
      steps: steps.map(({ id }) => id),
      results,
      sentAt,
      now,
      budget: writer.budget(),
    };
  }

  /** A sign-in that fails halfway is an outcome of the steps behind it, not of those that are done. */
  async #write(sendings: readonly Sending[]): Promise<readonly WriteResult[]> {
    // Stopped while its intents went to the disk, or before its turn: it was not sent.
    if (this.#interrupted.aborted || this.#state.stopped !== null)
      return sendings.map(() => ({ kind: 'throttled', retryAfterMs: 0 }));
    try {
      return await this.#ports.writer.write(sendings, this.#records);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { status, code, message, hint } = error;
      return sendings.map(() => ({ kind: 'refused', status: status ?? 0, code, message, hint }));
    }
  }

  async #wait(until: number): Promise<void> {
    const { clock } = this.#ports;
    const alarm = new AbortController();
    this.#alarm.abort();
    this.#alarm = alarm;
    await clock.sleep(Math.max(0, until - clock.now()), alarm.signal);
    if (this.#alarm === alarm) this.#enqueue({ kind: 'woke', now: clock.now() });
  }

  async #append(lines: readonly JournalLine[]): Promise<void> {
    for (const event of await this.#ports.append(lines)) this.#ports.onEvent(event);
  }
}

function lineOf(step: PlanStep, result: WriteResult | undefined): readonly JournalLine[] {
  return result === undefined ? [] : [answeredLine(step, result)];
}
