/**
 * Every feature of documented/requests.yaml, in process and over HTTP: it answers, with the status that stands there
 * and the answer in documented/answers – and never that something is not implemented.
 */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { createEmulator } from './emulator.ts';
import { type Served, serveEmulator } from './serve-emulator.ts';
import { testOrganization } from './test-client.ts';

interface Step {
  readonly request?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly raw?: string;
  readonly batch?: string;
  readonly boundary?: string;
  readonly eol?: 'lf';
  readonly status: number;
  /** The links of the answer before stay those of the one before that. */
  readonly keep?: boolean;
}

interface Case extends Step {
  readonly says: string;
  readonly then?: readonly Step[];
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Send = (path: string, init: RequestInit) => Promise<Response>;

const documented: Readonly<Record<string, readonly Case[]>> = parse(
  readFileSync(new URL('documented/requests.yaml', import.meta.url), 'utf8'),
);
const shownHeaders = [
  'allow',
  'content-type',
  'etag',
  'location',
  'odata-entityid',
  'odata-version',
  'preference-applied',
];

/** Names for the ids that requests need; the same organization always has the same ids. */
async function readIds(send: Send): Promise<ReadonlyMap<string, string>> {
  const found = new Map([['long', 'x'.repeat(40_000)]]);
  const first = async (name: string, path: string, column: string): Promise<void> => {
    const { value } = (await (await send(path, {})).json()) as { value: Record<string, unknown>[] };
    found.set(name, String(value[0]?.[column]));
  };
  await first('alice', "systemusers?$filter=domainname eq 'alice@contoso.com'", 'systemuserid');
  await first('aliceMailbox', "mailboxes?$filter=name eq 'Alice Berg'", 'mailboxid');
  await first('inbound', "mailboxes?$filter=name eq 'Inbound'", 'mailboxid');
  await first('support', "queues?$filter=name eq 'Support'", 'queueid');
  await first(
    'profile',
    "emailserverprofiles?$filter=name eq 'Microsoft Exchange Online'",
    'emailserverprofileid',
  );
  await first('role', "roles?$filter=name eq 'System Administrator'", 'roleid');
  await first('unit', 'businessunits?$filter=parentbusinessunitid/businessunitid eq null', 'businessunitid');
  await first('sales', "businessunits?$filter=name eq 'Sales'", 'businessunitid');
  await first('organization', 'organizations', 'organizationid');
  await first('mailboxDefinition', "EntityDefinitions?$filter=LogicalName eq 'mailbox'", 'MetadataId');
  const who = (await (await send('WhoAmI', {})).json()) as { UserId: string };
  found.set('caller', who.UserId);
  return found;
}

function fill(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => names.get(name) ?? whole);
}

async function run(given: Case, { send, origin }: Place): Promise<readonly Answer[]> {
  const names = new Map([...ids, ['origin', origin]]);
  const answers: Answer[] = [];
  for (const step of [given, ...(given.then ?? [])]) {
    const response = await send(...requestOf(step, names, origin));
    const text = await response.text();
    answers.push(readAnswer(response, text, origin));
    if (step.keep !== true) noteLinks(names, response, text, origin);
  }
  return answers;
}

function requestOf(
  step: Step,
  names: ReadonlyMap<string, string>,
  origin: string,
): readonly [string, RequestInit] {
  const headers = Object.entries(step.headers ?? {}).map(([name, value]) => [name, fill(value, names)]);
  if (step.batch !== undefined) {
    const lines = fill(step.batch, names).trimEnd().split('\n');
    const body = `${lines.join(step.eol === 'lf' ? '\n' : '\r\n')}${step.eol === 'lf' ? '\n\n' : '\r\n'}`;
    const type = `multipart/mixed; boundary=${step.boundary ?? 'b'}`;
    return [
      '$batch',
      { method: 'POST', headers: { ...Object.fromEntries(headers), 'Content-Type': type }, body },
    ];
  }
  const [method = 'GET', ...rest] = fill(step.request ?? '', names).split(' ');
  const path = rest.join(' ').replace(origin, '');
  const body = step.raw ?? (step.body === undefined ? undefined : fill(JSON.stringify(step.body), names));
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const all = { ...type, ...Object.fromEntries(headers) };
  return [path, { method, headers: all, ...(body === undefined ? {} : { body }) }];
}

