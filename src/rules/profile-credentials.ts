/** User name and password of a profile: complete where it signs in with them, absent where it does not. */

import type { FieldFits } from '../catalogue/field-fit.ts';
import { AUTHENTICATION_FACTS } from '../catalogue/profile-types.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import {
  authenticationWay,
  type MailDirection,
  sharesCredentials,
  type TypedProfile,
  typePlace,
} from './declared-profile.ts';
import { everyDirection } from './profile-servers.ts';
import { answered, type Declarations, found, samePlace } from './rule.ts';

const CREDENTIALS = ['username', 'password'] as const;
/** Parts of a direction that "use same settings for outgoing" takes from the incoming one. */
const SHARED = ['authentication', 'protocol', 'username', 'password', 'impersonation'];

/** 0x8005E24D UserNameRequiredForImpersonation, 0x8005E24E PasswordRequiredForImpersonation. */
const IMPERSONATION_CODES = { username: '0x8005E24D', password: '0x8005E24E' } as const;

/**
 * 0x8005E251 SpecifyIncomingUserName, 0x8005E252 SpecifyOutgoingUserName, 0x8005E253 SpecifyIncomingPassword, 0x8005E254
 * SpecifyOutgoingPassword; 0x8005E24D and 0x8005E24E where the profile impersonates. A profile that exists may keep
 * what nobody declares, so that only half of a pair is surely wrong.
 */
export function profileCredentialsAreComplete(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, (typed, direction) => {
    const { address, fields } = typed.profile;
    const needs = needsOf(typed, direction);
    const missing = CREDENTIALS.filter(
      (part) => needs[part]?.use === 'required' && !fields.has(`${direction}.${part}`),
    );
    if (missing.length === 0 || (direction === 'outgoing' && sharesCredentials(typed))) return [];
    const impersonates = fields.get(`${direction}.impersonation`)?.value === true;
    const codes = missing.map((part) => (impersonates ? IMPERSONATION_CODES[part] : needs[part]?.code));
    const keys = missing.map((part) => `${direction}.${part}`).join(' and ');
    const half = CREDENTIALS.map((part) => fields.get(`${direction}.${part}`)).find(
      (field) => field !== undefined,
    );
    if (half === undefined) {
      return [
        found('warning', 'credentials-missing', {
          address,
          source: fields.get(`${direction}.authentication`)?.source ?? typePlace(typed),
          message: `${keys} are not declared: a profile that exists keeps its own, a new one has none`,
          hint: `Write both; the password as a reference: { env: NAME }. To a new profile without them the service answers ${codes.join(' or ')}.`,
        }),
      ];
    }
    return [
      found('error', 'credentials-incomplete', {
        address,
        source: half.source,
        message: `${keys} is missing; both user name and password are required`,
        hint: `Write ${direction}: { username: …, password: { env: NAME } }. ${answered('Without it', codes.join())}`,
      }),
    ];
  });
}

/** No service code: the service keeps them and never uses them. */
export function profileCredentialsAreUsed(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, (typed, direction) => {
    const way = authenticationWay(typed, direction);
    const needs = needsOf(typed, direction);
    if (direction === 'outgoing' && typed.profile.fields.get('sameForOutgoing')?.value === true) return [];
    return CREDENTIALS.flatMap((part) => {
      const fit = needs[part];
      const field = typed.profile.fields.get(`${direction}.${part}`);
      if (field === undefined || fit?.use !== 'forbidden') return [];
      return [
        found('error', 'credentials-not-used', {
          address: typed.profile.address,
          source: field.source,
          message: `${direction}.${part} is not used: authentication "${way}" ${fit.why}`,
          hint: typed.facts.authentication.includes('profile')
            ? 'Remove it, or write authentication: profile.'
            : 'Remove it.',
        }),
      ];
    });
  });
}

/** 0x8005E24D UserNameRequiredForImpersonation: only a profile with credentials of its own can impersonate. */
export function impersonationHasCredentials(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, (typed, direction) => {
    const key = `${direction}.impersonation`;
    const field = typed.profile.fields.get(key);
    const fit = needsOf(typed, direction).impersonation;
    // Types that know no impersonation at all are told so by themselves.
    if (field?.value !== true || fit === undefined || typed.facts.fields[key] !== undefined) return [];
    return [
      found('error', 'type-forbids-field', {
        address: typed.profile.address,
        source: field.source,
        message: `${key} true needs credentials of the profile: authentication "${authenticationWay(typed, direction)}" ${fit.why}`,
        hint: `Write authentication: profile with user name and password, or ${key}: false. ${answered('As it is', fit.code)}`,
      }),
    ];
  });
}

/** 0x8005E238 OutgoingSettingsUpdateNotAllowed. */
export function outgoingSharesSettings(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, ({ profile }, direction) => {
    if (direction === 'incoming' || profile.fields.get('sameForOutgoing')?.value !== true) return [];
    return SHARED.flatMap((part) => {
      const own = profile.fields.get(`outgoing.${part}`);
      const incoming = profile.fields.get(`incoming.${part}`);
      // The shorthand at the top says both directions in one place.
      if (own === undefined || (incoming !== undefined && samePlace(own.source, incoming.source))) return [];
      return [
        found('error', 'type-forbids-field', {
          address: profile.address,
          source: own.source,
          message: `outgoing.${part} is not allowed while sameForOutgoing is true: outgoing mail signs in as incoming mail does`,
          hint: `Remove it, or write sameForOutgoing: false. ${answered('With both', '0x8005E238')}`,
        }),
      ];
    });
  });
}

function needsOf(typed: TypedProfile, direction: MailDirection): FieldFits {
  const way = authenticationWay(typed, direction);
  return way === null ? {} : AUTHENTICATION_FACTS[way].ofDirection[direction];
}
