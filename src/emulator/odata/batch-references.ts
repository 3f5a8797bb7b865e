/**
 * `$1` in a change set: the address of a row that an earlier member created. Used at the start of a URL and as the
 * value of @odata.bind and @odata.id; any other text that looks like it is left alone.
 */

const REFERENCE = /^\/?\$([\w-]+)(?=$|[/?])/;
const LINKS = ['@odata.bind', '@odata.id'];

/** Ids that are referred to without having been declared by an earlier member. */
export function forwardReferences(
  target: string,
  body: string | null,
  known: ReadonlySet<string>,
): readonly string[] {
  const found: string[] = [];
  const note = (text: string) => {
    const id = REFERENCE.exec(text)?.[1];
    if (id !== undefined && !known.has(id)) found.push(id);
    return text;
  };
  note(target);
  if (body !== null) mapBody(body, note);
  return found;
}

/** The request with the addresses of created rows (Content-ID → URL) in place of its references. */
export async function resolveReferences(
  request: Request,
  base: string,
  locations: ReadonlyMap<string, string>,
): Promise<Request> {
  const resolve = (text: string) => replaceReference(text, locations);
  const relative = request.url.startsWith(base) ? request.url.slice(base.length) : request.url;
  const target = new URL(resolve(relative), base);
  const { method, headers } = request;
  const text = await request.text();
  return new Request(target, { method, headers, body: text === '' ? null : mapBody(text, resolve) });
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
