/** Servers, ports and SSL of a profile have to fit its type and each other. */

import { MAIL_DIRECTIONS, type TypedProfile, typedProfiles } from './declared-profile.ts';
import { type Declarations, found, type Rule } from './rule.ts';

type Direction = (typeof MAIL_DIRECTIONS)[number];
type Found = ReturnType<Rule>;

/** 0x8005E24B SpecifyIncomingServerLocation, 0x8005E24C SpecifyOutgoingServerLocation. */
export function requiresServers(declared: Declarations): Found {
  return each(declared, ({ profile, type, facts }, direction) => {
    if (facts.servers !== 'required' || profile.fields.has(`${direction}.server`)) return [];
    const code = direction === 'incoming' ? '0x8005E24B' : '0x8005E24C';
    return [
      found('error', 'type-requires-field', {
        address: profile.address,
        source: profile.fields.get('type')?.source ?? profile.source,
        message: `${direction}.server is missing; type ${type} requires it`,
        hint: `Write ${direction}: { server: … }. Without it the service answers ${code}.`,
      }),
    ];
  });
}

/** 0x8005E205 EmailServerProfileLocationNotRequired: auto-discover finds the servers of Exchange Online. */
export function forbidsServers(declared: Declarations): Found {
  return each(declared, ({ profile, type, facts }, direction) => {
    if (facts.servers !== 'forbidden') return [];
    return ['server', 'port'].flatMap((key) => {
      const field = profile.fields.get(`${direction}.${key}`);
      if (field === undefined) return [];
      return [
        found('error', 'type-forbids-field', {
          address: profile.address,
          source: field.source,
          message: `${direction}.${key} is not allowed with type ${type}, which finds its servers by itself`,
          hint: 'Remove it. With it the service answers 0x8005E205.',
        }),
      ];
    });
  });
}

/** 0x8005E201 EmailServerProfileSslRequiredForOnline. */
export function requiresSsl(declared: Declarations): Found {
  return each(declared, ({ profile }, direction) => {
    const ssl = profile.fields.get(`${direction}.ssl`);
    if (ssl?.value !== false) return [];
    return [
      found('error', 'ssl-required', {
        address: profile.address,
        source: ssl.source,
        message: `${direction}.ssl is false; Dynamics 365 online connects with SSL/TLS only`,
        hint: `Write ${direction}.ssl: true. Without it the service answers 0x8005E201.`,
      }),
    ];
  });
}

/** 0x8005E240, 0x8005E241: an http location although SSL is on. The other way round `ssl-required` says it. */
export function locationAgreesWithSsl(declared: Declarations): Found {
  return each(declared, ({ profile }, direction) => {
    const server = profile.fields.get(`${direction}.server`);
    const ssl = profile.fields.get(`${direction}.ssl`)?.value ?? true;
    if (ssl !== true || typeof server?.value !== 'string' || !/^http:/iu.test(server.value)) return [];
    const code = direction === 'incoming' ? '0x8005E240' : '0x8005E241';
    return [
      found('error', 'location-ssl-disagree', {
        address: profile.address,
        source: server.source,
        message: `${direction}.server "${server.value}" is plain http, but the connection uses SSL`,
        hint: `Write https:// instead of http://. As it is the service answers ${code}.`,
      }),
    ];
  });
}

function each(declared: Declarations, check: (typed: TypedProfile, direction: Direction) => Found): Found {
  return typedProfiles(declared).flatMap((typed) =>
    MAIL_DIRECTIONS.flatMap((direction) => check(typed, direction)),
  );
}
