import { expect, it } from 'vitest';
import { TIMEOUT_SCHEMA } from '../catalogue/connection-timeout.ts';
import { DURATION, SHARE } from './schema-environment.ts';
import { shapeProblem } from './value-shapes.ts';

const DURATION_HINT = 'Write a number and a unit, such as 90s, 15m, 24h or 7d.';
const SHARE_HINT = 'Write a percentage from 1% to 100%.';

it.each([
  ['15', DURATION_HINT],
  ['15 minutes', 'Write 15m.'],
  ['24hrs', 'Write 24h.'],
  ['1 hour', 'Write 1h.'],
  ['90 sec', 'Write 90s.'],
  ['2 weeks', DURATION_HINT],
  ['0m', DURATION_HINT],
])('the duration "%s"', (written, hint) => {
  expect(shapeProblem({ pattern: DURATION }, written)).toEqual({ what: 'is no duration', hint });
});

it.each([
  ['20', 'Write 20%.'],
  ['0.2', 'Write 20%.'],
  ['0%', SHARE_HINT],
  ['120%', SHARE_HINT],
  ['a fifth', SHARE_HINT],
])('the share "%s"', (written, hint) => {
  expect(shapeProblem({ pattern: SHARE }, written)).toEqual({ what: 'is no share', hint });
});

it.each([
  ['2026-01-31', 'Write "2026-01-31T00:00:00Z" for UTC, or "2026-01-31T00:00:00+01:00" for another zone.'],
  [
    '2026-01-31 08:00',
    'Write "2026-01-31T08:00:00Z" for UTC, or "2026-01-31T08:00:00+01:00" for another zone.',
  ],
  [
    '2026-01-31T08:00:30',
    'Write "2026-01-31T08:00:30Z" for UTC, or "2026-01-31T08:00:30+01:00" for another zone.',
  ],
])('the time "%s" has no zone', (written, hint) => {
  expect(shapeProblem({ format: 'date-time' }, written)).toEqual({ what: 'has no time zone', hint });
});

it.each(['31.01.2026', 'tomorrow', '2026-13-01T00:00:00Z'])('"%s" is no time at all', (written) => {
  expect(shapeProblem({ format: 'date-time' }, written)).toEqual({
    what: 'is no date and time',
    hint: 'For example: 2026-01-31T08:00:00Z',
  });
});

it('an id', () => {
  expect(shapeProblem({ format: 'uuid' }, '42')?.what).toBe('is no id');
});

it('knows nothing about other texts', () => {
  expect(shapeProblem({ pattern: '^a$' }, 'b')).toBeNull();
});

const OUT_OF_RANGE = {
  code: 'out-of-range',
  what: 'is out of range; it may be 1s to 100s',
  hint: 'Write 1s to 100s, or none to wait without a limit.',
};
const NO_TIMEOUT = { what: 'is no duration', hint: 'Write a number of seconds from 1s to 100s, or none.' };

it.each([
  ['200s', OUT_OF_RANGE],
  ['0s', OUT_OF_RANGE],
  ['2m', OUT_OF_RANGE],
  ['30', NO_TIMEOUT],
  ['long', NO_TIMEOUT],
])('the time limit "%s"', (written, problem) => {
  expect(shapeProblem(TIMEOUT_SCHEMA, written)).toEqual(problem);
});
