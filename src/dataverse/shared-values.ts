/** Values that are made once, however many rows have them. Knows no table. */

/** So many of the last are compared with the next: personal queues that never moved mail are all alike. */
const KEPT = 8;

interface Made<Item, Result> {
  readonly values: readonly Item[];
  readonly object: Result;
}

/** The same answer for the same key; what is made for it is kept. */
export function remembered<Result>(make: (key: string) => Result): (key: string) => Result {
  const known = new Map<string, Result>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/**
 * Makes objects with these keys; such as are alike are one object. The function reads `values` and keeps nothing of it,
 * so that who calls it may fill the same array again. Results are compared by identity of their values.
 */
export function objectSharer<Item>(
  keys: readonly string[],
): (values: readonly Item[]) => Readonly<Record<string, Item>> {
  const make = objectMaker<Item>(keys);
  const kept: Made<Item, Readonly<Record<string, Item>>>[] = [];
  let oldest = 0;
  return (values) => {
    for (const { values: before, object } of kept) if (sameItems(before, values)) return object;
    const object = make(values);
    kept[oldest] = { values: [...values], object };
    oldest = (oldest + 1) % KEPT;
    return object;
  };
}

/** Copies of one object share its layout; an object that grows key by key takes several times the memory. */
function objectMaker<Item>(keys: readonly string[]): (values: readonly Item[]) => Record<string, Item> {
  const layout = JSON.parse(JSON.stringify(Object.fromEntries(keys.map((key) => [key, null]))));
  return (values) => {
    const object: Record<string, Item> = { ...layout };
    let place = 0;
    for (const key of keys) object[key] = values[place++] as Item;
    return object;
  };
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let place = 0; place < a.length; place += 1) if (a[place] !== b[place]) return false;
  return true;
}
