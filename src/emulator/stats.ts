/** Counts that outlive a request: messages that tests have sent, by address, and requested tests, by mailbox. */

import type { World } from './world.ts';

export type Count = 'messages' | 'tests';

export function countUp(world: World, kind: Count, key: string): void {
  const id = `${kind} ${key.toLowerCase()}`;
  const before = world.store.get('_stats', id)?.count;
  world.store.put('_stats', id, {
    kind,
    key: key.toLowerCase(),
    count: (typeof before === 'number' ? before : 0) + 1,
  });
}

export function counts(world: World, kind: Count): Readonly<Record<string, number>> {
  const rows = [...world.store.rows('_stats')].filter((row) => row.kind === kind);
  const pairs = rows.map((row): [string, number] => [String(row.key), Number(row.count)]);
  return Object.fromEntries(pairs.sort(([left], [right]) => (left < right ? -1 : 1)));
}
