/** At most so many pieces of work at once; the others wait for their turn, first come first served. */

export type AtOnce = <T>(work: () => Promise<T>) => Promise<T>;

export function atMostAtOnce(most: number): AtOnce {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A place that becomes free is handed on: nobody who comes meanwhile can take it.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
