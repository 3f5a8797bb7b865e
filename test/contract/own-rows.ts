/**
 * The rows that a run makes for itself, and the guard that lets no other row be written: whoever points the suite at a
 * real environment can rely on it whatever a case does. Everything made is deleted at the end.
 */

import { randomUUID } from 'node:crypto';
import type { Client, Json } from '../../src/emulator/test-client.ts';

/** Every name begins with it, so that an administrator knows whose leftovers they are. */
export const NAME_PREFIX = 'mailboxctl contract';
/** No mail server answers for it (RFC 2606). */
const DOMAIN = 'mailboxctl-contract.invalid';

export type Kind = 'mailboxes' | 'emailserverprofiles';

export interface OwnRows {
  /** Unique in the environment. */
  name(): string;
  /** What a new row is made of; no method, so that it never moves mail. */
  columns(kind: Kind): Json;
  /** Makes a row; its path, such as `mailboxes(id)`. */
  make(kind: Kind, columns?: Json): Promise<string>;
  /** The path of a row that does not exist yet and may be made. */
  reserve(kind: Kind): string;
  /** From now on this path may be written and is deleted at the end; for rows that were made in a batch. */
  adopt(path: string): void;
  /** A row that somebody named: it may be written, and is never deleted. */
  lend(path: string): void;
  /** Deletes everything; the paths of rows that are still there. */
  clear(): Promise<readonly string[]>;
}

type Fetch = (request: Request) => Promise<Response>;

export interface Guard {
  readonly writable: Set<string>;
  readonly fetch: Fetch;
}

/** Sends no write of a row that is not known to be writable, and creates only what carries the prefix. */
export function guardWrites(pass: Fetch, mayWrite: boolean): Guard {
  const writable = new Set<string>();
  return {
    writable,
    async fetch(request) {
      if (request.method === 'GET') return pass(request);
      const path = pathOf(request.url);
      const body = await request.clone().text();
      const writes = path === '$batch' ? writesIn(body) : [{ method: request.method, path, body }];
      for (const write of writes) {
        if (!mayWrite || !isOwn(writable, write)) throw notSent(write);
      }
      return pass(request);
    },
  };
}

interface Write {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

function isOwn(writable: ReadonlySet<string>, { method, path, body }: Write): boolean {
  const isCreation = method === 'POST' && /^(mailboxes|emailserverprofiles)$/u.test(path);
  if (isCreation) return body.includes(`"name":"${NAME_PREFIX} `);
  const row = /^[a-z]+\([0-9a-f-]{36}\)/u.exec(path.toLowerCase())?.[0];
  return row !== undefined && writable.has(row);
}

function notSent({ method, path }: Write): Error {
  return new Error(
    `${method} ${path} is not sent: the row is not the suite's own, or writes are not allowed`,
  );
}

/** A body belongs to the request line above it. */
function writesIn(text: string): readonly Write[] {
  const requests = text.split(/^(?=(?:GET|POST|PUT|PATCH|DELETE) \S+ HTTP\/1\.1\s*$)/mu).slice(1);
  return requests
    .map((body) => {
      const [, method = '', url = ''] = /^(\S+) (\S+)/u.exec(body) ?? [];
      return { method, path: pathOf(url), body };
    })
    .filter(({ method }) => method !== 'GET');
}

function pathOf(url: string): string {
  return url.replace(/^.*\/api\/data\/v9\.\d\//u, '').replace(/[?#].*$/su, '');
}

export function createOwnRows(client: Client, writable: Set<string>): OwnRows {
  const run = randomUUID().slice(0, 8);
  const made: string[] = [];
  let count = 0;

  const name = (): string => {
    count += 1;
    return `${NAME_PREFIX} ${run} ${count}`;
  };
  const columns = (kind: Kind): Json => {
    const named = { name: name() };
    if (kind === 'emailserverprofiles') return { ...named, ...PROFILE };
    return { ...named, emailaddress: `${run}-${count}@${DOMAIN}`, ...MAILBOX };
  };
  const lend = (path: string): void => {
    writable.add(path.toLowerCase());
  };
  const adopt = (path: string): void => {
    lend(path);
    made.push(path);
  };

  return {
    name,
    columns,
    lend,
    adopt,
    reserve(kind) {
      const path = `${kind}(${randomUUID()})`;
      adopt(path);
      return path;
    },
    async make(kind, more = {}) {
      const answer = await client.call('POST', kind, { ...columns(kind), ...more });
      const path = answer.headers.get('odata-entityid')?.split('/').at(-1);
      if (answer.status !== 204 || path === undefined) {
        throw new Error(`POST ${kind} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
      }
      adopt(path);
      return path;
    },
    async clear() {
      const left: string[] = [];
      for (const path of made.splice(0).reverse()) {
        const { status } = await client.call('DELETE', path);
        if (status !== 204 && status !== 404) left.push(path);
      }
      return left;
    },
  };
}

/** No direction has a method: none (0 and 2 mean that in different columns). */
const MAILBOX: Json = {
  incomingemaildeliverymethod: 0,
  outgoingemaildeliverymethod: 0,
  actdeliverymethod: 2,
};

/** POP3 and SMTP at names that do not resolve. */
const PROFILE: Json = {
  servertype: 1,
  incomingcredentialretrieval: 0,
  outgoingcredentialretrieval: 0,
  incomingserverlocation: `pop3.${DOMAIN}`,
  outgoingserverlocation: `smtp.${DOMAIN}`,
  incomingportnumber: 995,
  outgoingportnumber: 587,
};
