/** From the text after `?` to named options. Knows URL encoding and nothing of what an option means. */

import { badRequest } from './errors.ts';

export interface SearchOptions {
  readonly options: ReadonlyMap<string, string>;
  /** Parameter aliases, with their `@`. */
  readonly aliases: ReadonlyMap<string, string>;
}

export function splitSearch(search: string): SearchOptions {
  const options = new Map<string, string>();
  const aliases = new Map<string, string>();
  for (const part of search.replace(/^\?/, '').split('&')) {
    if (part === '') continue;
    const [name, value] = splitOption(part);
    const target = name.startsWith('@') ? aliases : options;
    if (target.has(name)) throw badRequest(`Query option '${name}' was specified more than once.`);
    target.set(name, value);
  }
  return { options, aliases };
}

function splitOption(part: string): readonly [string, string] {
  const equals = part.indexOf('=');
  if (equals < 0) return [decode(part).trim(), ''];
  return [decode(part.slice(0, equals)).trim(), decode(part.slice(equals + 1)).trim()];
}

/** A plus sign is a space in a query string, so a literal one must be sent as %2B (Microsoft Learn, "Filter rows using OData"). */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    if (cause instanceof URIError) throw badRequest(`The URL holds a malformed escape sequence: '${text}'.`);
    throw cause;
  }
}
