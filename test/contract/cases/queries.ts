/** Filters, order, counts and pages. */

import { expect } from 'vitest';
import type { Client, Json } from '../../../src/emulator/test-client.ts';
import { casesOf } from '../contract-case.ts';
import { NotTried, rowsOf, type Subject, someRow } from '../subject.ts';

const PEOPLE = 'applicationid eq null and isdisabled eq false';

async function somebody({ client }: Subject): Promise<{ readonly name: string; readonly id: unknown }> {
  const path = `systemusers?$select=domainname&$filter=${PEOPLE} and contains(domainname,'@')&$top=1`;
  const row = await someRow(client, path, 'a person with a sign-in name');
  return { name: String(row.domainname), id: row.systemuserid };
}

async function idsWhere(subject: Subject, filter: string): Promise<readonly unknown[]> {
  const path = `systemusers?$select=systemuserid&$filter=${encodeURIComponent(filter)}`;
  return (await rowsOf(subject.client, path)).map((row) => row.systemuserid);
}

/** Of letters alone: how signs sort is an affair of the database. */
async function privilegeNames(client: Client, order: string): Promise<readonly string[]> {
  const rows = await rowsOf(client, `privileges?$select=name${order}`);
  const names = rows.map(({ name }) => String(name)).filter((name) => /^[A-Za-z]+$/u.test(name));
  if (names.length === 0) throw new NotTried('privileges are not here');
  return names;
}

function byLetters(one: string, other: string): number {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join();
}

/** Follows at most two links: real environments are large. */
async function threePages({ client }: Subject, path: string, size: number): Promise<readonly Json[][]> {
  const pages: Json[][] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < 3; ) {
    const prefer = { prefer: `odata.maxpagesize=${size}` };
    const { body, headers }: Awaited<ReturnType<typeof client.call>> = await client.call(
      'GET',
      next,
      undefined,
      prefer,
    );
    expect(headers.get('preference-applied')).toBe(`odata.maxpagesize=${size}`);
    pages.push([...(body.value ?? [])]);
    next = body['@odata.nextLink']?.split('/api/data/v9.2/')[1];
  }
  return pages;
}

