import { expect, it } from 'vitest';
import { clockText, durationText, timeText } from './time-text.ts';

it.each([
  ['2026-11-21T09:00:59Z', '2026-11-21 09:00 UTC'],
  ['2026-11-21T00:30:00+02:00', '2026-11-20 22:30 UTC'],
  ['soon', 'soon'],
])('time %s', (iso, expected) => {
  expect(timeText(iso)).toBe(expected);
});

it.each([
  [0, '0 s'],
  [130, '130 s'],
  [1520, '25 min'],
  [7200, '2 h'],
  [12_000, '3 h 20 min'],
])('duration of %i seconds', (seconds, expected) => {
  expect(durationText(seconds)).toBe(expected);
});

it.each([
  [-5, '00:00'],
  [42_900, '00:42'],
  [3_723_000, '1:02:03'],
])('clock at %i ms', (ms, expected) => {
  expect(clockText(ms)).toBe(expected);
});
