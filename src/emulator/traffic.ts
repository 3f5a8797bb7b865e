/** What the service counts of its data requests: for those who measure a client. Knows no rows. */

export interface TrafficReport {
  readonly requests: number;
  /** Requests that were carried out, each part of a batch for itself. */
  readonly operations: number;
  /** Bodies alone. */
  readonly bytes_in: number;
  readonly bytes_out: number;
  /** Billed work. */
  readonly work_ms: number;
  /** Answers 429 by their code, parts of a batch included; `fault`: those of a fault that names none. */
  readonly throttled: Readonly<Record<string, number>>;
  /** Most requests at the service at once. */
  readonly most_at_once: number;
  /** Operations in each second since the first request that had any. */
  readonly per_second: readonly (readonly [second: number, operations: number])[];
}

export interface Traffic {
  arrive(bytesIn: number): void;
  /** One more that works or waits for a worker. */
  enter(): void;
  leave(workMs: number): void;
  count(operations: number, now: number): void;
  answer(bytesOut: number): void;
  throttle(code: string): void;
  report(): TrafficReport;
}

export function createTraffic(): Traffic {
  const total = { requests: 0, operations: 0, in: 0, out: 0, work: 0, atOnce: 0, mostAtOnce: 0 };
  const throttled = new Map<string, number>();
  const perSecond = new Map<number, number>();
  let start: number | undefined;

  return {
    arrive(bytesIn) {
      total.requests += 1;
      total.in += bytesIn;
    },
    enter() {
      total.atOnce += 1;
      total.mostAtOnce = Math.max(total.mostAtOnce, total.atOnce);
    },
    leave(workMs) {
      total.atOnce -= 1;
      total.work += workMs;
    },
    count(operations, now) {
      start ??= now;
      const second = Math.floor((now - start) / 1000);
      total.operations += operations;
      perSecond.set(second, (perSecond.get(second) ?? 0) + operations);
    },
    answer(bytesOut) {
      total.out += bytesOut;
    },
    throttle(code) {
      throttled.set(code, (throttled.get(code) ?? 0) + 1);
    },
    report: () => ({
      requests: total.requests,
      operations: total.operations,
      bytes_in: total.in,
      bytes_out: total.out,
      work_ms: total.work,
      throttled: Object.fromEntries([...throttled].sort(([left], [right]) => (left < right ? -1 : 1))),
      most_at_once: total.mostAtOnce,
      per_second: [...perSecond],
    }),
  };
}
