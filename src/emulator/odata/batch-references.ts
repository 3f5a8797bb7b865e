/**
 * `$1` in a change set: the address of a row that an earlier member created. Used at the start of a URL and as the
 * value of @odata.bind and @odata.id; any other text that looks like it is left alone.
 */

import type { BatchRequest } from './parse-batch.ts';

const REFERENCE = /^\/?\$([\w-]+)(?=$|[/?])/;
const LINKS = ['@odata.bind', '@odata.id'];

/** Ids that are referred to without having been declared by an earlier member. */
export function forwardReferences(
  target: string,
  body: string,
  known: ReadonlySet<string>,
): readonly string[] {
  const found: string[] = [];
  const note = (text: string) => {
    const id = REFERENCE.exec(text)?.[1];
    if (id !== undefined && !known.has(id)) found.push(id);
    return text;
  };
  note(target);
  if (body.includes('$')) mapBody(body, note);
  return found;
}

/** The request with the addresses of created rows (Content-ID → URL) in place of its references. */
export function resolveReferences(
  request: BatchRequest,
  base: string,
  locations: ReadonlyMap<string, string>,
): BatchRequest {
  const resolve = (text: string) => replaceReference(text, locations);
  const { href } = request.url;
  const relative = href.startsWith(base) ? href.slice(base.length) : href;
  const { body } = request;
  return {
    ...request,
    url: new URL(resolve(relative), base),
    body: body.includes('$') ? mapBody(body, resolve) : body,
  };
}

function replaceReference(text: string, locations: ReadonlyMap<string, string>): string {
  return text.replace(REFERENCE, (whole, id: string) => locations.get(id) ?? whole);
}

/** Text that is no JSON, or holds no reference, stays as it is to the last character. */
function mapBody(text: string, map: (link: string) => string): string {
  let changed = false;
  const mapAndNote = (link: string) => {
    const mapped = map(link);
    changed ||= mapped !== link;
    return mapped;
  };
  try {
    const value: unknown = JSON.parse(text, (key, inner: unknown) =>
      isLink(key) ? mapLink(inner, mapAndNote) : inner,
    );
    return changed ? JSON.stringify(value) : text;
  } catch (cause) {
    if (cause instanceof SyntaxError) return text;
    throw cause;
  }
}

function isLink(key: string): boolean {
  return LINKS.some((link) => key.endsWith(link));
}

function mapLink(value: unknown, map: (link: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  return Array.isArray(value) ? value.map((item: unknown) => mapLink(item, map)) : value;
}
