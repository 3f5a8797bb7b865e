/** Fields of a profile have to fit its type. What each type requires, forbids and takes stands in the catalogue. */

import type { FieldFit } from '../catalogue/field-fit.ts';
import type { Declared } from '../model/config.ts';
import type { Diagnostic, DiagnosticCode } from '../model/diagnostic.ts';
import { MAIL_DIRECTIONS, type TypedProfile, typedProfiles, typePlace } from './declared-profile.ts';
import { answered, type Declarations, found, quoted } from './rule.ts';

/** 0x8005E24B SpecifyIncomingServerLocation, 0x8005E24C SpecifyOutgoingServerLocation. */
export function requiredFieldsAreDeclared(declared: Declarations): readonly Diagnostic[] {
  return everyFit(declared, (typed, key, fit) => {
    const { profile, type } = typed;
    if (fit.use !== 'required' || profile.fields.has(key)) return [];
    return [
      found('error', 'type-requires-field', {
        address: profile.address,
        source: typePlace(typed),
        message: `${key} is missing; type ${type} requires it: it ${fit.why}`,
        hint: `Write ${key}. ${answered('Without it', fit.code)}`,
      }),
    ];
  });
}

/**
 * 0x8005E205 EmailServerProfileLocationNotRequired, 0x8005E204 EmailServerProfileAutoDiscoverNotAllowed, 0x8005E235
 * EmailServerProfileDelegateAccessNotAllowed, 0x8005E236 EmailServerProfileImpersonationNotAllowed.
 */
export function fieldsFitType(declared: Declarations): readonly Diagnostic[] {
  return everyFit(declared, (typed, key, fit) =>
    key.endsWith('.protocol') ? [] : unfit(typed, key, fit, 'type-forbids-field'),
  );
}

/**
 * 0x8005E23B EmailServerProfileInvalidAuthenticationProtocol, 0x8005E23C
 * EmailServerProfileADBasedAuthenticationProtocolNotAllowed.
 */
export function protocolsFitType(declared: Declarations): readonly Diagnostic[] {
  return everyFit(declared, (typed, key, fit) =>
    key.endsWith('.protocol') ? unfit(typed, key, fit, 'protocol-not-possible') : [],
  );
}

/**
 * An Exchange Server is found by auto-discover or named: 0x8005E205 EmailServerProfileLocationNotRequired with both,
 * 0x8005E24B SpecifyIncomingServerLocation and 0x8005E24C SpecifyOutgoingServerLocation with neither.
 */
export function autoDiscoverOrServers(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) => {
    const autoDiscover = typed.profile.fields.get('autoDiscover');
    if (typed.facts.autoDiscover !== 'choice' || autoDiscover === undefined) return [];
    return autoDiscover.value === true ? serversBesideIt(typed) : serversMissing(typed, autoDiscover);
  });
}

function serversBesideIt({ profile: { address, fields } }: TypedProfile): readonly Diagnostic[] {
  return MAIL_DIRECTIONS.flatMap((direction) =>
    ['server', 'port'].flatMap((part) => {
      const field = fields.get(`${direction}.${part}`);
      if (field === undefined) return [];
      return [
        found('error', 'type-forbids-field', {
          address,
          source: field.source,
          message: `${direction}.${part} is not allowed while autoDiscover is true: the server is found by itself`,
          hint: `Remove it, or write autoDiscover: false. ${answered('With both', '0x8005E205')}`,
        }),
      ];
    }),
  );
}

function serversMissing(
  { profile: { address, fields } }: TypedProfile,
  { source }: Declared,
): readonly Diagnostic[] {
  return MAIL_DIRECTIONS.filter((direction) => !fields.has(`${direction}.server`)).map((direction) =>
    found('error', 'type-requires-field', {
      address,
      source,
      message: `autoDiscover is false, and ${direction}.server is missing: nothing tells where the server is`,
      hint: `Write ${direction}: { server: … }. ${answered('Without it', direction === 'incoming' ? '0x8005E24B' : '0x8005E24C')}`,
    }),
  );
}

function everyFit(
  declared: Declarations,
  check: (typed: TypedProfile, key: string, fit: FieldFit) => readonly Diagnostic[],
): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) =>
    Object.entries(typed.facts.fields).flatMap(([key, fit]) => check(typed, key, fit)),
  );
}

function unfit(
  { profile, type }: TypedProfile,
  key: string,
  fit: FieldFit,
  code: DiagnosticCode,
): readonly Diagnostic[] {
  const field = profile.fields.get(key);
  if (field === undefined || fit.use === 'required') return [];
  const place = { address: profile.address, source: field.source };
  if (fit.use === 'forbidden') {
    const message = `${key} is not allowed with type ${type}: it ${fit.why}`;
    const hint = fit.code === null ? 'Remove it.' : `Remove it. ${answered('With it', fit.code)}`;
    return [found('error', code, { ...place, message, hint })];
  }
  const allowed = fit.only ?? [];
  if (allowed.some((value) => value === field.value)) return [];
  const message = `${key} ${quoted(field.value)} is not possible with type ${type}: it ${fit.why}`;
  const hint = `Write ${oneOf(allowed.map(String))}, or remove the key. ${answered('As it is', fit.code)}`;
  return [found('error', code, { ...place, message, hint })];
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? words.join() : `one of ${words.join(', ')}`;
}
