/**
 * Notice of mail that is pulled in because mail is processed from an earlier time. The later of the profile's and the
 * mailbox's time counts, and a profile with a time in the past pulls older mail for mailboxes that are new to it
 * (Microsoft Learn, "Best practices for server-side synchronization" and "Connect to Exchange Server (on-premises)").
 */

import { kindOf } from '../../model/address.ts';
import { compareText, type FieldValues } from '../../model/value.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';
import { fieldsAfter, fieldsBefore } from './around.ts';
import { type Hit, hit } from './guard.ts';
import { minuteText, PROCESS_FROM, processing, timeOf } from './processed-from.ts';

export function olderMail(folding: Folding, { snapshot }: PlanContext): Hit | null {
  if (!mayPullMail(folding)) return null;
  const now = Date.parse(snapshot.asOf);
  const pulled = new Map<string, string>();
  for (const address of addresses(folding)) {
    const from = pulledFrom(address, now, folding);
    if (from !== null) pulled.set(address, from);
  }
  const profiles = profilesOfThePast(folding, now);
  const parts = [
    pulled.size === 0 ? '' : `Older mail is pulled in. Mailboxes: ${pulled.size} (${datesText(pulled)})`,
    profiles.size === 0
      ? ''
      : `Older mail will be pulled in for mailboxes newly associated with server profiles: ${profiles.size} (${datesText(profiles)})`,
  ];
  return hit([...pulled.keys(), ...profiles.keys()], () => parts.filter((text) => text !== '').join('. '));
}

/** Profiles that are written with a time in the past, also while no mailbox moves to them: one may any day. */
function profilesOfThePast({ steps }: Folding, now: number): ReadonlyMap<string, string> {
  const written = steps.filter(({ address }) => kindOf(address) === 'profile');
  const times = written.flatMap(({ address, set }) =>
    set.flatMap(({ field, to }) =>
      field === PROCESS_FROM ? timeOf(to).map((time) => ({ address, time })) : [],
    ),
  );
  const past = times.filter(({ time }) => time < now);
  return new Map(past.map(({ address, time }) => [address, fromText(time)]));
}

/** Only a time that is written or a mailbox that moves can; everything else need not be looked at. */
function mayPullMail({ steps }: Folding): boolean {
  return steps.some(({ set }) =>
    set.some(({ field }) => field === PROCESS_FROM || field === 'serverProfile'),
  );
}

/** Mailboxes that are there or are created, managed or not. */
function addresses({ context, state }: Folding): ReadonlySet<string> {
  const all = [...context.snapshot.resources, ...state.resources];
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
  return after.from === null ? 'all mail' : fromText(after.from);
}

function fromText(time: number): string {
  return `from ${minuteText(time)}`;
}

function isSynchronized({ incoming, state }: FieldValues): boolean {
  return incoming === 'server-side-sync' && state !== 'inactive';
}

/** "from 2026-01-01T00:00Z: 3, all mail: 1". */
function datesText(pulled: ReadonlyMap<string, string>): string {
  const counts = new Map<string, number>();
  for (const from of pulled.values()) counts.set(from, (counts.get(from) ?? 0) + 1);
  const texts = [...counts].sort(([a], [b]) => compareText(a, b)).map(([from, count]) => `${from}: ${count}`);
  return texts.join(', ');
}
