/** Test & Enable where nothing can come of it: no direction, no approval, no active mailbox, no active profile. */

import { SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { profilesByName } from './declared-profile.ts';
import { effective, profileNameOf } from './effective.ts';
import { type Declarations, type Found, found, lineOf } from './rule.ts';
import { about, directionsOf, type Subject, subjectsOf } from './subject.ts';

/** An item or rule that asks for Test & Enable, and where it does. */
interface Tested extends Subject {
  readonly place: Pick<Found, 'address' | 'source'>;
}

/** No service code: a test without a direction tests nothing. Silent where another rule or the environment decides. */
export function somethingToTest(declared: Declarations): readonly Diagnostic[] {
  return tested(declared).flatMap((holder) => {
    const methods = directionsOf(holder).map((direction) => effective(holder, direction, declared)?.value);
    if (methods.some((method) => method === undefined || method === SERVER_SIDE_SYNC)) return [];
    return [
      found('warning', 'nothing-to-test', {
        ...holder.place,
        message: `${holder.label}testAndEnable is true, but no direction uses server-side-sync; nothing will be tested`,
        hint: 'Write server-side-sync for a direction, or remove testAndEnable.',
      }),
    ];
  });
}

/** 0x8005E219 InactiveMailbox. */
export function testedMailboxIsActive(declared: Declarations): readonly Diagnostic[] {
  return tested(declared)
    .filter(({ fields }) => fields.get('state')?.value === 'inactive')
    .map(({ place, label }) =>
      found('warning', 'nothing-to-test', {
        ...place,
        message: `${label}testAndEnable is true, but state is inactive; nothing will be tested`,
        hint: 'Write state: active, or remove testAndEnable. A test ends with 0x8005E219.',
      }),
    );
}

/** 0x8005E220 UnapprovedMailbox, wherever approval is required. */
export function testedMailboxIsApproved(declared: Declarations): readonly Diagnostic[] {
  const notRequired = (whose: string): boolean =>
    declared.settings.some(({ fields }) => fields.get(`onlyApproved.${whose}`)?.value === false);
  return tested(declared)
    .filter(({ fields }) => fields.get('approved')?.value === false)
    .filter(({ sorts }) => sorts.some((sort) => sort !== 'forward' && !notRequired(`${sort}s`)))
    .map(({ place, label }) =>
      found('warning', 'test-needs-approval', {
        ...place,
        message: `${label}testAndEnable is true, but approved is false; the test will be held back while the environment requires approval`,
        hint: 'Write approved: true, or testAndEnable: false. A test ends with 0x8005E220.',
      }),
    );
}

/** 0x8005E228 InactiveEmailServerProfile. */
export function testedProfileIsActive(declared: Declarations): readonly Diagnostic[] {
  const profiles = profilesByName(declared);
  return tested(declared).flatMap((holder) => {
    const name = profileNameOf(effective(holder, 'serverProfile', declared));
    const profile = name === null ? undefined : profiles.get(foldText(name))?.profile;
    const state = profile?.fields.get('state');
    if (profile === undefined || state?.value !== 'inactive') return [];
    return [
      found('warning', 'profile-inactive', {
        ...holder.place,
        message: `${holder.label}testAndEnable is true, but profile "${profile.name}" is declared inactive in ${lineOf(state.source)}`,
        hint: 'Activate the profile, or use another one. A test ends with 0x8005E228.',
      }),
    ];
  });
}

/** 0x8005E228 InactiveEmailServerProfile, for every mailbox that is made from then on. */
export function defaultProfileIsActive(declared: Declarations): readonly Diagnostic[] {
  const profiles = profilesByName(declared);
  return declared.settings.flatMap(({ address, fields }) => {
    const field = fields.get('newMailboxes.serverProfile');
    const profile = profiles.get(foldText(profileNameOf(field) ?? ''))?.profile;
    const state = profile?.fields.get('state');
    if (field === undefined || profile === undefined || state?.value !== 'inactive') return [];
    return [
      found('warning', 'profile-inactive', {
        address,
        source: field.source,
        message: `newMailboxes.serverProfile "${profile.name}" is declared inactive in ${lineOf(state.source)}; mailboxes of new users and queues would move no mail`,
        hint: 'Activate the profile, or name another one. A test ends with 0x8005E228.',
      }),
    ];
  });
}

function tested(declared: Declarations): readonly Tested[] {
  return subjectsOf(declared).flatMap((subject) => {
    const wanted = subject.fields.get('testAndEnable');
    return wanted?.value === true ? [{ ...subject, place: about(subject, wanted) }] : [];
  });
}
