/** How a profile authenticates has to fit its type. */

import type { Declared } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { MAIL_DIRECTIONS, type TypedProfile, typedProfiles } from './declared-profile.ts';
import { type Declarations, found } from './rule.ts';

/**
 * 0x8005E214 InvalidCredentialTypeForNonExchangeIncomingConnection, 0x8005E202 and 0x8005E203 for what Exchange and
 * the online service refuse, 0x8005E245 InvalidS2SAuthentication.
 */
export function authenticationFitsType(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) =>
    written(typed).flatMap((field) => authenticationProblem(typed, field)),
  );
}

/** Types without a usual way of authenticating have to say it: the service has no default for them either. */
export function authenticationIsDeclared(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap(({ profile, type, facts }) => {
    const open = MAIL_DIRECTIONS.filter((direction) => !profile.fields.has(`${direction}.authentication`));
    if (facts.defaultAuthentication !== null || open.length === 0) return [];
    const key = open.length === MAIL_DIRECTIONS.length ? 'authentication' : `${open.join()}.authentication`;
    const ways = facts.authentication.filter((way) => way !== 'windows-integrated');
    return [
      found('error', 'type-requires-field', {
        address: profile.address,
        source: profile.fields.get('type')?.source ?? profile.source,
        message: `${key} is missing; type ${type} requires it`,
        hint: `Use one of: ${ways.join(', ')}.`,
      }),
    ];
  });
}

/** The shorthand at the top sets both directions from one place: that is one finding. */
function written({ profile }: TypedProfile): readonly Declared[] {
  const [incoming, outgoing] = MAIL_DIRECTIONS.map((way) => profile.fields.get(`${way}.authentication`));
  const same =
    incoming?.source.line === outgoing?.source.line && incoming?.source.column === outgoing?.source.column;
  return [incoming, same ? undefined : outgoing].filter((field) => field !== undefined);
}

function authenticationProblem(
  { profile, type, facts }: TypedProfile,
  field: Declared,
): readonly Diagnostic[] {
  const way = String(field.value);
  const place = { address: profile.address, source: field.source };
  if (way === 'windows-integrated') {
    const message = 'authentication "windows-integrated" is not accepted by Dynamics 365 online';
    const hint = 'Use another way of authenticating. With this one the service answers 0x8005E202.';
    return [found('error', 'type-forbids-authentication', { ...place, message, hint })];
  }
  if (!facts.authentication.some((allowed) => allowed === way)) {
    const message = `authentication "${way}" is not possible with type ${type}; use one of: ${facts.authentication.join(', ')}`;
    const hint =
      type === 'pop3-smtp' ? 'With it the service answers 0x8005E214.' : 'The service refuses the pair.';
    return [found('error', 'type-forbids-authentication', { ...place, message, hint })];
  }
  if (type !== 'gmail' || way !== 'user-or-queue') return [];
  const message =
    'authentication "user-or-queue" needs "less secure apps", which Google ended on 30 May 2022';
  return [found('warning', 'authentication-ended', { ...place, message, hint: 'Use gmail-oauth.' })];
}