const reading = casesOf('queries', [], {
  'text compares without case': async (subject) => {
    const { name, id } = await somebody(subject);
    for (const spelled of [name.toUpperCase(), name.toLowerCase()]) {
      expect(await idsWhere(subject, `domainname eq '${spelled}'`)).toEqual([id]);
    }
  },

  'startswith takes % as a wildcard': async (subject) => {
    const { name, id } = await somebody(subject);
    const domain = name.slice(name.indexOf('@'));
    expect(await idsWhere(subject, `startswith(domainname,'${name.slice(0, 1)}%${domain}')`)).toContain(id);
  },

  'a quote within a text is doubled': async (subject) => {
    const { id } = await somebody(subject);
    const quoted = "domainname eq 'o''brien@mailboxctl-contract.invalid'";
    expect(await idsWhere(subject, `${quoted} or systemuserid eq ${id}`)).toEqual([id]);
  },

  'ne null keeps rows that have a value': async ({ client }) => {
    const path = 'mailboxes?$select=_regardingobjectid_value&$top=50&$filter=_regardingobjectid_value';
    const owned = await rowsOf(client, `${path} ne null`);
    if (owned.length === 0) throw new NotTried('a mailbox of somebody is not here');
    expect(owned.filter((row) => row._regardingobjectid_value === null)).toEqual([]);
    const others = await rowsOf(client, `${path} eq null`);
    expect(others.filter((row) => row._regardingobjectid_value !== null)).toEqual([]);
  },

  'names joined by or find each of them': async (subject) => {
    const { name, id } = await somebody(subject);
    const filter = ['nobody@mailboxctl-contract.invalid', name].map((each) => `domainname eq '${each}'`);
    expect(await idsWhere(subject, filter.join(' or '))).toEqual([id]);
  },

  'an id needs no quotes': async (subject) => {
    const { id } = await somebody(subject);
    expect(await idsWhere(subject, `systemuserid eq ${id}`)).toEqual([id]);
  },

  '$orderby sorts without case': async ({ client }) => {
    const names = await privilegeNames(client, '&$orderby=name');
    if (same(names, [...names].sort()))
      throw new NotTried('names that sort otherwise with case are not here');
    expect(names).toEqual([...names].sort(byLetters));
  },

  '$orderby with desc sorts the other way': async ({ client }) => {
    const names = await privilegeNames(client, '&$orderby=name desc');
    if (new Set(names).size < 2) throw new NotTried('two privileges are not here');
    expect(names).toEqual([...names].sort(byLetters).reverse());
  },

  '$top cuts': async ({ client }) => {
    const path = 'systemusers?$select=fullname';
    const { body } = await client.call('GET', path, undefined, { prefer: 'odata.maxpagesize=3' });
    if ((body.value ?? []).length < 3) throw new NotTried('three users are not here');
    expect((await rowsOf(client, `${path}&$top=2`)).length).toBe(2);
  },

  '$top takes the first in order': async ({ client }) => {
    const path = 'systemusers?$select=createdon&$orderby=createdon desc,systemuserid';
    const { body } = await client.call('GET', path, undefined, { prefer: 'odata.maxpagesize=3' });
    if ((body.value ?? []).length < 3) throw new NotTried('three users are not here');
    expect(await rowsOf(client, `${path}&$top=2`)).toEqual(body.value?.slice(0, 2));
  },

  '$count counts what the filter lets through': async (subject) => {
    const { name } = await somebody(subject);
    const filter = `$filter=${encodeURIComponent(`domainname eq '${name}'`)}`;
    const { body } = await subject.client.get(`systemusers?$select=domainname&$count=true&${filter}`);
    const { text } = await subject.client.get(`systemusers/$count?${filter}`);
    expect([body['@odata.count'], text.replace(/^\uFEFF/u, '')]).toEqual([1, '1']);
  },

  'pages are as small as asked for, follow each other and repeat nothing': async (subject) => {
    const pages = await threePages(subject, 'mailboxes?$select=name', 2);
    if (pages.length < 2) throw new NotTried('the environment has fewer than three mailboxes');
    expect(pages.slice(0, -1).map((page) => page.length)).toEqual(pages.slice(0, -1).map(() => 2));
    const ids = pages.flat().map((row) => row.mailboxid);
    expect(new Set(ids).size).toBe(ids.length);
  },

  'the last page has no link': async ({ client }) => {
    const { body } = await client.get('organizations?$select=name');
    expect([body.value?.length, body['@odata.nextLink']]).toEqual([1, undefined]);
  },

  'a filter may reach the row of a lookup': async ({ client }) => {
    const path = 'mailboxes?$select=_emailserverprofile_value&$filter=';
    const row = await someRow(
      client,
      `${path}_emailserverprofile_value ne null&$top=1`,
      'a mailbox with a profile',
    );
    const { name } = (await client.get(`emailserverprofiles(${row._emailserverprofile_value})?$select=name`))
      .body;
    const where = async (value: string): Promise<readonly unknown[]> => {
      const literal = encodeURIComponent(value.replaceAll("'", "''"));
      const filter = `emailserverprofile/name eq '${literal}' and mailboxid eq ${row.mailboxid}`;
      return (await rowsOf(client, `${path}${filter}`)).map(({ mailboxid }) => mailboxid);
    };
    expect([await where(String(name)), await where('mailboxctl contract nobody')]).toEqual([
      [row.mailboxid],
      [],
    ]);
  },

  'in a filter the columns of a row that is not there are null': async ({ client }) => {
    const path = 'mailboxes?$select=name&$filter=';
    const nobody = 'a mailbox of nobody';
    const { mailboxid } = await someRow(client, `${path}_regardingobjectid_value eq null&$top=1`, nobody);
    const owner = 'regardingobjectid/systemuserid eq null and regardingobjectid_queue/queueid eq null';
    const rows = await rowsOf(client, `${path}${owner} and mailboxid eq ${mailboxid}`);
    expect(rows.map((row) => row.mailboxid)).toEqual([mailboxid]);
  },
});

export const QUERY_CASES = reading;
