/** Whether the last run went to its end, from the lines of the journals. */

import type { JournalEvent } from '../model/events.generated.ts';
import type { UnfinishedRun } from '../model/ports.ts';

interface LastRun extends UnfinishedRun {
  readonly run: string;
  readonly timedOut: boolean;
  readonly ended: boolean;
}

/** The run of which the newest lines are. */
export class LastRunSeen {
  #last: LastRun | null = null;

  /** Lines of all runs, oldest first. */
  note({ event, run, time, steps, outcome, reason, result }: JournalEvent): void {
    if (event === 'run-started')
      this.#last = { run, at: time, steps: steps ?? 0, applied: 0, timedOut: false, ended: false };
    const last = this.#last;
    if (last === null || last.run !== run) return;
    if (event === 'settled' && outcome === 'applied') this.#last = { ...last, applied: last.applied + 1 };
    if (event === 'settled' && reason === 'time-out') this.#last = { ...last, timedOut: true };
    // Whose time was over ends in order, and is no more at its end than one that was interrupted.
    if (event === 'run-ended') this.#last = { ...last, ended: result !== 'interrupted' && !last.timedOut };
  }

  /** `undefined`: it went to its end, or there was none. */
  get unfinished(): UnfinishedRun | undefined {
    if (this.#last === null || this.#last.ended) return undefined;
    const { at, steps, applied } = this.#last;
    return { at, steps, applied };
  }
}
