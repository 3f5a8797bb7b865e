/** Servers, ports and SSL of a profile have to be recognizable and to agree with each other. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { MAIL_DIRECTIONS, type MailDirection, type TypedProfile, typedProfiles } from './declared-profile.ts';
import { answered, type Declarations, found } from './rule.ts';

const HOST = /^(\[[0-9a-f:.]+\]|[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?)$/iu;

/** 0x8005E20A EmailServerProfileInvalidServerLocation, 0x8005E218 InvalidEmailServerLocation. */
export function serversAreRecognized(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, ({ profile, facts }, direction) => {
    const server = profile.fields.get(`${direction}.server`);
    // Where the type has no use for a server at all, that is what is said.
    if (typeof server?.value !== 'string' || facts.servers === 'forbidden') return [];
    const takesUrl = facts.autoDiscover !== 'never';
    if (HOST.test(server.value) || (takesUrl && isWebAddress(server.value))) return [];
    const wanted = takesUrl ? 'a host name or a web address' : 'a host name';
    return [
      found('error', 'server-unrecognized', {
        address: profile.address,
        source: server.source,
        message: `${direction}.server "${server.value}" is not ${wanted}`,
        hint: `${serverHint(server.value, takesUrl)} ${answered('As it is', '0x8005E20A')}`,
      }),
    ];
  });
}

/**
 * 0x8005E201 EmailServerProfileSslRequiredForOnline, 0x8005E234 EmailServerProfileSslRequiredForOnPremise, 0x8005E23D
 * EmailServerProfileBasicAuthenticationProtocolNotAllowed.
 */
export function requiresSsl(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, ({ profile }, direction) => {
    const ssl = profile.fields.get(`${direction}.ssl`);
    if (ssl?.value !== false || schemeOf(profile.fields.get(`${direction}.server`)?.value) === 'https') {
      return [];
    }
    const basic = profile.fields.get(`${direction}.protocol`)?.value === 'basic';
    return [
      found('error', 'ssl-required', {
        address: profile.address,
        source: ssl.source,
        message: `${direction}.ssl is false; Dynamics 365 online connects with SSL/TLS only`,
        hint: `Write ${direction}.ssl: true. ${answered('Without it', basic ? '0x8005E23D' : '0x8005E201')}`,
      }),
    ];
  });
}

/**
 * 0x8005E23E and 0x8005E23F IncomingServerLocationAndSslSetToNo and its twin for outgoing mail, 0x8005E240 and
 * 0x8005E241 IncomingServerLocationAndSslSetToYes and its twin.
 */
export function locationAgreesWithSsl(declared: Declarations): readonly Diagnostic[] {
  return everyDirection(declared, ({ profile }, direction) => {
    const server = profile.fields.get(`${direction}.server`);
    const ssl = profile.fields.get(`${direction}.ssl`);
    const scheme = schemeOf(server?.value);
    const incoming = direction === 'incoming';
    if (server === undefined || scheme === null) return [];
    if (scheme === 'https' && ssl?.value === false) {
      return [
        found('error', 'location-ssl-disagree', {
          address: profile.address,
          source: ssl.source,
          message: `${direction}.ssl is false, but ${direction}.server "${String(server.value)}" is https`,
          hint: `Write ${direction}.ssl: true. ${answered('As it is', incoming ? '0x8005E23E' : '0x8005E23F')}`,
        }),
      ];
    }
    if (scheme !== 'http' || ssl?.value === false) return [];
    return [
      found('error', 'location-ssl-disagree', {
        address: profile.address,
        source: server.source,
        message: `${direction}.server "${String(server.value)}" is plain http, but the connection uses SSL`,
        hint: `Write https:// instead of http://. ${answered('As it is', incoming ? '0x8005E240' : '0x8005E241')}`,
      }),
    ];
  });
}

/** 0x8005E255 ServerLocationAndSSLSetToYes: Exchange Online is reached by https alone. */
export function defaultLocationIsSecure(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap(({ profile, facts }) => {
    const location = profile.fields.get('defaultLocation');
    if (typeof location?.value !== 'string' || facts.fields.defaultLocation !== undefined) return [];
    if (schemeOf(location.value) === 'https' && isWebAddress(location.value)) return [];
    return [
      found('error', 'server-unrecognized', {
        address: profile.address,
        source: location.source,
        message: `defaultLocation "${location.value}" is not an https address`,
        hint: `For example: https://partner.outlook.cn/EWS/Exchange.asmx. ${answered('As it is', '0x8005E255')}`,
      }),
    ];
  });
}

export function everyDirection(
  declared: Declarations,
  check: (typed: TypedProfile, direction: MailDirection) => readonly Diagnostic[],
): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) =>
    MAIL_DIRECTIONS.flatMap((direction) => check(typed, direction)),
  );
}

function schemeOf(server: unknown): string | null {
  const scheme = typeof server === 'string' ? /^([a-z][a-z0-9+.-]*):\/\//iu.exec(server) : null;
  return scheme?.[1]?.toLowerCase() ?? null;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\/\S+$/iu.test(text);
}

function serverHint(written: string, takesUrl: boolean): string {
  const bare = written.replace(/^[a-z][a-z0-9+.-]*:\/\//iu, '').replace(/\/.*$/u, '');
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/u.exec(bare) ?? [];
  if (!HOST.test(host))
    return takesUrl
      ? 'For example: https://mail.contoso.com/EWS/Exchange.asmx.'
      : 'For example: pop3.contoso.com.';
  return port === undefined ? `Write ${host}.` : `Write server: ${host} and port: ${port}.`;
}
