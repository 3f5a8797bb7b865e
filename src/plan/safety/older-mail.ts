/**
 * Notice of mail that is pulled in because mail is processed from an earlier time. The later of the profile's and the
 * mailbox's time counts, and a profile with a time in the past pulls older mail for mailboxes that are new to it
 * (Microsoft Learn, "Best practices for server-side synchronization" and "Connect to Exchange Server (on-premises)").
 */

import { addressKey } from '../../model/address.ts';
import { compareText, type FieldValues, isRef, type Value } from '../../model/value.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';
import { fieldsAfter, fieldsBefore } from './around.ts';
import { type Hit, hit } from './guard.ts';

const FIELD = 'processEmailsFrom';

interface Processing {
  readonly profile: string | null;
  /** Milliseconds since 1970; `null`: all mail. */
  readonly from: number | null;
}

export function olderMail(folding: Folding, { snapshot }: PlanContext): Hit | null {
  if (!mayPullMail(folding)) return null;
  const now = Date.parse(snapshot.asOf);
  const pulled = new Map<string, string>();
  for (const address of addresses(folding)) {
    const from = pulledFrom(address, now, folding);
    if (from !== null) pulled.set(address, from);
  }
  return hit(pulled.keys(), (count) => `Older mail is pulled in. Mailboxes: ${count} (${datesText(pulled)})`);
}

/** Only a time that is written or a mailbox that moves can; everything else need not be looked at. */
function mayPullMail({ steps }: Folding): boolean {
  return steps.some(({ set }) => set.some(({ field }) => field === FIELD || field === 'serverProfile'));
}

/** Mailboxes that are there or are created, managed or not. */
function addresses({ observed, state }: Folding): ReadonlySet<string> {
  const all = [...observed.values(), ...[...state.all()].map(({ resource }) => resource)];
  return new Set(all.filter(({ kind }) => kind === 'mailbox').map(({ address }) => address));
}

/** From when on, as text; `null`: no older mail than before. */
function pulledFrom(address: string, now: number, folding: Folding): string | null {
  const fields = fieldsAfter(address, folding);
  const after = processing(fields, (profile) => fieldsAfter(profile, folding));
  const before = processing(fieldsBefore(address, folding), (profile) => fieldsBefore(profile, folding));
  if (after.profile === null || !isSynchronized(fields)) return null;
  const moves = after.profile !== before.profile;
  const isEarlier = !moves && before.from !== null && (after.from ?? Number.NEGATIVE_INFINITY) < before.from;
  const isOld = moves && after.from !== null && after.from < now;
  if (!isEarlier && !isOld) return null;
  return after.from === null ? 'all mail' : `from ${new Date(after.from).toISOString().slice(0, 16)}Z`;
}

function isSynchronized({ incoming, state }: FieldValues): boolean {
  return incoming === 'server-side-sync' && state !== 'inactive';
}

function processing(mailbox: FieldValues, profileFields: (address: string) => FieldValues): Processing {
  const { serverProfile } = mailbox;
  if (!isRef(serverProfile)) return { profile: null, from: null };
  const times = [mailbox[FIELD], profileFields(serverProfile.ref)[FIELD]].flatMap(timeOf);
  return { profile: addressKey(serverProfile.ref), from: times.length === 0 ? null : Math.max(...times) };
}

function timeOf(value: Value | undefined): readonly number[] {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? [] : [time];
}

/** "from 2026-01-01T00:00Z: 3, all mail: 1". */
function datesText(pulled: ReadonlyMap<string, string>): string {
  const counts = new Map<string, number>();
  for (const from of pulled.values()) counts.set(from, (counts.get(from) ?? 0) + 1);
  const texts = [...counts].sort(([a], [b]) => compareText(a, b)).map(([from, count]) => `${from}: ${count}`);
  return texts.join(', ');
}
