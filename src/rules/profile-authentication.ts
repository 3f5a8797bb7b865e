/** How a profile authenticates has to fit its type, and the online service. */

import { AUTHENTICATION_FACTS } from '../catalogue/profile-types.ts';
import type { Declared } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { MAIL_DIRECTIONS, type TypedProfile, typedProfiles, typePlace } from './declared-profile.ts';
import { answered, type Declarations, found, samePlace } from './rule.ts';

type Way = keyof typeof AUTHENTICATION_FACTS;

/**
 * 0x8005E214 InvalidCredentialTypeForNonExchangeIncomingConnection, 0x8005E202 and 0x8005E203 for what the online
 * service and Exchange refuse, 0x8005E245 InvalidS2SAuthentication.
 */
export function authenticationFitsType(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) =>
    written(typed).flatMap((field) => authenticationProblem(typed, field)),
  );
}

/** No service code: types without a usual way of authenticating have to say it, since nothing else can. */
export function authenticationIsDeclared(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) => {
    const { profile, type, facts } = typed;
    const open = MAIL_DIRECTIONS.filter((direction) => !profile.fields.has(`${direction}.authentication`));
    if (facts.defaultAuthentication !== null || open.length === 0) return [];
    const key = open.length === MAIL_DIRECTIONS.length ? 'authentication' : `${open.join()}.authentication`;
    return [
      found('error', 'type-requires-field', {
        address: profile.address,
        source: typePlace(typed),
        message: `${key} is missing; type ${type} requires it`,
        hint: `Use one of: ${facts.authentication.join(', ')}. For example: authentication: ${facts.authentication[0]}`,
      }),
    ];
  });
}

/** No service code: Google ended "less secure apps" on 30 May 2022 (Google Workspace Updates); the sign-in fails there. */
export function authenticationHasNotEnded(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) =>
    written(typed).flatMap(({ value, source }) => {
      if (typed.type !== 'gmail' || value !== 'user-or-queue') return [];
      return [
        found('warning', 'authentication-ended', {
          address: typed.profile.address,
          source,
          message:
            'authentication "user-or-queue" needs "less secure apps", which Google ended on 30 May 2022',
          hint: 'Write authentication: gmail-oauth.',
        }),
      ];
    }),
  );
}

/** The shorthand at the top sets both directions from one place: that is one finding. */
function written({ profile }: TypedProfile): readonly Declared[] {
  const [incoming, outgoing] = MAIL_DIRECTIONS.map((way) => profile.fields.get(`${way}.authentication`));
  const same =
    incoming !== undefined && outgoing !== undefined && samePlace(incoming.source, outgoing.source);
  return [incoming, same ? undefined : outgoing].filter((field) => field !== undefined);
}

function authenticationProblem(
  { profile, type, facts }: TypedProfile,
  { value, source }: Declared,
): readonly Diagnostic[] {
  const way = Object.keys(AUTHENTICATION_FACTS).find((known): known is Way => known === value);
  if (way === undefined || facts.authentication.includes(way)) return [];
  const use = `use ${facts.authentication.length > 1 ? 'one of: ' : ''}${facts.authentication.join(', ')}`;
  const online = AUTHENTICATION_FACTS[way].online;
  const message = online
    ? `authentication "${way}" is not possible with type ${type}; ${use}`
    : `authentication "${way}" is not accepted by Dynamics 365 online; ${use}`;
  const code = online ? facts.authenticationCode : '0x8005E202';
  const without =
    code === null ? 'The service does not support the two together.' : answered('As it is', code);
  const example = `authentication: ${facts.authentication[0]}`;
  const words = facts.authentication.length > 1 ? `one of them, for example ${example}` : example;
  const hint = `Write ${words}. ${without}`;
  return [found('error', 'type-forbids-authentication', { address: profile.address, source, message, hint })];
}
