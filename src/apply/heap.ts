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
      if (!this.#isBefore(key, value, parent)) break;
      this.#move(parent, at);
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
    for (let at = 0; at < this.#keys.length; at += 1) yield [this.#keyAt(at), this.#valueAt(at)];
  }

  #sink(key: number, value: number): void {
    const { length } = this.#keys;
    let at = 0;
    for (let child = 1; child < length; child = 2 * at + 1) {
      const other = child + 1;
      if (other < length && this.#isBefore(this.#keyAt(other), this.#valueAt(other), child)) child = other;
      if (this.#isBefore(key, value, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#place(at, key, value);
  }

  /** Whether it comes before what stands there. */
  #isBefore(key: number, value: number, at: number): boolean {
    const other = this.#keyAt(at);
    return key < other || (key === other && value < this.#valueAt(at));
  }

  #keyAt(at: number): number {
    return this.#keys[at] ?? 0;
  }

  #valueAt(at: number): number {
    return this.#values[at] ?? 0;
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#keyAt(from), this.#valueAt(from));
  }

  #place(at: number, key: number, value: number): void {
    this.#keys[at] = key;
    this.#values[at] = value;
  }
}
