/** Runs the corpus: every query of corpus/queries against the fixed world, every batch of corpus/batches.yaml. */

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { idOf, loadWorld, readData, shortOf } from './corpus/world.ts';
import { ODataError } from './errors.ts';
import { type ParseOptions, parseQuery } from './parse-query.ts';
import type { JsonRow } from './render-row.ts';
import { type Page, type RunOptions, runQuery } from './run-query.ts';
import { formatNextLink } from './skip-token.ts';

interface QueryCase {
  readonly name: string;
  readonly table?: string;
  readonly query: string;
  readonly options?: ParseOptions & Partial<RunOptions>;
  readonly ids?: readonly string[];
  readonly pages?: readonly (readonly string[])[];
  readonly rows?: readonly JsonRow[];
  readonly count?: number;
  readonly error?: { readonly status: number; readonly message: string };
}

/** More than the world has rows: a paging mistake must fail, not run for ever. */
const MAX_PAGES = 20;

const world = loadWorld();
const origin = 'https://contoso.crm.dynamics.com/api/data/v9.2/';
const caller = { userId: idOf('u2'), businessUnitId: idOf('b2') };

function withIds<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replace(/@@([a-z]\d)/g, (_, short: string) => idOf(short)));
}

function tableOf(name: string) {
  const table = world.table(name);
  if (table === undefined) throw new Error(`The corpus has no table '${name}'.`);
  return table;
}

function runPage(search: string, { table: name = 'mailbox', options = {} }: QueryCase): Page {
  const table = tableOf(name);
  const { inOnGuid, expandRegarding, single, ...run } = options;
  const parse = {
    ...(inOnGuid && { inOnGuid }),
    ...(expandRegarding && { expandRegarding }),
    ...(single && { single }),
  };
  const query = parseQuery(search, table, world, parse);
  return runQuery(query, world.rows(name), table, world, {
    maxPageSize: 5000,
    annotations: 'none',
    origin,
    caller,
    now: Date.UTC(2024, 5, 1, 12),
    ...run,
  });
}

/** Follows the next links as they are, as a client does. */
function runPages(given: QueryCase): readonly Page[] {
  const first = runPage(given.query, given);
  const pages = [first];
  let url = `${origin}rows?${given.query}`;
  for (let page = first; page.next !== undefined; pages.push(page)) {
    if (pages.length >= MAX_PAGES) throw new Error(`The query does not end: ${given.query}`);
    url = new URL(formatNextLink(url, page.next)).href;
    page = runPage(url.slice(url.indexOf('?')), given);
  }
  return pages;
}

function idsOf(page: Page, given: QueryCase): readonly string[] {
  const { primaryId } = tableOf(given.table ?? 'mailbox');
  return page.value.map((row) => shortOf(String(row[primaryId])));
}

function expectError(run: () => unknown, error: NonNullable<QueryCase['error']>): void {
  let caught: unknown;
  try {
    run();
  } catch (thrown) {
    caught = thrown;
  }
  if (!(caught instanceof ODataError)) throw caught ?? new Error('No error was thrown.');
  expect({ status: caught.status, code: caught.code, message: caught.message }).toEqual({
    ...error,
    code: '0x80060888',
  });
}

const files = readdirSync(new URL('corpus/queries/', import.meta.url)).sort();

describe.each(files)('%s', (file) => {
  const cases = withIds(readData<readonly QueryCase[]>(`queries/${file}`));

  it.each(cases.filter(({ error }) => error !== undefined))('refuses $name', (given) => {
    if (given.error !== undefined) expectError(() => runPages(given), given.error);
  });

  it.each(cases.filter(({ error }) => error === undefined))('$name', (given) => {
    const pages = runPages(given);
    const expected = given.pages ?? (given.ids === undefined ? undefined : [given.ids]);
    if (expected !== undefined) expect(pages.map((page) => idsOf(page, given))).toEqual(expected);
    if (given.rows !== undefined) expect(pages.map(({ value }) => value)).toEqual([given.rows]);
    if (given.rows !== undefined)
      expect(pages[0]?.value.map((row) => Object.keys(row))).toEqual(
        given.rows.map((row) => Object.keys(row)),
      );
    expect(pages.map(({ count }) => count)).toEqual(pages.map(() => given.count));
    expect([expected, given.rows].filter((value) => value !== undefined)).toHaveLength(1);
  });
});
