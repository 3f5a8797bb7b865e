/** A queue of numbers by key, the smallest first. It knows nothing of what the numbers stand for. */

export class Heap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  get firstKey(): number | undefined {
    return this.#keys[0];
  }

  get first(): number | undefined {
    return this.#values[0];
  }

  push(key: number, value: number): void {
    let at = this.#keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(key, value, this.#at(parent))) break;
      this.#place(at, ...this.#at(parent));
      at = parent;
    }
    this.#place(at, key, value);
  }

  /** Takes the value of the smallest key; of equal keys the smallest value. */
  pop(): number | undefined {
    const first = this.#values[0];
    const key = this.#keys.pop();
    const value = this.#values.pop();
    if (key === undefined || value === undefined || this.#keys.length === 0) return first;
    this.#sink(key, value);
    return first;
  }

  *entries(): Iterable<readonly [key: number, value: number]> {
    for (let at = 0; at < this.#keys.length; at += 1) yield this.#at(at);
  }

  #sink(key: number, value: number): void {
    const { length } = this.#keys;
    let at = 0;
    for (let child = 1; child < length; child = 2 * at + 1) {
      const other = child + 1;
      if (other < length && isBefore(...this.#at(other), this.#at(child))) child = other;
      if (!isBefore(...this.#at(child), [key, value])) break;
      this.#place(at, ...this.#at(child));
      at = child;
    }
    this.#place(at, key, value);
  }

  #at(at: number): readonly [key: number, value: number] {
    return [this.#keys[at] ?? 0, this.#values[at] ?? 0];
  }

  #place(at: number, key: number, value: number): void {
    this.#keys[at] = key;
    this.#values[at] = value;
  }
}

function isBefore(key: number, value: number, [otherKey, other]: readonly [number, number]): boolean {
  return key < otherKey || (key === otherKey && value < other);
}
