/**
 * $skiptoken: the position after a page, by key. Looks like the service's cookie, which is encoded twice, so that a
 * client that decodes, re-encodes or rebuilds a next link instead of following it fails here as it would there.
 */

import { badRequest } from './errors.ts';
import type { Key, SkipToken } from './query.ts';

const COOKIE = /^<cookie pagenumber="\d+" pagingcookie="([^"]*)" istracking="(?:True|False)" \/>$/;

/** The token as it stands in a URL. */
export function formatSkipToken(token: SkipToken): string {
  const { page, keys, id, remaining, tracking } = token;
  const isTracking = tracking !== undefined;
  const values = [page, keys, id, remaining, ...(isTracking ? [tracking] : [])];
  const position = encodeURIComponent(JSON.stringify(values));
  const cookie = `<cookie pagenumber="${page}" pagingcookie="${position}" istracking="${isTracking ? 'True' : 'False'}" />`;
  return encodeURIComponent(cookie).replaceAll('%3D', '=').replaceAll('%2F', '/');
}

/** Reads the decoded value of the option. */
export function parseSkipToken(text: string): SkipToken {
  const position = COOKIE.exec(text)?.[1];
  const token = position === undefined ? null : readPosition(position);
  if (token === null) throw badRequest('Malformed XML in the Paging Cookie');
  return token;
}

/** The address of the next page: the request's own, with the token in place of an earlier one. */
export function formatNextLink(url: string, token: SkipToken): string {
  const question = url.indexOf('?');
  const address = question < 0 ? url : url.slice(0, question);
  const search = question < 0 ? '' : url.slice(question + 1);
  const kept = search.split('&').filter((part) => part !== '' && !/^(\$|%24)skiptoken=/i.test(part));
  return `${address}?${[...kept, `$skiptoken=${formatSkipToken(token)}`].join('&')}`;
}

function readPosition(text: string): SkipToken | null {
  try {
    return asToken(JSON.parse(decodeURIComponent(text)));
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof URIError) return null;
    throw cause;
  }
}

function asToken(value: unknown): SkipToken | null {
  if (!Array.isArray(value)) return null;
  const [page, keys, id, remaining, tracking]: unknown[] = value;
  if (typeof page !== 'number' || !Array.isArray(keys) || typeof id !== 'string') return null;
  if (remaining !== null && typeof remaining !== 'number') return null;
  if (!keys.every(isKey) || (tracking !== undefined && typeof tracking !== 'number')) return null;
  return { page, keys, id, remaining, ...(tracking === undefined ? {} : { tracking }) };
}

function isKey(value: unknown): value is Key {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}
