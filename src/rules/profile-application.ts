/** What a way of authenticating needs of the profile as a whole: an application registration, a server. */

import type { FieldFit } from '../catalogue/field-fit.ts';
import { AUTHENTICATION_FACTS, type Authentication } from '../catalogue/profile-types.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Scalar, Value } from '../model/value.ts';
import { authenticationOf, type TypedProfile, typedProfiles, typePlace } from './declared-profile.ts';
import { answered, type Declarations, type Found, found, quoted } from './rule.ts';

const APPLICATION = 'oauth.';

interface Need {
  readonly key: string;
  readonly way: Authentication;
  readonly fit: FieldFit;
}

/**
 * 0x8005E25A TenantIDIsEmpty, 0x8005E250 ServerLocationIsEmpty. (0x8005E25B InvalidTenantIDValue is the schema's, and
 * 0x8005E25C TenantIDValueChanged is known only beside the environment.) A profile that exists may keep a registration that
 * nobody declares, so that only a part of one is surely wrong.
 */
export function applicationIsComplete(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) => {
    const { address, fields } = typed.profile;
    const missing = needsOf(typed).filter(({ key, fit }) => fit.use === 'required' && !fields.has(key));
    const begun = [...fields.keys()].some((own) => own.startsWith(APPLICATION));
    const kept = begun ? [] : missing.filter(({ key }) => key.startsWith(APPLICATION));
    const source = fields.get('incoming.authentication')?.source ?? typePlace(typed);
    const wrong = missing
      .filter((need) => !kept.includes(need))
      .map(({ key, way, fit }) =>
        found('error', 'type-requires-field', {
          address,
          source,
          message: `${key} is missing; authentication "${way}" requires it: it ${fit.why}`,
          hint: `Write ${key}. ${answered('Without it', fit.code)}`,
        }),
      );
    return kept.length === 0 ? wrong : [...wrong, keptBack({ address, source }, kept)];
  });
}

function keptBack(place: Pick<Found, 'address' | 'source'>, kept: readonly Need[]): Diagnostic {
  const keys = kept.map(({ key }) => key).join(', ');
  const code = kept.map(({ fit }) => fit.code).find((each) => each !== null) ?? null;
  const [first] = kept;
  return found('warning', 'credentials-missing', {
    ...place,
    message: `${keys} not declared: a profile that exists keeps its own, a new one has none`,
    hint: `Write them: authentication "${first?.way}" ${first?.fit.why}. ${answered('Without them', code)}`,
  });
}

/** No service code: the service keeps the registration and never uses it; 0x8005E205 where a server has to be given. */
export function applicationIsUsed(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) =>
    needsOf(typed).flatMap(({ key, way, fit }) => {
      const field = typed.profile.fields.get(key);
      if (field === undefined || fit.use === 'required' || fit.only?.includes(scalar(field.value))) return [];
      // What the other direction has a use for is used.
      const ways = [...authenticationOf(typed)];
      if (ways.some((other) => AUTHENTICATION_FACTS[other].ofProfile[key]?.use !== fit.use)) return [];
      const what =
        fit.use === 'limited' ? `${key} ${quoted(field.value)} is not possible` : `${key} is not used`;
      return [
        found('error', 'type-forbids-field', {
          address: typed.profile.address,
          source: field.source,
          message: `${what}: authentication "${way}" ${fit.why}`,
          hint: fit.code === null ? 'Remove it.' : `Remove it. ${answered('With it', fit.code)}`,
        }),
      ];
    }),
  );
}

/** What the profile's ways of authenticating need or have no use for; each key once, though both directions say it. */
function needsOf(typed: TypedProfile): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const way of authenticationOf(typed)) {
    for (const [key, fit] of Object.entries(AUTHENTICATION_FACTS[way].ofProfile)) {
      const known = needs.get(key);
      if (known === undefined || fit.use === 'required') needs.set(key, { key, way, fit });
    }
  }
  return [...needs.values()];
}

function scalar(value: Value): Scalar {
  return typeof value === 'object' ? null : value;
}
