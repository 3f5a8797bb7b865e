/**
 * Lets no row be written that is not known to be writable: whoever points the suite at a real environment can rely on
 * it whatever a case does. What is not recognised is not sent, be it harmless.
 */

import type { Json } from '../../src/emulator/test-client.ts';

/** Every name begins with it, so that an administrator knows whose leftovers they are. */
export const NAME_PREFIX = 'mailboxctl contract';
/** The id of no row. */
export const NOBODY = '5b1c7d52-7d0a-4c5e-9a53-3f4b0f8f0a11';

type Fetch = (request: Request) => Promise<Response>;

export interface Guard {
  /** Paths in lower case, such as `mailboxes(id)`. */
  readonly writable: Set<string>;
  readonly fetch: Fetch;
}

export function guardWrites(pass: Fetch, mayWrite: boolean): Guard {
  const writable = new Set<string>();
  return {
    writable,
    async fetch(request) {
      if (request.method === 'GET') return pass(request);
      const { method, url, headers } = request;
      const body = await request.clone().text();
      const path = pathOf(url);
      const type = headers.get('content-type') ?? '';
      const sent = path === '$batch' ? requestsIn(type, body) : [{ method, path, body }];
      if (sent === null) throw notSent({ method, path: 'of a batch that is not understood', body });
      for (const each of sent) {
        if (!isRead(each) && !(mayWrite && isOwn(writable, each))) throw notSent(each);
      }
      return pass(request);
    },
  };
}

interface Sending {
  readonly method: string;
  /** With its query; `null`: outside the Web API. */
  readonly path: string | null;
  readonly body: string;
}

function notSent({ method, path }: Sending): Error {
  return new Error(
    `${method} ${path} is not sent: the row is not the suite's own, or writes are not allowed`,
  );
}

function pathOf(url: string): string | null {
  return /^(?:https?:\/\/[^/?#]+)?\/api\/data\/v9\.2\/(.*)$/su.exec(url)?.[1] ?? null;
}

function isRead({ method, body }: Sending): boolean {
  return method === 'GET' && body === '';
}

const WRITE = /^([a-z]+\([0-9a-f-]{36}\))(\/[a-z]+(?:\/\$ref)?)?(?:\?\$select=[a-z_,]+)?$/u;
/** What may be written below a row, and how. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  '': ['PATCH', 'DELETE'],
  '/name': ['PUT', 'DELETE'],
  '/undeliverablefolder': ['PUT', 'DELETE'],
  '/emailserverprofile/$ref': ['DELETE'],
};

function isOwn(writable: ReadonlySet<string>, { method, path, body }: Sending): boolean {
  const columns = body === '' ? {} : columnsIn(body);
  if (path === null || columns === null || !bindsOwn(writable, columns)) return false;
  if (method === 'POST') {
    const isKnown = path === 'mailboxes' || path === 'emailserverprofiles';
    return isKnown && typeof columns.name === 'string' && columns.name.startsWith(`${NAME_PREFIX} `);
  }
  const [, row = '', below = ''] = WRITE.exec(path) ?? [];
  return writable.has(row) && BELOW[below]?.includes(method) === true;
}

/** Plain values alone; `null`: there is more, or the text may be read in another way, such as a column twice. */
function columnsIn(body: string): Json | null {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (JSON.stringify(value) !== body) return null;
  const isPlain = Object.values(value).every((each) => each === null || typeof each !== 'object');
  return isPlain ? { ...value } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** One lookup is bound: to an own profile, one that the same change set makes, or none that there is. */
function bindsOwn(writable: ReadonlySet<string>, columns: Json): boolean {
  return Object.entries(columns).every(([name, value]) => {
    if (!name.includes('@')) return true;
    const target = String(value).replace(/^\//u, '');
    const isAllowed = writable.has(target) || target === `emailserverprofiles(${NOBODY})`;
    return name === 'emailserverprofile@odata.bind' && (isAllowed || /^\$\d$/u.test(target));
  });
}

/** `null`: not every byte is accounted for. A batch in JSON is known only without requests. */
function requestsIn(type: string, text: string): readonly Sending[] | null {
  if (type === 'application/json') return text === '{"requests":[]}' ? [] : null;
  const unified = text.replaceAll('\r\n', '\n');
  return unified.includes('\r') ? null : partsIn(type, unified);
}

function partsIn(type: string, text: string): readonly Sending[] | null {
  const boundary = /^multipart\/mixed; ?boundary="?([\w-]+)"?$/u.exec(type)?.[1];
  if (boundary === undefined) return null;
  const [before, ...parts] = `\n${text}`.split(`\n--${boundary}`);
  const after = parts.pop();
  if (before !== '' || after?.trim() !== '--' || parts.length === 0) return null;
  const sent: Sending[] = [];
  for (const part of parts) {
    const found = partIn(part);
    if (found === null) return null;
    sent.push(...found);
  }
  return sent;
}

const FIELDS = '((?:[\\w-]+: ?[^\\n]*\\n)*)\\n';
const PART = new RegExp(`^\\n${FIELDS}(.*)$`, 'su');
/** A body is one line, as JSON without spaces is. */
const REQUEST = new RegExp(`^([A-Z]+) (\\S+) HTTP/1\\.1\\n${FIELDS}([^\\n]*)\\n*$`, 'u');

function partIn(part: string): readonly Sending[] | null {
  const [, fields = '', content = ''] = PART.exec(part) ?? [];
  const [type, ...more] = [...fields.matchAll(/^content-type: ?(.*)$/gimu)].map(([, value]) => value);
  if (type === undefined || more.length > 0) return null;
  if (type !== 'application/http') return partsIn(type, content);
  const [, method, url = '', , body = ''] = REQUEST.exec(content) ?? [];
  return method === undefined ? null : [{ method, path: pathOf(url), body }];
}
