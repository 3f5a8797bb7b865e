/** The clock of the embedded Dataverse: moved by hand in process, by real time × speed when it is served. */

export interface EmulatorClock {
  now(): number;
  advance(milliseconds: number): void;
}

export interface VirtualClock extends EmulatorClock {
  /** Moves to a time; never backwards, as rows already carry later times. */
  set(time: number): void;
  /** From here the clock follows real time, `speed` virtual milliseconds for each real one. */
  run(speed: number): void;
  readonly speed: number;
}

export function createClock(start: number, real: () => number = Date.now): VirtualClock {
  let base = start;
  let running: { readonly since: number; readonly speed: number } | undefined;

  function now(): number {
    return running === undefined ? base : base + Math.floor((real() - running.since) * running.speed);
  }
  function rebase(time: number): void {
    base = Math.max(time, now());
    if (running !== undefined) running = { ...running, since: real() };
  }
  return {
    now,
    advance: (milliseconds) => rebase(now() + Math.max(0, milliseconds)),
    set: rebase,
    run(speed) {
      base = now();
      running = { since: real(), speed };
    },
    get speed() {
      return running?.speed ?? 0;
    },
  };
}

export function isVirtualClock(clock: EmulatorClock): clock is VirtualClock {
  return 'run' in clock && 'set' in clock;
}

/** As the service prints times: UTC, whole seconds. */
export function toStamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
