import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const KNOWN = ['queue', 'user', 'outgoing', 'emailAddress'];

it.each([
  ['quue', 'queue'],
  ['outgonig', 'outgoing'],
  ['EmailAdress', 'emailAddress'],
  ['uesr', 'user'],
  ['password', null],
  ['x', null],
])('nearest to %s is %s', (written, expected) => {
  expect(nearest(written, KNOWN)).toBe(expected);
});
