/** A sum of amounts that come in order of time and are forgotten from the oldest on. */

export interface SlidingSum {
  readonly sum: number;
  add(at: number, amount: number): void;
  /** Leaves out what is as old as this or older. */
  forget(before: number): void;
  /** Time of the last of the oldest amounts that have to go for the sum to be allowed. */
  timeOfSurplus(allowed: number): number;
}

/** Forgotten amounts are cut off in steps, to keep it cheap. */
const manyForgotten = 4096;

export function createSlidingSum(): SlidingSum {
  let times: number[] = [];
  let amounts: number[] = [];
  let first = 0;
  let sum = 0;

  return {
    get sum() {
      return sum;
    },
    add(at, amount) {
      times.push(at);
      amounts.push(amount);
      sum += amount;
    },
    forget(before) {
      for (let at = times[first]; at !== undefined && at <= before; at = times[first]) {
        sum -= amounts[first] ?? 0;
        first += 1;
      }
      // Sums of fractions do not come back to zero by themselves.
      if (first === times.length) sum = 0;
      if (first < manyForgotten) return;
      times = times.slice(first);
      amounts = amounts.slice(first);
      first = 0;
    },
    timeOfSurplus(allowed) {
      let left = sum;
      let index = first;
      while (left > allowed && index < times.length) {
        left -= amounts[index] ?? 0;
        index += 1;
      }
      return times[index - 1] ?? Number.NEGATIVE_INFINITY;
    },
  };
}
