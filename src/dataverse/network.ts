/**
 * How requests of every kind leave this machine: straight, or through the proxy that the usual variables name, trusting
 * the certificates that they name. Node's own `fetch` knows no proxy (before version 24), so that undici stands in for
 * it, loaded only where a variable asks for it.
 */

import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SecureContext } from 'node:tls';
import type { Dispatcher } from 'undici';
import { ServiceError } from '../model/service-error.ts';
import { shakeHands } from './handshake.ts';
import type { Fetch } from './http.ts';
import { type Env, namesProxy, proxyFor, type TakenProxy } from './proxy.ts';
import { RefusedCertificateError } from './tls-failure.ts';
import { isLoopback } from './url.ts';

/** A request that failed on its way through a proxy. */
export class ProxiedError extends Error {
  override readonly name = 'ProxiedError';
  /** Host and port, without user name and password. */
  readonly proxy: string;
  readonly variable: string;
  /** The proxy itself is spoken to over TLS. */
  readonly secure: boolean;
  /** Ways of signing in that it asked for last, such as `Negotiate`. */
  readonly challenges: readonly string[];

  constructor({ url, variable }: TakenProxy, challenges: readonly string[], cause: unknown) {
    super(`Through the proxy ${url.host}`, { cause });
    this.proxy = url.host;
    this.variable = variable;
    this.secure = url.protocol === 'https:';
    this.challenges = challenges;
  }
}

/** A request over plain HTTP to a port of this machine that speaks TLS: it closes the connection without a word. */
export class SpeaksTlsError extends Error {
  override readonly name = 'SpeaksTlsError';
}

/** Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`; Node itself `NODE_EXTRA_CA_CERTS`. */
export function createNetwork(env: Env): Fetch {
  if (!namesProxy(env) && isUnset(env.SSL_CERT_FILE)) return explainingTls((request) => fetch(request));
  let loaded: Promise<Fetch> | null = null;
  return explainingTls(async (request) => {
    loaded ??= loadNetwork(env);
    return (await loaded)(request);
  });
}

/**
 * Plain HTTP leads to this machine alone; a connection that is lost there is looked at, else it would be tried long. So
 * is a certificate that is refused: the error alone does not tell its dates.
 */
function explainingTls(send: Fetch): Fetch {
  return async (request) => {
    try {
      return await send(request);
    } catch (error) {
      const url = new URL(request.url);
      if (request.signal.aborted) throw error;
      if (isRefusedCertificate(error)) {
        const seen = (await shakeHands(url))?.certificate ?? null;
        throw seen === null ? error : new RefusedCertificateError(seen, error);
      }
      const isPlain = url.protocol === 'http:' && isLoopback(url.hostname);
      if (!isPlain || (await shakeHands(url)) === null) throw error;
      throw new SpeaksTlsError(`${url.host} speaks TLS`, { cause: error });
    }
  };
}

/** On a straight way: who answers behind a proxy is not asked once more. */
function isRefusedCertificate(error: unknown): boolean {
  const cause = error instanceof Error && !(error instanceof ProxiedError) ? error.cause : null;
  return cause instanceof Error && 'code' in cause && /^(CERT_|UNABLE_TO_)/u.test(String(cause.code));
}

async function loadNetwork(env: Env): Promise<Fetch> {
  const [undici, trust] = await Promise.all([import('undici'), trusted(env)]);
  const straight = new undici.Agent({ connect: trust });
  const proxies = new Map<string, Dispatcher>();
  const challenges = new Map<string, readonly string[]>();
  const through = ({ url }: TakenProxy): Dispatcher => {
    const known =
      proxies.get(url.href) ??
      new undici.ProxyAgent({
        uri: url.href,
        requestTls: trust,
        proxyTls: trust,
        ...authorization(url),
        // undici tells of a refused tunnel no more than its status.
        clientFactory: (origin, options) =>
          new undici.Pool(origin, options).compose(
            notingChallenges((asked) => challenges.set(url.href, asked)),
          ),
      });
    proxies.set(url.href, known);
    return known;
  };
  return async (request) => {
    const proxy = proxyFor(new URL(request.url), env);
    try {
      return await send(undici.fetch, request, proxy === null ? straight : through(proxy));
    } catch (error) {
      if (proxy === null || request.signal.aborted) throw error;
      throw new ProxiedError(proxy, challenges.get(proxy.url.href) ?? [], error);
    }
  };
}

