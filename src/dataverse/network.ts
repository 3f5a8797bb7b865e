/**
 * How requests of every kind leave this machine: straight, or through the proxy that the usual variables name, trusting
 * the certificates that they name. Node's own `fetch` knows no proxy (before version 24), so that undici stands in for
 * it, loaded only where a variable asks for it.
 */

import { readFile } from 'node:fs/promises';
import type { SecureContext } from 'node:tls';
import type { Dispatcher } from 'undici';
import { ServiceError } from '../model/service-error.ts';
import type { Fetch } from './http.ts';
import { type Env, namesProxy, proxyFor, type TakenProxy } from './proxy.ts';

/** A request that failed on its way through a proxy. */
export class ProxiedError extends Error {
  override readonly name = 'ProxiedError';
  /** Host and port, without user name and password. */
  readonly proxy: string;
  readonly variable: string;

  constructor({ url, variable }: TakenProxy, cause: unknown) {
    super(`Through the proxy ${url.host}`, { cause });
    this.proxy = url.host;
    this.variable = variable;
  }
}

/** Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` and `SSL_CERT_FILE`; Node itself `NODE_EXTRA_CA_CERTS`. */
export function createNetwork(env: Env): Fetch {
  if (!namesProxy(env) && isUnset(env.SSL_CERT_FILE)) return (request) => fetch(request);
  let loaded: Promise<Fetch> | null = null;
  return async (request) => {
    loaded ??= loadNetwork(env);
    return (await loaded)(request);
  };
}

async function loadNetwork(env: Env): Promise<Fetch> {
  const [undici, trust] = await Promise.all([import('undici'), trusted(env)]);
  const straight = new undici.Agent({ connect: trust });
  const proxies = new Map<string, Dispatcher>();
  const through = ({ url }: TakenProxy): Dispatcher => {
    const known =
      proxies.get(url.href) ??
      new undici.ProxyAgent({ uri: url.href, requestTls: trust, proxyTls: trust, ...authorization(url) });
    proxies.set(url.href, known);
    return known;
  };
  return async (request) => {
    const proxy = proxyFor(new URL(request.url), env);
    try {
      return await send(undici.fetch, request, proxy === null ? straight : through(proxy));
    } catch (error) {
      if (proxy === null || request.signal.aborted) throw error;
      throw new ProxiedError(proxy, error);
    }
  };
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
  if (!/^-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----/mu.test(text)) throw refused('holds no certificate');
  return text;
}

function isUnset(value: string | undefined): value is undefined | '' {
  return value === undefined || value === '';
}
