/**
 * Which proxy a request takes, by the variables that curl and others read. Sends nothing, and shows no user name or
 * password: both may stand in the address of a proxy.
 */

import { ServiceError } from '../model/service-error.ts';
import { isLoopback } from './url.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export interface TakenProxy {
  readonly url: URL;
  /** Which variable names it. */
  readonly variable: string;
}

/** Lower case wins, as with curl. */
const VARIABLES = {
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
} as const;

/** Whether any request could take a proxy. */
export function namesProxy(env: Env): boolean {
  return Object.values(VARIABLES).some((names) => firstSet(names, env) !== null);
}

/** `null`: the request goes straight to its server. Errors: `ServiceError` where the variable holds no address. */
export function proxyFor(target: URL, env: Env): TakenProxy | null {
  const names = target.protocol === 'http:' ? VARIABLES['http:'] : VARIABLES['https:'];
  const found = firstSet(names, env);
  if (found === null || staysHere(target.hostname) || isExempt(target, env)) return null;
  return { url: proxyUrl(found), variable: found.name };
}

interface Setting {
  readonly name: string;
  readonly value: string;
}

function firstSet(names: readonly string[], env: Env): Setting | null {
  for (const name of names) {
    const value = env[name]?.trim() ?? '';
    if (value !== '') return { name, value };
  }
  return null;
}

function proxyUrl({ name, value }: Setting): URL {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  const known = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  if (known && isDecodable(`${url.username}${url.password}`)) return url;
  throw new ServiceError(`${name} holds no address of an HTTP proxy`, {
    kind: 'unreachable',
    hint: 'Write it as http://proxy.contoso.com:8080; special characters of a password are percent-encoded.',
  });
}

function isDecodable(text: string): boolean {
  return /^([^%]|%[0-9a-f]{2})*$/iu.test(text);
}

/** This machine, and link-local addresses, where Azure offers managed identities to its machines. */
function staysHere(hostname: string): boolean {
  return isLoopback(hostname) || /^169\.254\.\d+\.\d+$/u.test(hostname);
}

function isExempt(target: URL, env: Env): boolean {
  const entries = (env.no_proxy ?? env.NO_PROXY ?? '').split(/[\s,]+/u).filter((entry) => entry !== '');
  const port = target.port === '' ? (target.protocol === 'http:' ? '80' : '443') : target.port;
  const host = withoutBrackets(target.hostname.toLowerCase());
  return entries.some((entry) => matches(entry.toLowerCase(), host, port));
}

/** A name stands for itself and what lies below it, with or without a leading dot or `*.`; a port narrows it. */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, named, narrowed] = /^(\[.*\]|[^:]*):(\d+)$/u.exec(entry) ?? [];
  if (narrowed !== undefined && narrowed !== port) return false;
  const name = withoutBrackets(named ?? entry).replace(/^\*?\./u, '');
  return host === name || host.endsWith(`.${name}`);
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/u, '$1');
}
