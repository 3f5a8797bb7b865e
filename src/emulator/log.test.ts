import { expect, it } from 'vitest';
import { createLog, type LogEntry } from './log.ts';

const part = { method: 'GET', path: 'x', table: null, status: 200, keys: [] };
const entry = { ...part, time: '', caller: '' };
const numbers = (entries: readonly LogEntry[]): readonly number[] => entries.map(({ seq }) => seq);

it('keeps every entry without a limit', () => {
  const log = createLog();
  for (let index = 0; index < 5; index += 1) log.add(entry);
  expect(numbers(log.entries)).toEqual([1, 2, 3, 4, 5]);
});

it('keeps the last operations, the parts of a batch each for itself, and goes on counting', () => {
  const log = createLog(4);
  for (let index = 0; index < 7; index += 1) log.add(entry);
  expect(numbers(log.entries)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  log.add(entry);
  expect(numbers(log.entries)).toEqual([5, 6, 7, 8]);
  log.add({ ...entry, parts: [part, part, part, part] });
  expect(numbers(log.entries)).toEqual([9]);
  log.clear();
  log.add(entry);
  expect(numbers(log.entries)).toEqual([1]);
});
