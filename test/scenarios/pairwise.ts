/** A small set of combinations in which every pair of values of every two factors occurs. Knows no service. */

export type Factors = Readonly<Record<string, readonly string[]>>;
export type Combination = Readonly<Record<string, string>>;

/** Repairs that are tried before one combination more is allowed. */
const REPAIRS = 300;

/** Deterministic: the same factors in the same order give the same combinations. */
export function pairwise(factors: Factors): readonly Combination[] {
  const sizes = Object.values(factors).map((values) => values.length);
  const [largest = 1, second = 1] = [...sizes].sort((one, other) => other - one);
  for (let size = largest * second; ; size += 1) {
    const combinations = search(factors, size);
    if (combinations !== null) return combinations;
  }
}

/** Every two values of every two factors. */
export function allPairs(factors: Factors): readonly string[] {
  const names = Object.keys(factors);
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        (factors[one] ?? []).flatMap((value) =>
          (factors[other] ?? []).map((itsValue) => pairKey(one, value, other, itsValue)),
        ),
      ),
  );
}

export function pairsOf(combination: Combination): readonly string[] {
  const entries = Object.entries(combination);
  return entries.flatMap(([one, value], index) =>
    entries.slice(index + 1).map(([other, itsValue]) => pairKey(one, value, other, itsValue)),
  );
}

/**
 * Local search: again and again one missing pair is put into the combination where that costs the fewest others.
 * `null` when pairs are still missing in the end.
 */
function search(factors: Factors, size: number): readonly Combination[] | null {
  const random = randomNumbers();
  const rows: Record<string, string>[] = Array.from({ length: size }, (_, row) =>
    Object.fromEntries(
      Object.entries(factors).map(([name, values]) => [name, values[row % values.length] ?? '']),
    ),
  );
  const counts = new Map(allPairs(factors).map((pair) => [pair, 0]));
  for (const row of rows) count(counts, pairsOf(row), 1);
  for (let repair = 0; repair < REPAIRS; repair += 1) {
    const missing = [...counts].filter(([, times]) => times === 0).map(([pair]) => pair);
    if (missing.length === 0) return rows;
    const wanted = parsePair(missing[random(missing.length)] ?? '');
    const costs = rows.map((row) => cost(counts, row, wanted) + random(100) / 100);
    const cheapest = rows[costs.indexOf(Math.min(...costs))];
    if (cheapest === undefined) return null;
    count(counts, pairsWith(cheapest, wanted), -1);
    Object.assign(cheapest, wanted);
    count(counts, pairsWith(cheapest, wanted), 1);
  }
  return null;
}

/** Pairs that occur nowhere else and would be lost, less those that would be won. */
function cost(counts: ReadonlyMap<string, number>, row: Combination, wanted: Combination): number {
  const lost = pairsWith(row, wanted).filter((pair) => counts.get(pair) === 1);
  const won = pairsWith({ ...row, ...wanted }, wanted).filter((pair) => counts.get(pair) === 0);
  return lost.length - won.length;
}

/** The pairs of a combination in which one of the changed factors takes part. */
function pairsWith(combination: Combination, changed: Combination): readonly string[] {
  const entries = Object.entries(combination);
  const pairs = new Set<string>();
  for (const name of Object.keys(changed)) {
    const at = entries.findIndex(([known]) => known === name);
    for (const [index, [other, itsValue]] of entries.entries()) {
      const value = combination[name] ?? '';
      if (index < at) pairs.add(pairKey(other, itsValue, name, value));
      if (index > at) pairs.add(pairKey(name, value, other, itsValue));
    }
  }
  return [...pairs];
}

function count(counts: Map<string, number>, pairs: readonly string[], by: number): void {
  for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + by);
}

/** A linear congruential generator with a fixed seed (Numerical Recipes). */
function randomNumbers(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pairKey(one: string, value: string, other: string, itsValue: string): string {
  return `${one}=${value} ${other}=${itsValue}`;
}

function parsePair(pair: string): Combination {
  return Object.fromEntries(pair.split(' ').map((part) => part.split('=')));
}