function noteLinks(names: Map<string, string>, response: Response, text: string, origin: string): void {
  const link = (name: string) => new RegExp(`@odata.${name}":"([^"]*)"`).exec(text)?.[1];
  const note = (name: string, value: string | null | undefined) => {
    if (value !== null && value !== undefined) names.set(name, value.replace(origin, ''));
  };
  note('next', link('nextLink'));
  note('delta', link('deltaLink'));
  note('deltatoken', link('deltaLink')?.replace(/^.*(?=\$deltatoken)/, ''));
  note('etag', response.headers.get('etag'));
  note('made', response.headers.get('odata-entityid'));
}

/** Ids become the names they have in the requests, what is random becomes "…". */
function readAnswer(response: Response, text: string, origin: string): Answer {
  const tame = (part: string): string => {
    const named = [...ids].reduce((all, [name, id]) => all.replaceAll(id, `{${name}}`), part);
    return named
      .replaceAll(origin, '{origin}')
      .replace(/((?:batch|changeset)response)_[0-9a-f-]{36}/g, '$1_…')
      .replace(/REQ_ID: [0-9a-f-]{36}/g, 'REQ_ID: …')
      .replace(new URL(origin).origin, '{host}');
  };
  const headers = shownHeaders.flatMap((name) => {
    const value = response.headers.get(name);
    const isUsual = value === null || value.startsWith('application/json; odata') || value === '4.0';
    return isUsual ? [] : [[name, tame(value)]];
  });
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body =
    text === '' ? {} : { body: isJson ? JSON.parse(tame(text)) : tame(text).replaceAll('\r\n', '\n') };
  return { status: response.status, headers: Object.fromEntries(headers), ...body };
}

interface Place {
  readonly send: Send;
  readonly origin: string;
}

function inProcess(): Place {
  const emulator = createEmulator({ organization: testOrganization });
  const send: Send = (path, init) => emulator.fetch(new Request(emulator.baseUrl + path, init));
  return { send, origin: emulator.baseUrl };
}

let ids: ReadonlyMap<string, string> = new Map();
beforeAll(async () => {
  ids = await readIds(inProcess().send);
});

function overHttp(served: Served): Place {
  const origin = `${served.url}/api/data/v9.2/`;
  return { send: (path, init) => fetch(origin + path, init), origin };
}

describe.each(Object.keys(documented))('%s', (section) => {
  const cases = documented[section] ?? [];
  const answered = new Map<string, readonly Answer[]>();
  let served: Served;
  beforeAll(async () => {
    const emulator = createEmulator({ organization: testOrganization });
    served = await serveEmulator(emulator, { port: 0, clockSpeed: 0 });
  });
  afterAll(() => served.close());

  it.each(cases)('$says', async (given) => {
    const answers = await run(given, inProcess());
    answered.set(given.says, answers);
    const wanted = [given, ...(given.then ?? [])].map(({ status }) => status);
    expect(answers.map(({ status }) => status)).toEqual(wanted);
    await fetch(`${served.url}/_emulator/reset`, { method: 'POST' });
    expect(await run(given, overHttp(served))).toEqual(answers);
  });

  it('answers as it did when its answers were read last', async () => {
    const text = stringify(Object.fromEntries(answered), { lineWidth: 0, aliasDuplicateObjects: false });
    await expect(text).toMatchFileSnapshot(`documented/answers/${section}.yaml`);
  });
});

it('has a name for each case', () => {
  for (const cases of Object.values(documented)) {
    const names = cases.map(({ says }) => says);
    expect(new Set(names).size).toBe(names.length);
  }
});

it('promises nothing that is not implemented', () => {
  const statuses = Object.values(documented)
    .flat()
    .flatMap((given) => [given, ...(given.then ?? [])].map(({ status }) => status));
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});
