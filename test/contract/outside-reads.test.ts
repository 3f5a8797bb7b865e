/**
 * What the client that is not ours reads wherever it is: on the embedded Dataverse, and on the real environment that
 * MAILBOXCTL_CONTRACT_URL names (see cases.test.ts). Nothing here writes, and nothing knows what an environment holds.
 */

import { DynamicsWebApi } from 'dynamics-web-api';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { type Served, serveEmulator } from '../../src/emulator/serve-emulator.ts';
import { ORGANIZATION } from './emulated.ts';
import { openReal } from './real.ts';
import { NotTried } from './subject.ts';
import { NOBODY } from './write-guard.ts';

type Row = Readonly<Record<string, unknown>>;
type Run = (api: DynamicsWebApi) => Promise<void>;

const GUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u);

async function caller(api: DynamicsWebApi): Promise<string> {
  const { UserId } = await api.callFunction<{ UserId: string }>('WhoAmI');
  return UserId;
}

async function mailboxWithProfile(api: DynamicsWebApi): Promise<string> {
  const filter = '_emailserverprofile_value ne null';
  const request = { collection: 'mailboxes', select: ['name'], filter, top: 1 };
  const [row] = (await api.retrieveMultiple<Row>(request)).value;
  if (row === undefined) throw new NotTried('a mailbox with a profile is not here');
  return String(row.mailboxid);
}

const CASES: Readonly<Record<string, Run>> = {
  'knows the caller': async (api) => {
    const who = await api.callFunction('WhoAmI');
    expect(who).toMatchObject({ BusinessUnitId: GUID, OrganizationId: GUID, UserId: GUID });
  },

  'filters and counts': async (api) => {
    const id = await caller(api);
    const request = { collection: 'systemusers', select: ['fullname'], filter: `systemuserid eq ${id}` };
    const found = await api.retrieveMultiple<Row>({ ...request, count: true });
    expect([found.value.map(({ systemuserid }) => systemuserid), found.oDataCount]).toEqual([[id], 1]);
    expect(await api.count({ collection: 'systemusers', filter: request.filter })).toBe(1);
  },

  'finds ids by In': async (api) => {
    const id = await caller(api);
    const filter = `Microsoft.Dynamics.CRM.In(PropertyName='systemuserid',PropertyValues=['${NOBODY}','${id}'])`;
    const found = await api.retrieveMultiple<Row>({
      collection: 'systemusers',
      select: ['fullname'],
      filter,
    });
    expect(found.value.map(({ systemuserid }) => systemuserid)).toEqual([id]);
  },

  'pages by links': async (api) => {
    const request = { collection: 'systemusers', select: ['fullname'], maxPageSize: 2 };
    const first = await api.retrieveMultiple<Row>(request);
    if (first.oDataNextLink === undefined) throw new NotTried('three users are not here');
    const second = await api.retrieveMultiple<Row>(request, first.oDataNextLink);
    const ids = [...first.value, ...second.value].map(({ systemuserid }) => systemuserid);
    expect([first.value.length, new Set(ids).size]).toEqual([2, ids.length]);
    expect(ids.length).toBeGreaterThan(2);
  },

  'expands and labels a lookup': async (api) => {
    const key = await mailboxWithProfile(api);
    const row = await api.retrieve<Row>({
      collection: 'mailboxes',
      key,
      select: ['statecode', '_emailserverprofile_value'],
      expand: [{ property: 'emailserverprofile', select: ['name'] }],
      includeAnnotations: '*',
    });
    expect(row).toMatchObject({
      statecode_Formatted: expect.stringMatching(/\S/u),
      _emailserverprofile_value_LogicalName: 'emailserverprofile',
      emailserverprofile: {
        emailserverprofileid: row._emailserverprofile_value,
        name: row._emailserverprofile_value_Formatted,
      },
    });
  },

  'describes a table by name and by id': async (api) => {
    const select = ['LogicalName', 'EntitySetName', 'MetadataId'];
    const named = await api.retrieveEntity<Row>({ key: "LogicalName='mailbox'", select });
    expect(named).toMatchObject({ LogicalName: 'mailbox', EntitySetName: 'mailboxes' });
    expect(await api.retrieveEntity<Row>({ key: String(named.MetadataId), select })).toEqual(named);
  },

  'describes a column and its options': async (api) => {
    const { OptionSet } = await api.retrieveAttribute<{ OptionSet: { Options: readonly Row[] } }>({
      entityKey: "LogicalName='mailbox'",
      attributeKey: "LogicalName='actdeliverymethod'",
      castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet', select: ['Options'] }],
    });
    expect(OptionSet.Options.map(({ Value }) => Value)).toEqual([0, 1, 2]);
  },

  'reads in a batch, behind a failure as well': async (api) => {
    const key = await caller(api);
    const one = { collection: 'systemusers', select: ['fullname'] };
    api.startBatch();
    void api.retrieve({ ...one, key });
    void api.retrieve({ ...one, key: NOBODY });
    void api.retrieve({ ...one, key });
    const [first, second, third] = await api.executeBatch({ continueOnError: true });
    expect([first.systemuserid, second.status, third.systemuserid]).toEqual([key, 404, key]);
  },

  'is told why a request is refused': async (api) => {
    const told = (request: Promise<unknown>): Promise<unknown> => request.catch((error: unknown) => error);
    const column = await told(
      api.retrieveMultiple({ collection: 'mailboxes', select: ['mailboxctlnosuch'] }),
    );
    expect(column).toMatchObject({ status: 400, message: expect.stringContaining('mailboxctlnosuch') });
    expect(await told(api.retrieveMultiple({ collection: 'mailboxctlnosuch' }))).toMatchObject({
      status: 404,
    });
    const row = await told(api.retrieve({ collection: 'mailboxes', key: NOBODY }));
    expect(row).toMatchObject({ status: 404, code: expect.stringMatching(/^0x80040217$/iu) });
  },
};

function clientAt(serverUrl: string, token: (() => Promise<string>) | null): DynamicsWebApi {
  const signIn = token === null ? {} : { onTokenRefresh: token };
  return new DynamicsWebApi({ serverUrl, dataApi: { version: '9.2' }, ...signIn });
}

describe('the embedded Dataverse', () => {
  const emulator = createEmulator({ organization: ORGANIZATION });
  let served: Served;
  beforeAll(async () => {
    served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
  });
  afterAll(() => served.close());

  it.each(Object.entries(CASES))('%s', (_what, run) => run(clientAt(served.url, async () => 'admin')));

  it('none of this writes', () => {
    const methods = emulator.log.flatMap(
      ({ method, parts }) => parts?.map((part) => part.method) ?? [method],
    );
    expect(new Set(methods)).toEqual(new Set(['GET']));
  });
});

describe('a real environment', () => {
  const real = openReal(process.env);
  if (real === null) {
    it.skip(`${Object.keys(CASES).length} cases need one: set MAILBOXCTL_CONTRACT_URL`, () => {});
    return;
  }
  const api = clientAt(real.origin, real.token);
  const play = (run: Run, context: TestContext): Promise<void> =>
    run(api).catch((error: unknown) => {
      if (!(error instanceof NotTried)) throw error;
      context.skip(error.message);
    });

  for (const [what, run] of Object.entries(CASES)) {
    it(`${real.host}: ${what}`, (context) => play(run, context), 600_000);
  }
});
