/** Entries in order of their time, and of their coming where times are equal: a binary heap. Knows no clock. */

export interface Timed {
  readonly at: number;
  readonly order: number;
  readonly cancelled: boolean;
}

export interface Timeline<Entry extends Timed> {
  readonly isEmpty: boolean;
  add(entry: Entry): void;
  /** The earliest that is not cancelled. */
  first(): Entry | undefined;
  /** Takes out what is due, in order. */
  takeUntil(time: number): readonly Entry[];
  /** To be called after cancelling: cancelled entries are kept only while they are few. */
  tidy(): void;
}

const fewCancelled = 1024;

export function createTimeline<Entry extends Timed>(): Timeline<Entry> {
  let heap: Entry[] = [];
  let cancelled = 0;

  function first(): Entry | undefined {
    while (heap[0]?.cancelled === true) {
      cancelled -= 1;
      removeFirst(heap);
    }
    return heap[0];
  }
  return {
    get isEmpty() {
      return first() === undefined;
    },
    add: (entry) => insert(heap, entry),
    first,
    takeUntil(time) {
      const due: Entry[] = [];
      for (let entry = first(); entry !== undefined && entry.at <= time; entry = first()) {
        due.push(entry);
        removeFirst(heap);
      }
      return due;
    },
    tidy() {
      cancelled += 1;
      if (cancelled < fewCancelled || cancelled * 2 < heap.length) return;
      // Whatever is in order is a heap as well.
      heap = heap.filter((entry) => !entry.cancelled).sort((left, right) => (isBefore(left, right) ? -1 : 1));
      cancelled = 0;
    },
  };
}

function isBefore(left: Timed, right: Timed): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}

function insert<Entry extends Timed>(heap: Entry[], entry: Entry): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = entry;
}

function removeFirst<Entry extends Timed>(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (let child = earlierChild(heap, index); child !== undefined; child = earlierChild(heap, index)) {
    const entry = heap[child];
    if (entry === undefined || !isBefore(entry, last)) break;
    heap[index] = entry;
    index = child;
  }
  heap[index] = last;
}

function earlierChild<Entry extends Timed>(heap: readonly Entry[], index: number): number | undefined {
  const left = heap[2 * index + 1];
  const right = heap[2 * index + 2];
  if (left === undefined) return undefined;
  return right !== undefined && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
}
