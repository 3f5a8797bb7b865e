/** The lists that a plan reads, as its own requests name them, for those who read alike. */

import { logOf, type Service } from './service.ts';

export interface List {
  readonly collection: string;
  readonly select: readonly string[];
  readonly filter: string | null;
}

export interface Reading {
  readonly lists: readonly List[];
  readonly requests: number;
  /** Of the requests, those for pages of mailboxes and their owners. */
  readonly pages: number;
}

const LIST = /^(mailboxes|systemusers|queues)\?\$select=([^&]+)(?:&\$filter=([^&]+))?(?:&|$)/u;

/** What the service was asked since its log was longer by `since`. */
export async function readingOf(service: Service, since: number): Promise<Reading> {
  const log = (await logOf(service)).slice(since);
  const pages = log.filter(({ method, path }) => method === 'GET' && LIST.test(path));
  const firsts = pages.filter(({ path }) => !path.includes('$skiptoken'));
  return {
    lists: firsts.map(({ path }) => listOf(path)),
    requests: log.length,
    pages: pages.length,
  };
}

function listOf(path: string): List {
  const [, collection = '', select = '', filter] = LIST.exec(path) ?? [];
  return { collection, select: select.split(','), filter: filter ?? null };
}

export function queryOf({ collection, select, filter }: List): string {
  const condition = filter === null ? '' : `&$filter=${encodeURIComponent(filter)}`;
  return `${collection}?$select=${select.join(',')}${condition}`;
}
