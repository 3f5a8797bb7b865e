/**
 * Small groups of combinations: each group holds every value of every factor, and over all groups every two values of
 * every two factors meet. Knows no service.
 */

export type Factors = Readonly<Record<string, readonly string[]>>;
export type Combination = Readonly<Record<string, string>>;
export type Group = readonly Combination[];

/**
 * Deterministic: the same factors in the same order give the same groups. Each group meets a pair that none before it
 * did, so that there is an end.
 */
export function pairwiseGroups(factors: Factors): readonly Group[] {
  const missing = new Set(allPairs(factors));
  const groups: Group[] = [];
  while (missing.size > 0) {
    const group = makeGroup(factors, groups.length, missing);
    for (const pair of group.flatMap(pairsOf)) missing.delete(pair);
    groups.push(group);
  }
  return groups;
}

/** Every two values of every two factors. */
export function allPairs(factors: Factors): readonly string[] {
  const all = Object.entries(factors);
  return all.flatMap(([one, values], index) =>
    all
      .slice(index + 1)
      .flatMap(([other, itsValues]) =>
        values.flatMap((value) => itsValues.map((itsValue) => pairOf(one, value, other, itsValue))),
      ),
  );
}

export function pairsOf(combination: Combination): readonly string[] {
  const entries = Object.entries(combination);
  return entries.flatMap(([one, value], index) =>
    entries.slice(index + 1).map(([other, itsValue]) => pairOf(one, value, other, itsValue)),
  );
}

/** Factor after factor is spread over the group where it meets the most missing pairs; each group begins with another. */
function makeGroup(factors: Factors, turn: number, missing: ReadonlySet<string>): Group {
  const names = Object.keys(factors);
  const size = Math.max(...Object.values(factors).map((values) => values.length));
  const rows = Array.from({ length: size }, (): Record<string, string> => ({}));
  for (let at = 0; at < names.length; at += 1) {
    const name = names[(at + turn) % names.length] ?? '';
    const best = bestOf(spreads(factors[name] ?? [], size), (spread) =>
      sum(rows.map((row, index) => newPairs(row, name, spread[index] ?? '', missing))),
    );
    for (const [index, row] of rows.entries()) row[name] = best[index] ?? '';
  }
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? ''])));
}

/** The values of one factor, row by row. */
type Spread = readonly string[];

/** Every way to give so many rows a value each, so that none of the values is left out. */
function spreads(values: readonly string[], size: number): readonly Spread[] {
  let all: readonly Spread[] = [[]];
  for (let row = 0; row < size; row += 1) {
    all = all.flatMap((begun) => values.map((value) => [...begun, value]));
  }
  return all.filter((spread) => values.every((value) => spread.includes(value)));
}

function newPairs(row: Combination, name: string, value: string, missing: ReadonlySet<string>): number {
  return Object.entries(row).filter(([other, its]) => missing.has(pairOf(name, value, other, its))).length;
}

/** The first of those with the highest score. */
function bestOf(all: readonly Spread[], score: (one: Spread) => number): Spread {
  const scores = all.map(score);
  return all[scores.indexOf(Math.max(...scores))] ?? [];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The same whichever is named first. */
function pairOf(one: string, value: string, other: string, itsValue: string): string {
  const [a, b] = one < other ? [one, other] : [other, one];
  return a === one ? `${a}=${value} ${b}=${itsValue}` : `${a}=${itsValue} ${b}=${value}`;
}
