/** Addresses on the wire: the base URL of an environment, and literals in OData queries. Sends nothing. */

import { ServiceError } from '../model/service-error.ts';

export interface EnvironmentUrl {
  /** Scheme, host and port; the audience of tokens. */
  readonly origin: string;
  /** Where paths are relative to; ends with a slash. */
  readonly api: string;
  readonly loopback: boolean;
}

const API_PATH = '/api/data/v9.2/';
const HINT =
  'Give the address of the environment alone, such as https://contoso.crm4.dynamics.com; the Power Platform admin center shows it as "Environment URL".';

/** Pages of the classic and the unified interface that people copy from their browser. */
const INTERFACE_PATH = /^\/(main\.aspx|default\.aspx|apps?\/.*|webresources\/.*)$/iu;
const KNOWN_PATH = /^\/(api\/data\/(v9\.\d\/)?)?$/iu;

/** Checks the base URL of an environment. Addresses of the user interface are cut to their origin. */
export function parseEnvironmentUrl(text: string): EnvironmentUrl {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null) throw wrongUrl(`"${clip(text)}" is no URL`);
  const loopback = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw wrongUrl(`${url.protocol}//${url.host} is not https; plain http is for this machine only`);
  }
  if (url.username !== '' || url.password !== '') throw wrongUrl(`The URL of ${url.host} holds a user name`);
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  if (!KNOWN_PATH.test(path) && !INTERFACE_PATH.test(url.pathname)) {
    throw wrongUrl(`${url.origin}${clip(url.pathname)} has a path that no environment has`);
  }
  if (isPortal(url.hostname)) throw wrongUrl(`${url.host} is an administration site, not an environment`);
  return { origin: url.origin, api: `${url.origin}${API_PATH}`, loopback };
}

/** The whole of 127/8, `::1` and names that always mean this machine (RFC 6761). */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/u.test(host)
  );
}

/** A text literal of an OData expression; quotes are doubled (OData 4.0, URL conventions, 5.1.1.6.1). */
export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path with query options, each encoded; the option names keep their `$`. */
export function withOptions(path: string, options: Readonly<Record<string, string>>): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function isPortal(hostname: string): boolean {
  return /(^|\.)(make|admin)\.powerapps\.com$|^admin\.powerplatform\.microsoft\.com$/iu.test(hostname);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function wrongUrl(message: string): ServiceError {
  return new ServiceError(message, { kind: 'unreachable', hint: HINT });
}
