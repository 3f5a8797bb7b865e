/** What went wrong when no answer came, in words and with a way out. Knows nothing of HTTP statuses. */

import { ServiceError } from '../model/service-error.ts';
import { TimeoutError } from './http.ts';
import { ProxiedError, SpeaksTlsError } from './network.ts';
import { type TlsFailure, tlsFailure } from './tls-failure.ts';

export interface NetworkFailure {
  readonly message: string;
  readonly hint: string;
  /** The next attempt may succeed. */
  readonly passing: boolean;
  /** The request never left, so that it cannot have been carried out. */
  readonly notSent: boolean;
}

type Kind = 'dns' | 'refused' | 'no-route' | 'tls' | 'no-tls' | 'only-tls' | 'timeout' | 'lost';

const CODES: Readonly<Record<string, Kind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  INVALID_CA: 'tls',
  INVALID_PURPOSE: 'tls',
  PATH_LENGTH_EXCEEDED: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  EPROTO: 'tls',
};

/** Before there is a connection to send anything on (Node.js, "Errors": `error.syscall`). */
const CONNECTING: ReadonlySet<string> = new Set(['connect', 'getaddrinfo', 'lookup']);
/** What can only happen then; the check of a certificate ends a handshake (Node.js, "X509 certificate error codes"). */
const BEFORE_SENDING =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/u;

export function networkFailure(error: unknown, host: string): NetworkFailure {
  const failure = failureOf(error);
  const proxied = chainOf(error).find((link) => link instanceof ProxiedError);
  return proxied === undefined ? straight(failure, host) : throughProxy(failure, host, proxied);
}

function straight({ kind, notSent, tls }: Failure, host: string): NetworkFailure {
  switch (kind) {
    case 'dns':
      return {
        message: `${host} is not known to the name service`,
        hint: 'Check the spelling of the address, and that this machine may resolve names of the internet; a proxy is named in HTTPS_PROXY.',
        passing: false,
        notSent,
      };
    case 'refused':
      return {
        message: `${host} refuses the connection`,
        hint: 'Nothing listens there. For an emulator, check its port and that it is running.',
        passing: false,
        notSent,
      };
    case 'no-route':
      return {
        message: `No way leads from this machine to ${host}`,
        hint: 'Check the network, and whether HTTPS_PROXY has to name a proxy.',
        passing: true,
        notSent,
      };
    case 'tls': {
      const { message, hint } = tls(host);
      return { message, hint, passing: false, notSent };
    }
    case 'no-tls':
      return {
        message: `${host} speaks no TLS`,
        hint: 'For an environment of this machine that serves plain HTTP, write http:// in its url; else check the port.',
        passing: false,
        notSent,
      };
    case 'only-tls':
      return {
        message: `${host} speaks TLS, and was addressed without`,
        hint: 'Write https:// in the url of the environment.',
        passing: false,
        notSent,
      };
    case 'timeout':
      return {
        message: `${host} did not answer in time`,
        hint: 'Run the command again; if it persists, check the way to the environment and its health.',
        passing: true,
        notSent,
      };
    case 'lost':
      return {
        message: `The connection to ${host} was lost`,
        hint: 'Run the command again; if it persists, check proxies and firewalls on the way.',
        passing: true,
        notSent,
      };
    default:
      return kind satisfies never;
  }
}

