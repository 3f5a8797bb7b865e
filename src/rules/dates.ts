/** Dates from which mail is processed: of profile and mailbox the later one counts. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { profilesByName } from './declared-profile.ts';
import { effective, profileNameOf } from './effective.ts';
import { type Declarations, found, lineOf } from './rule.ts';
import { about, subjectsOf } from './subject.ts';

const KEY = 'processEmailsFrom';

/**
 * No service code: the service takes the date and goes by the later one (Microsoft Learn, "Select incoming email
 * processing start date"). A date too far back for the environment, 0x8005E244 InvalidValueProcessEmailAfter, is known
 * to the environment alone.
 */
export function mailboxDatesCount(declared: Declarations): readonly Diagnostic[] {
  const profiles = profilesByName(declared);
  return subjectsOf(declared).flatMap((holder) => {
    const own = holder.fields.get(KEY);
    const name = profileNameOf(effective(holder, 'serverProfile', declared));
    const profile = name === null ? undefined : profiles.get(foldText(name))?.profile;
    const date = profile?.fields.get(KEY);
    if (!isInstant(own?.value) || !isInstant(date?.value) || profile === undefined) return [];
    if (Date.parse(own.value) >= Date.parse(date.value)) return [];
    return [
      found('warning', 'date-without-effect', {
        ...about(holder, own),
        message: `${holder.label}${KEY} "${own.value}" is earlier than "${date.value}" of profile "${profile.name}" (${lineOf(date.source)}); the later one counts`,
        hint: 'Write a later date here, or an earlier one in the profile.',
      }),
    ];
  });
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
