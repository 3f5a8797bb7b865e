import { describe, expect, it } from 'vitest';
import { createStore } from './store.ts';

function open() {
  return createStore(new Map([['queue', 'name']]));
}

describe('the store', () => {
  it('gives every write a version of its own', () => {
    const store = open();
    const first = store.put('queue', 'a', { name: 'A' });
    const second = store.put('queue', 'a', { name: 'B' });
    expect(Number(second.versionnumber)).toBe(Number(first.versionnumber) + 1);
  });

  it('puts everything back when a transaction fails, faults excepted', () => {
    const store = open();
    store.put('queue', 'a', { name: 'A' });
    store.put('queue', 'b', { name: 'B' });
    const before = [...store.rows('queue')];
    const work = () =>
      store.transaction(() => {
        store.put('queue', 'a', { name: 'X' });
        store.remove('queue', 'b');
        store.put('queue', 'c', { name: 'C' });
        store.put('_faults', 'f', { used: 1 });
        throw new Error('no');
      });
    expect(work).toThrow('no');
    const byName = [...store.rows('queue')].sort((left, right) =>
      String(left.name).localeCompare(String(right.name)),
    );
    expect(byName).toEqual(before);
    expect(store.get('_faults', 'f')?.used).toBe(1);
    expect(store.takeChanges().map(({ table, id }) => `${table}/${id}`)).toEqual([
      'queue/a',
      'queue/b',
      '_faults/f',
    ]);
  });

  it('shows a rename in every reference, and takes it back', () => {
    const store = open();
    const reference = store.reference('queue', 'a');
    store.put('queue', 'a', { name: 'A' });
    const names = [reference.name];
    const rollBack = store.begin();
    store.put('queue', 'a', { name: 'B' });
    names.push(reference.name);
    rollBack();
    names.push(reference.name);
    expect(names).toEqual(['A', 'B', 'A']);
  });
});
