import { expect, it } from 'vitest';
import { type FormatAge, formatAge } from './format-version.ts';

it.each<[unknown, FormatAge]>([
  ['1.0', 'ours'],
  ['1.1', 'newer'],
  ['1.10', 'newer'],
  ['2.0', 'other'],
  ['0.9', 'other'],
  ['10.0', 'other'],
  ['1', 'other'],
  ['1.0.0', 'other'],
  ['1.00', 'other'],
  [' 1.0', 'other'],
  ['', 'other'],
  [1, 'other'],
  [null, 'other'],
  [undefined, 'other'],
])('%j is %s', (format, age) => {
  expect(formatAge(format)).toBe(age);
});
