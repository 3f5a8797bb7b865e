/**
 * The query functions on dates, as tests of a moment. Everything is UTC, weeks run from Sunday to Saturday, and the
 * fiscal year is that of a new environment: from 1 January, in quarters. Meanings: Microsoft Learn, "FetchXML
 * operators"; names and parameters: "Web API Query Function Reference".
 */

type Test = (value: number) => boolean;
type Unit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years';

interface DateFunction {
  /** What stands in PropertyValue, or in PropertyValue1 and PropertyValue2. */
  readonly values: readonly ('number' | 'date')[];
  readonly test: (now: number, first: number, second: number) => Test;
}

export const dateFunctions: ReadonlyMap<string, DateFunction> = new Map(
  Object.entries<DateFunction>({
    Today: plain((now) => within(day(now), day(now, 1))),
    Yesterday: plain((now) => within(day(now, -1), day(now))),
    Tomorrow: plain((now) => within(day(now, 1), day(now, 2))),
    Last7Days: plain((now) => upTo(day(now, -7), now)),
    Next7Days: plain((now) => within(now, day(now, 8))),
    LastWeek: plain((now) => within(week(now, -1), week(now))),
    ThisWeek: plain((now) => within(week(now), week(now, 1))),
    NextWeek: plain((now) => within(week(now, 1), week(now, 2))),
    LastMonth: plain((now) => within(month(now, -1), month(now))),
    ThisMonth: plain((now) => within(month(now), month(now, 1))),
    NextMonth: plain((now) => within(month(now, 1), month(now, 2))),
    LastYear: plain((now) => within(year(now, -1), year(now))),
    ThisYear: plain((now) => within(year(now), year(now, 1))),
    NextYear: plain((now) => within(year(now, 1), year(now, 2))),
    LastFiscalPeriod: plain((now) => within(period(now, -1), period(now))),
    ThisFiscalPeriod: plain((now) => within(period(now), period(now, 1))),
    NextFiscalPeriod: plain((now) => within(period(now, 1), period(now, 2))),
    LastFiscalYear: plain((now) => within(year(now, -1), year(now))),
    ThisFiscalYear: plain((now) => within(year(now), year(now, 1))),
    NextFiscalYear: plain((now) => within(year(now, 1), year(now, 2))),
    ...past('LastXHours', 'hours'),
    ...past('LastXDays', 'days'),
    ...past('LastXWeeks', 'weeks'),
    ...past('LastXMonths', 'months'),
    ...past('LastXYears', 'years'),
    ...coming('NextXHours', 'hours'),
    ...coming('NextXDays', 'days'),
    ...coming('NextXWeeks', 'weeks'),
    ...coming('NextXMonths', 'months'),
    ...coming('NextXYears', 'years'),
    ...older('OlderThanXMinutes', 'minutes'),
    ...older('OlderThanXHours', 'hours'),
    ...older('OlderThanXDays', 'days'),
    ...older('OlderThanXWeeks', 'weeks'),
    ...older('OlderThanXMonths', 'months'),
    ...older('OlderThanXYears', 'years'),
    LastXFiscalPeriods: counted((now, count) => within(period(now, -count), period(now))),
    NextXFiscalPeriods: counted((now, count) => within(period(now, 1), period(now, count + 1))),
    LastXFiscalYears: counted((now, count) => within(year(now, -count), year(now))),
    NextXFiscalYears: counted((now, count) => within(year(now, 1), year(now, count + 1))),
    InFiscalYear: counted((_now, number) => within(Date.UTC(number, 0), Date.UTC(number + 1, 0))),
    InFiscalPeriod: counted(
      (_now, number) => (value) => Math.floor(new Date(value).getUTCMonth() / 3) + 1 === number,
    ),
    InFiscalPeriodAndYear: fiscal((start, end) => within(start, end)),
    InOrAfterFiscalPeriodAndYear: fiscal((start) => (value) => value >= start),
    InOrBeforeFiscalPeriodAndYear: fiscal((_start, end) => (value) => value < end),
    On: { values: ['date'], test: (_now, date) => within(day(date), day(date, 1)) },
    OnOrAfter: { values: ['date'], test: (_now, date) => (value) => value >= day(date) },
    OnOrBefore: { values: ['date'], test: (_now, date) => (value) => value < day(date, 1) },
  }),
);

function plain(test: (now: number) => Test): DateFunction {
  return { values: [], test };
}

function counted(test: (now: number, count: number) => Test): DateFunction {
  return { values: ['number'], test };
}

function fiscal(test: (start: number, end: number) => Test): DateFunction {
  return {
    values: ['number', 'number'],
    test: (_now, number, inYear) => test(Date.UTC(inYear, (number - 1) * 3), Date.UTC(inYear, number * 3)),
  };
}

/** From the beginning of the unit that lies so far back until now. */
function past(name: string, unit: Unit): Readonly<Record<string, DateFunction>> {
  return { [name]: counted((now, count) => upTo(begin(move(now, unit, -count), unit), now)) };
}

/** From now until the end of the unit that lies so far ahead. */
function coming(name: string, unit: Unit): Readonly<Record<string, DateFunction>> {
  return {
    [name]: counted((now, count) => {
      const last = begin(move(now, unit, count), unit);
      return within(now, unit === 'hours' ? last + hourMs : day(last, 1));
    }),
  };
}

function older(name: string, unit: Unit): Readonly<Record<string, DateFunction>> {
  return { [name]: counted((now, count) => (value) => value < move(now, unit, -count)) };
}

function within(from: number, to: number): Test {
  return (value) => value >= from && value < to;
}

function upTo(from: number, to: number): Test {
  return (value) => value >= from && value <= to;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function day(now: number, shift = 0): number {
  return (Math.floor(now / dayMs) + shift) * dayMs;
}

function week(now: number, shift = 0): number {
  return day(now, shift * 7 - new Date(now).getUTCDay());
}

function month(now: number, shift = 0): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shift);
}

function year(now: number, shift = 0): number {
  return Date.UTC(new Date(now).getUTCFullYear() + shift, 0);
}

/** A quarter. */
function period(now: number, shift = 0): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), (Math.floor(date.getUTCMonth() / 3) + shift) * 3);
}

function begin(moment: number, unit: Unit): number {
  return unit === 'hours' ? Math.floor(moment / hourMs) * hourMs : day(moment);
}

/** The same time so many units later; the last day of a month stays within its month. */
function move(moment: number, unit: Unit, count: number): number {
  switch (unit) {
    case 'minutes':
      return moment + count * minuteMs;
    case 'hours':
      return moment + count * hourMs;
    case 'days':
      return moment + count * dayMs;
    case 'weeks':
      return moment + count * 7 * dayMs;
    case 'months':
      return moveMonths(moment, count);
    case 'years':
      return moveMonths(moment, count * 12);
    default:
      return unit satisfies never;
  }
}

function moveMonths(moment: number, count: number): number {
  const first = month(moment, count);
  const days = Math.round((month(first, 1) - first) / dayMs);
  const wanted = Math.min(new Date(moment).getUTCDate(), days);
  return first + (wanted - 1) * dayMs + (moment - day(moment));
}
