/**
 * From when on the mail of a mailbox is processed: the later one of its own time and its server profile's counts
 * (Microsoft Learn, "Best practices for server-side synchronization").
 */

import { addressKey } from '../../model/address.ts';
import { type FieldValues, isRef, type Value } from '../../model/value.ts';

export const PROCESS_FROM = 'processEmailsFrom';

export interface Processing {
  readonly profile: string | null;
  /** Milliseconds since 1970; `null`: all mail. */
  readonly from: number | null;
}

export function processing(
  mailbox: FieldValues,
  profileFields: (address: string) => FieldValues,
): Processing {
  const { serverProfile } = mailbox;
  if (!isRef(serverProfile)) return { profile: null, from: null };
  const times = [mailbox[PROCESS_FROM], profileFields(serverProfile.ref)[PROCESS_FROM]].flatMap(timeOf);
  return { profile: addressKey(serverProfile.ref), from: times.length === 0 ? null : Math.max(...times) };
}

export function timeOf(value: Value | undefined): readonly number[] {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? [] : [time];
}

export function minuteText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
