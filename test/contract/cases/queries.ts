/** Filters, order, counts and pages. */

import { expect } from 'vitest';
import type { Json } from '../../../src/emulator/test-client.ts';
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
    expect(await idsWhere(subject, "domainname eq 'o''brien@mailboxctl-contract.invalid'")).toEqual([]);
  },

  'ne null keeps rows that have a value': async ({ client }) => {
    const filter = '_regardingobjectid_value ne null';
    const rows = await rowsOf(client, `mailboxes?$select=_regardingobjectid_value&$filter=${filter}&$top=50`);
    expect(rows.filter((row) => row._regardingobjectid_value === null)).toEqual([]);
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

  '$orderby sorts without case and $top cuts': async ({ client }) => {
    const rows = await rowsOf(client, 'emailserverprofiles?$select=createdon&$orderby=createdon desc&$top=2');
    const times = rows.map((row) => String(row.createdon));
    expect(times).toEqual([...times].sort().reverse());
    expect(times.length).toBeLessThanOrEqual(2);
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
    const path = "mailboxes?$select=name&$filter=emailserverprofile/name eq 'mailboxctl contract nobody'";
    expect(await rowsOf(client, path)).toEqual([]);
  },
});

export const QUERY_CASES = reading;