/** Names of the ways of signing in of each answer to `CONNECT` (RFC 9110, 11.7.1). */
function notingChallenges(
  note: (challenges: readonly string[]) => void,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (...args) => handler.onRequestStart?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
      onRequestUpgrade: (controller, status, headers, socket) => {
        note(schemesOf(headers['proxy-authenticate']));
        handler.onRequestUpgrade?.(controller, status, headers, socket);
      },
    });
}

function schemesOf(header: string | readonly string[] | undefined): readonly string[] {
  const texts = header === undefined ? [] : typeof header === 'string' ? [header] : header;
  // Parameters of a way hold "=": what stands at the beginning, or behind a comma, and holds none is a way.
  return texts
    .flatMap((text) => text.split(','))
    .flatMap((part) => /^\s*([\w-]+)(?:\s|$)/u.exec(part)?.[1] ?? []);
}

/** A user name without a password counts as well, which undici alone would leave out. */
function authorization({ username, password }: URL): { readonly token?: string } {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { token: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** undici takes neither Node's requests nor hands out its responses. */
async function send(
  fetch: typeof import('undici')['fetch'],
  request: Request,
  dispatcher: Dispatcher,
): Promise<Response> {
  const body = request.body === null ? null : await request.arrayBuffer();
  const answer = await fetch(request.url, {
    dispatcher,
    method: request.method,
    headers: [...request.headers],
    redirect: request.redirect,
    signal: request.signal,
    body,
  });
  return new Response(answer.body as ReadableStream | null, {
    status: answer.status,
    statusText: answer.statusText,
    headers: [...answer.headers],
  });
}

/**
 * What Node trusts, and the certificates of `SSL_CERT_FILE`; made once, since hundreds of certificates are read for it.
 * Naming any replaces those that Node was given as well.
 */
async function trusted(env: Env): Promise<{ readonly secureContext?: SecureContext }> {
  const { SSL_CERT_FILE: path, NODE_EXTRA_CA_CERTS: extra } = env;
  if (isUnset(path)) return {};
  const { createSecureContext, rootCertificates } = await import('node:tls');
  const named = await readCertificates('SSL_CERT_FILE', path);
  const given = isUnset(extra) ? [] : [await readCertificates('NODE_EXTRA_CA_CERTS', extra)];
  return { secureContext: createSecureContext({ ca: [...rootCertificates, ...given, named] }) };
}

async function readCertificates(variable: string, path: string): Promise<string> {
  const refused = (what: string, cause?: unknown): ServiceError =>
    new ServiceError(`${variable} names ${path}, which ${what}`, {
      kind: 'unreachable',
      hint: 'Name a PEM file of certificates, or unset the variable.',
      cause,
    });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw refused('cannot be read', error);
  });
  // Node passes over what it does not understand, and the certificates would be missed only later.
  const blocks = text.match(CERTIFICATE_BLOCK) ?? [];
  if (blocks.length === 0) throw refused('holds no certificate');
  for (const [index, block] of blocks.entries()) {
    if (!isCertificate(block)) throw refused(`is damaged: certificate ${index + 1} of ${blocks.length}`);
  }
  return text;
}

/** With all that stands before the next one, so that one without its end is none. */
const CERTIFICATE_BLOCK = /^-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----.*?(?=^-----BEGIN|(?!.))/gmsu;

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    // What is wrong with it says no more than that it cannot be read.
    return false;
  }
}

function isUnset(value: string | undefined): value is undefined | '' {
  return value === undefined || value === '';
}
