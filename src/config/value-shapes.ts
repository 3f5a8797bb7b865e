/** Values whose text has a form of its own: durations, shares, points in time, ids. Says what is wrong with one. */

import { TIMEOUT_SCHEMA } from '../catalogue/connection-timeout.ts';
import type { JsonSchema } from '../catalogue/field.ts';
import type { DiagnosticCode } from '../model/diagnostic.ts';
import { DURATION, SHARE } from './schema-environment.ts';

export interface ShapeProblem {
  readonly code?: DiagnosticCode;
  /** Behind the subject and the value: `is no duration`. */
  readonly what: string;
  readonly hint: string | null;
}

/** `null`: the schema asks for no form that is known here. */
export function shapeProblem(schema: JsonSchema, written: string): ShapeProblem | null {
  if (schema.pattern === DURATION) return { what: 'is no duration', hint: durationHint(written) };
  if (schema.pattern === TIMEOUT_SCHEMA.pattern) return timeoutProblem(written);
  if (schema.pattern === SHARE) return { what: 'is no share', hint: shareHint(written) };
  if (schema.format === 'date-time') return dateProblem(written);
  if (schema.format !== 'uuid') return null;
  const example = '00000000-0000-0000-0000-000000000001';
  return { what: 'is no id', hint: `An id has 32 hexadecimal digits: ${example}` };
}

const UNITS: Readonly<Record<string, string>> = { sec: 's', min: 'm', hou: 'h', hr: 'h', day: 'd' };

function durationHint(written: string): string {
  const [, amount, word = ''] = /^([1-9]\d{0,5})\s*([a-z]*)$/iu.exec(written) ?? [];
  const unit = Object.entries(UNITS).find(([begin]) => word.toLowerCase().startsWith(begin))?.[1];
  if (amount !== undefined && unit !== undefined) return `Write ${amount}${unit}.`;
  return 'Write a number and a unit, such as 90s, 15m, 24h or 7d.';
}

function timeoutProblem(written: string): ShapeProblem {
  if (/^\d+[smhd]$/u.test(written)) {
    return {
      code: 'out-of-range',
      what: 'is out of range; it may be 1s to 100s',
      hint: 'Write 1s to 100s, or none to wait without a limit.',
    };
  }
  return { what: 'is no duration', hint: 'Write a number of seconds from 1s to 100s, or none.' };
}

function shareHint(written: string): string {
  const number = Number(written.replace(/%$/u, ''));
  const percent = number > 0 && number < 1 ? number * 100 : number;
  const fits = Number.isInteger(percent) && percent >= 1 && percent <= 100;
  return fits ? `Write ${percent}%.` : 'Write a percentage from 1% to 100%.';
}

const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?$/iu;

function dateProblem(written: string): ShapeProblem {
  const [, date, time = '00:00', seconds = ':00'] = WITHOUT_ZONE.exec(written) ?? [];
  if (date === undefined) {
    return { what: 'is no date and time', hint: 'For example: 2026-01-31T08:00:00Z' };
  }
  const complete = `${date}T${time}${seconds}`;
  const hint = `Write "${complete}Z" for UTC, or "${complete}+01:00" for another zone.`;
  return { what: 'has no time zone', hint };
}