/** Names are resolved by the proxy, so that these failures are about the proxy itself. */
function throughProxy(failure: Failure, host: string, proxied: ProxiedError): NetworkFailure {
  const { proxy, variable } = proxied;
  const { kind, refusedWith } = failure;
  const setting = `${variable} names this proxy`;
  // Where a proxy answered itself, it made no connection.
  const unsent = { passing: false, notSent: failure.notSent || refusedWith !== null };
  if (refusedWith === 407 && onlyOthers(proxied.challenges)) {
    return {
      message: `The proxy ${proxy} asks for a sign-in by ${proxied.challenges.join(' or ')} (407), which is not supported`,
      hint: `Have the proxy let ${host} through without a sign-in, or by Basic; or run a proxy on this machine that signs in to it, such as Cntlm or Px, and name that one in ${variable}.`,
      ...unsent,
    };
  }
  if (refusedWith === 407) {
    return {
      message: `The proxy ${proxy} asks for a user name and password, or does not take those given (407)`,
      hint: `Give them in ${variable}, as http://USER:PASSWORD@${proxy}, special characters percent-encoded.`,
      ...unsent,
    };
  }
  if (refusedWith !== null) {
    return {
      message: `The proxy ${proxy} makes no connection to ${host} (status ${refusedWith})`,
      hint: `${setting}; have it let ${host} through, or list the host in NO_PROXY.`,
      passing: refusedWith >= 500,
      notSent: true,
    };
  }
  switch (kind) {
    case 'dns':
      return {
        message: `The proxy ${proxy} is not known to the name service`,
        hint: `${setting}; correct it, or list ${host} in NO_PROXY.`,
        ...unsent,
      };
    case 'refused':
      return {
        message: `The proxy ${proxy} refuses the connection`,
        hint: `${setting}; check its host and port, or list ${host} in NO_PROXY.`,
        ...unsent,
      };
    case 'no-tls':
      if (!proxied.secure) break;
      return {
        message: `The proxy ${proxy} speaks no TLS`,
        hint: `${setting}; write it as http://${proxy}, which is how most proxies are spoken to: what is sent through it is encrypted all the same.`,
        ...unsent,
      };
    case 'tls': {
      const { why, hint } = failure.tls(host);
      if (why !== 'issuer' && why !== 'other') break;
      return {
        message: `The certificate that came for ${host} through the proxy ${proxy} is not trusted`,
        hint,
        ...unsent,
      };
    }
    default:
  }
  const { message, hint, passing, notSent } = straight(failure, host);
  return { message: `${message}, on the way through the proxy ${proxy}`, hint, passing, notSent };
}

/** Basic is the one way of signing in to a proxy that needs no exchange. */
function onlyOthers(challenges: readonly string[]): boolean {
  return challenges.length > 0 && !challenges.some((name) => name.toLowerCase() === 'basic');
}

export function unreachable(failure: NetworkFailure, request: string, cause: unknown): ServiceError {
  return new ServiceError(failure.message, { kind: 'unreachable', request, hint: failure.hint, cause });
}

interface Failure {
  readonly kind: Kind;
  readonly notSent: boolean;
  /** Why there is no secure connection, where that is what is wrong. */
  readonly tls: (host: string) => TlsFailure;
  /** Status with which a proxy answered instead of making a connection. */
  readonly refusedWith: number | null;
}

function failureOf(error: unknown): Failure {
  const links = chainOf(error);
  const status = links.map(({ message }) => TUNNEL.exec(message)?.[1]).find((found) => found !== undefined);
  const refusedWith = status === undefined ? null : Number(status);
  const tls = (code: string) => (host: string) => tlsFailure(links, code, host);
  const unknown = { tls: tls(''), notSent: false, refusedWith };
  if (error instanceof TimeoutError) return { kind: 'timeout', ...unknown };
  if (links.some((link) => link instanceof SpeaksTlsError)) return { kind: 'only-tls', ...unknown };
  for (const link of links) {
    const code = 'code' in link ? String(link.code) : '';
    const isTls = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO)/u.test(code);
    const kind =
      isTls && NO_TLS.test(`${code} ${link.message}`)
        ? 'no-tls'
        : (CODES[code] ?? (isTls ? 'tls' : undefined));
    if (kind === undefined) continue;
    const notSent = BEFORE_SENDING.test(code) || isConnecting(link);
    // A way that goes while a connection stands on it: what was sent may have arrived.
    return { kind: kind === 'no-route' && !notSent ? 'lost' : kind, tls: tls(code), notSent, refusedWith };
  }
  const timedOut = links.some(({ name }) => name === 'TimeoutError');
  return { kind: timedOut ? 'timeout' : 'lost', ...unknown };
}

/** What OpenSSL says where the first bytes of an answer are none of TLS; versions differ. */
const NO_TLS = /wrong.version.number|packet.length.too.long|http.request|unknown.protocol/iu;

/** Several addresses that were tried fail as one. */
function isConnecting(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isConnecting);
  return error instanceof Error && 'syscall' in error && CONNECTING.has(String(error.syscall));
}

/** The only place where undici tells a proxy's status. */
const TUNNEL = /^Proxy response \((\d{3})\)/u;

function chainOf(error: unknown): readonly Error[] {
  const links: Error[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) links.push(at);
  return links;
}
