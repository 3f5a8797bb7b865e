import { expect, it } from 'vitest';
import { dateFunctions } from './date-functions.ts';

/** A Wednesday in the second quarter. */
const now = Date.parse('2024-05-15T10:30:00Z');

/** The first and the last second of what a function accepts; an open end is "…". */
const ranges: readonly (readonly [string, readonly (number | string)[], string, string])[] = [
  ['Today', [], '2024-05-15T00:00:00Z', '2024-05-15T23:59:59Z'],
  ['Yesterday', [], '2024-05-14T00:00:00Z', '2024-05-14T23:59:59Z'],
  ['Tomorrow', [], '2024-05-16T00:00:00Z', '2024-05-16T23:59:59Z'],
  ['Last7Days', [], '2024-05-08T00:00:00Z', '2024-05-15T10:30:00Z'],
  ['Next7Days', [], '2024-05-15T10:30:00Z', '2024-05-22T23:59:59Z'],
  ['LastWeek', [], '2024-05-05T00:00:00Z', '2024-05-11T23:59:59Z'],
  ['ThisWeek', [], '2024-05-12T00:00:00Z', '2024-05-18T23:59:59Z'],
  ['NextWeek', [], '2024-05-19T00:00:00Z', '2024-05-25T23:59:59Z'],
  ['LastMonth', [], '2024-04-01T00:00:00Z', '2024-04-30T23:59:59Z'],
  ['ThisMonth', [], '2024-05-01T00:00:00Z', '2024-05-31T23:59:59Z'],
  ['NextMonth', [], '2024-06-01T00:00:00Z', '2024-06-30T23:59:59Z'],
  ['LastYear', [], '2023-01-01T00:00:00Z', '2023-12-31T23:59:59Z'],
  ['ThisYear', [], '2024-01-01T00:00:00Z', '2024-12-31T23:59:59Z'],
  ['NextYear', [], '2025-01-01T00:00:00Z', '2025-12-31T23:59:59Z'],
  ['LastFiscalPeriod', [], '2024-01-01T00:00:00Z', '2024-03-31T23:59:59Z'],
  ['ThisFiscalPeriod', [], '2024-04-01T00:00:00Z', '2024-06-30T23:59:59Z'],
  ['NextFiscalPeriod', [], '2024-07-01T00:00:00Z', '2024-09-30T23:59:59Z'],
  ['LastFiscalYear', [], '2023-01-01T00:00:00Z', '2023-12-31T23:59:59Z'],
  ['ThisFiscalYear', [], '2024-01-01T00:00:00Z', '2024-12-31T23:59:59Z'],
  ['NextFiscalYear', [], '2025-01-01T00:00:00Z', '2025-12-31T23:59:59Z'],
  ['LastXHours', [2], '2024-05-15T08:00:00Z', '2024-05-15T10:30:00Z'],
  ['LastXDays', [3], '2024-05-12T00:00:00Z', '2024-05-15T10:30:00Z'],
  ['LastXWeeks', [1], '2024-05-08T00:00:00Z', '2024-05-15T10:30:00Z'],
  ['LastXMonths', [3], '2024-02-15T00:00:00Z', '2024-05-15T10:30:00Z'],
  ['LastXYears', [1], '2023-05-15T00:00:00Z', '2024-05-15T10:30:00Z'],
  ['NextXHours', [2], '2024-05-15T10:30:00Z', '2024-05-15T12:59:59Z'],
  ['NextXDays', [3], '2024-05-15T10:30:00Z', '2024-05-18T23:59:59Z'],
  ['NextXWeeks', [1], '2024-05-15T10:30:00Z', '2024-05-22T23:59:59Z'],
  ['NextXMonths', [3], '2024-05-15T10:30:00Z', '2024-08-15T23:59:59Z'],
  ['NextXYears', [1], '2024-05-15T10:30:00Z', '2025-05-15T23:59:59Z'],
  ['OlderThanXMinutes', [5], '…', '2024-05-15T10:24:59Z'],
  ['OlderThanXHours', [5], '…', '2024-05-15T05:29:59Z'],
  ['OlderThanXDays', [5], '…', '2024-05-10T10:29:59Z'],
  ['OlderThanXWeeks', [1], '…', '2024-05-08T10:29:59Z'],
  ['OlderThanXMonths', [3], '…', '2024-02-15T10:29:59Z'],
  ['OlderThanXYears', [1], '…', '2023-05-15T10:29:59Z'],
  ['LastXFiscalPeriods', [2], '2023-10-01T00:00:00Z', '2024-03-31T23:59:59Z'],
  ['NextXFiscalPeriods', [2], '2024-07-01T00:00:00Z', '2024-12-31T23:59:59Z'],
  ['LastXFiscalYears', [2], '2022-01-01T00:00:00Z', '2023-12-31T23:59:59Z'],
  ['NextXFiscalYears', [2], '2025-01-01T00:00:00Z', '2026-12-31T23:59:59Z'],
  ['InFiscalYear', [2020], '2020-01-01T00:00:00Z', '2020-12-31T23:59:59Z'],
  ['InFiscalPeriodAndYear', [2, 2020], '2020-04-01T00:00:00Z', '2020-06-30T23:59:59Z'],
  ['InOrAfterFiscalPeriodAndYear', [2, 2020], '2020-04-01T00:00:00Z', '…'],
  ['InOrBeforeFiscalPeriodAndYear', [2, 2020], '…', '2020-06-30T23:59:59Z'],
  ['On', ['2024-05-01T07:00:00Z'], '2024-05-01T00:00:00Z', '2024-05-01T23:59:59Z'],
  ['OnOrAfter', ['2024-05-01T07:00:00Z'], '2024-05-01T00:00:00Z', '…'],
  ['OnOrBefore', ['2024-05-01T07:00:00Z'], '…', '2024-05-01T23:59:59Z'],
];

function testOf(name: string, values: readonly (number | string)[], at: number) {
  const found = dateFunctions.get(name);
  if (found === undefined) throw new Error(`There is no function '${name}'.`);
  const [first = 0, second = 0] = values.map((value) =>
    typeof value === 'string' ? Date.parse(value) : value,
  );
  return found.test(at, first, second);
}

it.each(ranges)('%s %j', (name, values, from, to) => {
  const test = testOf(name, values, now);
  const far = [Date.parse('1990-01-01'), Date.parse('2090-01-01')];
  const first = from === '…' ? far[0] : Date.parse(from);
  const last = to === '…' ? far[1] : Date.parse(to);
  expect({
    inside: [test(first ?? 0), test(last ?? 0)],
    before: from === '…' ? false : test((first ?? 0) - 1000),
    after: to === '…' ? false : test((last ?? 0) + 1000),
  }).toEqual({ inside: [true, true], before: false, after: false });
});

it('finds a fiscal period in every year', () => {
  const test = testOf('InFiscalPeriod', [2], now);
  const days = ['2020-03-31', '2020-04-01', '2024-06-30', '2024-07-01'];
  expect(days.map((day) => test(Date.parse(day)))).toEqual([false, true, true, false]);
});

it('keeps the last day of a month within its month', () => {
  const test = testOf('OlderThanXMonths', [1], Date.parse('2024-03-31T12:00:00Z'));
  expect([test(Date.parse('2024-02-29T11:59:59Z')), test(Date.parse('2024-02-29T12:00:00Z'))]).toEqual([
    true,
    false,
  ]);
});

it('lists every function that the table of cases tries', () => {
  expect([...dateFunctions.keys()].sort()).toEqual(
    [...ranges.map(([name]) => name), 'InFiscalPeriod'].sort(),
  );
});
