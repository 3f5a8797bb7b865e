/**
 * A client that is not ours, dynamics-web-api, against the embedded Dataverse over HTTP: what its users rely on of the
 * service has to hold here as well, without either of them knowing the other.
 */

import { DynamicsWebApi } from 'dynamics-web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { type Served, serveEmulator } from '../../src/emulator/serve-emulator.ts';
import { ORGANIZATION } from './emulated.ts';

type Row = Readonly<Record<string, unknown>>;

const EXCHANGE_ONLINE = '7eedeb22-6a30-4a66-808b-00c25a95b03f';
const MISSING = '5b1c7d52-7d0a-4c5e-9a53-3f4b0f8f0a11';
const ETAG = expect.stringMatching(/^W\/"\d+"$/u);
const S2S = { servertype: 0, incomingcredentialretrieval: 2 };

let served: Served;
let api: DynamicsWebApi;
let count = 0;

beforeAll(async () => {
  served = await serveEmulator(createEmulator({ organization: ORGANIZATION }), { port: 0, clockSpeed: 1 });
  api = new DynamicsWebApi({
    serverUrl: served.url,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => 'admin',
  });
});

afterAll(() => served.close());

/** A new forward mailbox; its id. */
async function makeMailbox(more: Row = {}): Promise<string> {
  count += 1;
  const data = { name: `Outside ${count}`, emailaddress: `outside${count}@contoso.com`, ...more };
  return api.create<Row, string>({ collection: 'mailboxes', data });
}

function folderOf(key: string): Promise<unknown> {
  const request = { collection: 'mailboxes', key, select: ['undeliverablefolder'] };
  return api.retrieve<Row>(request).then((row) => row.undeliverablefolder);
}

function context(rest: string): Row {
  const url = `${served.url}/api/data/v9.2/$metadata#${rest}`;
  // The client repeats it under a name of its own.
  return { '@odata.context': url, oDataContext: url };
}

async function idOf(collection: string, column: string, value: string): Promise<string> {
  const key = collection.replace(/s$/u, 'id');
  const filter = `${column} eq '${value}'`;
  const { value: rows } = await api.retrieveMultiple<Row>({ collection, select: [column], filter });
  expect(rows.length).toBe(1);
  return String(rows[0]?.[key]);
}

describe('rows', () => {
  it('creates, reads, updates and deletes', async () => {
    const key = await makeMailbox();
    const one = { collection: 'mailboxes', key };
    expect(await api.update({ ...one, data: { undeliverablefolder: 'One' } })).toBe(true);
    expect(await api.retrieve({ ...one, select: ['name', 'undeliverablefolder'] })).toEqual({
      ...context('mailboxes(name,undeliverablefolder)/$entity'),
      '@odata.etag': ETAG,
      mailboxid: key,
      name: `Outside ${count}`,
      undeliverablefolder: 'One',
    });
    expect(await api.deleteRecord(one)).toBe(true);
    await expect(api.retrieve(one)).rejects.toMatchObject({ status: 404, code: '0x80040217' });
  });

  it('gives back what it created', async () => {
    const data = { name: 'Outside profile', ...S2S };
    const select = ['name', 'servertype'];
    const request = { collection: 'emailserverprofiles', data, select, returnRepresentation: true };
    expect(await api.create(request)).toEqual({
      ...context('emailserverprofiles(name,servertype)/$entity'),
      '@odata.etag': ETAG,
      emailserverprofileid: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      name: 'Outside profile',
      servertype: 0,
    });
  });

  it('writes and deletes one value', async () => {
    const key = await makeMailbox();
    const fieldValuePair = { undeliverablefolder: 'Single' };
    await api.updateSingleProperty({ collection: 'mailboxes', key, fieldValuePair });
    expect(await folderOf(key)).toBe('Single');
    await api.deleteRecord({ collection: 'mailboxes', key, property: 'undeliverablefolder' });
    expect(await folderOf(key)).toBe(null);
  });

  it('upserts: creates, updates, or only one of the two', async () => {
    const key = '33333333-3333-4333-8333-333333333333';
    const data = { name: 'Upserted', emailaddress: 'upserted@contoso.com' };
    const upsert = { collection: 'mailboxes', key, data };
    expect(await api.upsert({ ...upsert, ifmatch: '*' })).toBe(null);
    expect(await api.upsert(upsert)).toBe(key);
    expect(await api.upsert({ ...upsert, ifnonematch: '*' })).toBe(null);
    await api.upsert({ ...upsert, data: { undeliverablefolder: 'Again' } });
    expect(await folderOf(key)).toBe('Again');
  });

  it('minds versions', async () => {
    const key = await makeMailbox();
    const one = { collection: 'mailboxes', key };
    const row = await api.retrieve<Row>({ ...one, select: ['name'] });
    const version = String(row['@odata.etag']);
    expect(await api.retrieve({ ...one, select: ['name'], ifnonematch: version })).toBe(undefined);
    const data = { undeliverablefolder: 'Version' };
    expect(await api.update({ ...one, data, ifmatch: 'W/"1"' })).toBe(false);
    expect(await api.update({ ...one, data, ifmatch: version })).toBe(true);
    expect(await api.deleteRecord({ ...one, ifmatch: version })).toBe(false);
    expect(await folderOf(key)).toBe('Version');
  });

  it('shows labels and tables of lookups', async () => {
    const key = await makeMailbox();
    const select = ['statecode', '_emailserverprofile_value'];
    const row = await api.retrieve<Row>({
      collection: 'mailboxes',
      key,
      select,
      includeAnnotations: '*',
    });
    expect(row).toMatchObject({
      statecode: 0,
      statecode_Formatted: 'Active',
      _emailserverprofile_value: EXCHANGE_ONLINE,
      _emailserverprofile_value_Formatted: 'Microsoft Exchange Online',
      _emailserverprofile_value_LogicalName: 'emailserverprofile',
      _emailserverprofile_value_NavigationProperty: 'emailserverprofile',
    });
  });
});

describe('lists', () => {
  it('pages: by links, and all at once', async () => {
    const request = { collection: 'mailboxes', select: ['name'], maxPageSize: 4 };
    const pages: Row[][] = [];
    for (let link: string | undefined, first = true; first || link !== undefined; first = false) {
      const page = await api.retrieveMultiple<Row>(request, link);
      pages.push(page.value);
      link = page.oDataNextLink;
    }
    const all = await api.retrieveAll<Row>(request);
    const whole = await api.retrieveMultiple<Row>({ collection: 'mailboxes', select: ['name'] });
    expect(pages.slice(0, -1).map((page) => page.length)).toEqual(pages.slice(1).map(() => 4));
    expect([pages.flat(), all.value]).toEqual([whole.value, whole.value]);
  });

  it('filters, sorts and counts', async () => {
    const filter = "startswith(domainname,'A') or domainname eq 'BOB@contoso.com'";
    const request = { collection: 'systemusers', select: ['domainname'], filter, count: true };
    const found = await api.retrieveMultiple<Row>({ ...request, orderBy: ['domainname desc'] });
    const names = ['bob@contoso.com', 'alice@contoso.com', 'admin@contoso.com'];
    expect(found.value.map(({ domainname }) => domainname)).toEqual(names);
    expect(found.oDataCount).toBe(3);
    expect(await api.count({ collection: 'systemusers', filter })).toBe(3);
    expect(await api.countAll({ collection: 'systemusers', filter })).toBe(3);
    const top = await api.retrieveMultiple<Row>({ ...request, orderBy: ['domainname asc'], top: 1 });
    expect(top.value.map(({ domainname }) => domainname)).toEqual(['admin@contoso.com']);
  });

  it('finds ids by In', async () => {
    const keys = [await makeMailbox(), await makeMailbox()];
    const values = keys.map((key) => `'${key}'`).join(',');
    const filter = `Microsoft.Dynamics.CRM.In(PropertyName='mailboxid',PropertyValues=[${values}])`;
    const { value } = await api.retrieveMultiple<Row>({ collection: 'mailboxes', select: ['name'], filter });
    expect(value.map(({ mailboxid }) => mailboxid).sort()).toEqual([...keys].sort());
  });

  it('expands a lookup and a collection, with options of their own', async () => {
    const key = await makeMailbox({
      'emailserverprofile@odata.bind': `emailserverprofiles(${EXCHANGE_ONLINE})`,
    });
    const profile = { property: 'emailserverprofile', select: ['name'] };
    const mailbox = await api.retrieve<Row>({
      collection: 'mailboxes',
      key,
      select: ['name'],
      expand: [profile],
    });
    expect(mailbox.emailserverprofile).toEqual({
      emailserverprofileid: EXCHANGE_ONLINE,
      name: 'Microsoft Exchange Online',
    });
    const roles = {
      property: 'systemuserroles_association',
      select: ['name'],
      orderBy: ['name desc'],
      top: 1,
    };
    const admin = await api.retrieve<Row>({
      collection: 'systemusers',
      key: await idOf('systemusers', 'domainname', 'admin@contoso.com'),
      select: ['domainname'],
      expand: [{ ...roles, filter: "name ne 'Nobody'" }],
    });
    expect(admin.systemuserroles_association).toEqual([
      { '@odata.etag': ETAG, roleid: expect.any(String), name: 'System Administrator' },
    ]);
  });

  it('filters by what a collection holds', async () => {
    const filter = "systemuserroles_association/any(r:r/name eq 'Delegated Mailbox Approver')";
    const { value } = await api.retrieveMultiple<Row>({
      collection: 'systemusers',
      select: ['domainname'],
      filter,
    });
    expect(value.map(({ domainname }) => domainname)).toEqual(['admin@contoso.com']);
  });

  it('groups', async () => {
    const apply = 'groupby((queueviewtype),aggregate($count as rows))';
    const { value } = await api.retrieveMultiple<Row>({ collection: 'queues', apply });
    const groups = value.map(({ queueviewtype, rows }) => [queueviewtype, rows]);
    expect(groups.sort()).toEqual([
      [0, 1],
      [1, expect.any(Number)],
    ]);
  });
});

describe('links', () => {
  it('sets and clears a lookup', async () => {
    const primaryKey = await makeMailbox();
    const link = { collection: 'mailboxes', primaryKey, navigationProperty: 'emailserverprofile' };
    const bound = async (): Promise<unknown> => {
      const select = ['_emailserverprofile_value'];
      return (await api.retrieve<Row>({ collection: 'mailboxes', key: primaryKey, select }))
        ._emailserverprofile_value;
    };
    await api.disassociateSingleValued(link);
    expect(await bound()).toBe(null);
    const related = { relatedCollection: 'emailserverprofiles', relatedKey: EXCHANGE_ONLINE };
    await api.associateSingleValued({ ...link, ...related });
    expect(await bound()).toBe(EXCHANGE_ONLINE);
  });

  it('adds to and takes from a collection', async () => {
    const primaryKey = await idOf('systemusers', 'domainname', 'bob@contoso.com');
    const relatedKey = await idOf('roles', 'name', 'Basic User');
    const relationshipName = 'systemuserroles_association';
    const link = { collection: 'systemusers', primaryKey, relationshipName, relatedKey };
    const roles = async (): Promise<readonly unknown[]> => {
      const request = { collection: 'systemusers', key: primaryKey, navigationProperty: relationshipName };
      const { value } = await api.retrieve<{ value: readonly Row[] }>({ ...request, select: ['name'] });
      return value.map(({ name }) => name);
    };
    await api.associate({ ...link, relatedCollection: 'roles' });
    expect(await roles()).toEqual(['Basic User']);
    await api.disassociate(link);
    expect(await roles()).toEqual([]);
  });
});

describe('functions and metadata', () => {
  it('knows the caller', async () => {
    const UserId = await idOf('systemusers', 'domainname', 'admin@contoso.com');
    expect(await api.callFunction('WhoAmI')).toEqual({
      ...context('Microsoft.Dynamics.CRM.WhoAmIResponse'),
      BusinessUnitId: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      OrganizationId: ORGANIZATION.organizationId,
      UserId,
    });
  });

  it('tells privileges of a user, all or one', async () => {
    const bound = {
      collection: 'systemusers',
      key: await idOf('systemusers', 'domainname', 'carla@contoso.com'),
    };
    const functionName = 'Microsoft.Dynamics.CRM.RetrieveUserPrivileges';
    const all = await api.callFunction<{ RolePrivileges: readonly Row[] }>({ ...bound, functionName });
    const depths = all.RolePrivileges.map(({ PrivilegeName, Depth }) => [PrivilegeName, Depth]);
    expect(depths.sort()).toEqual([
      ['prvReadMailbox', 'Local'],
      ['prvReadUser', 'Global'],
    ]);
    const one = await api.callFunction<{ RolePrivileges: readonly Row[] }>({
      ...bound,
      functionName: 'Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName',
      parameters: { PrivilegeName: 'prvReadUser' },
    });
    expect(one.RolePrivileges.map(({ Depth }) => Depth)).toEqual(['Global']);
  });

  it('describes tables by name and by id', async () => {
    const select = ['LogicalName', 'EntitySetName', 'MetadataId'];
    const named = await api.retrieveEntity<Row>({ key: "LogicalName='mailbox'", select });
    expect(named).toMatchObject({ LogicalName: 'mailbox', EntitySetName: 'mailboxes' });
    const byId = await api.retrieveEntity<Row>({ key: String(named.MetadataId), select });
    expect(byId).toEqual(named);
    const listed = await api.retrieveEntities<Row>({ select, filter: "LogicalName eq 'mailbox'" });
    expect(listed.value.map(({ EntitySetName }) => EntitySetName)).toEqual(['mailboxes']);
  });

  it('describes columns and their options', async () => {
    const entityKey = "LogicalName='mailbox'";
    const filter = "LogicalName eq 'name' or LogicalName eq 'nosuch'";
    const named = await api.retrieveAttributes<Row>({ entityKey, select: ['LogicalName'], filter });
    expect(named.value.map(({ LogicalName }) => LogicalName)).toEqual(['name']);
    const { OptionSet } = await api.retrieveAttribute<{ OptionSet: { Options: readonly Row[] } }>({
      entityKey,
      attributeKey: "LogicalName='actdeliverymethod'",
      castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet', select: ['Options'] }],
    });
    const label = expect.objectContaining({ Label: 'Server-Side Synchronization' });
    expect(OptionSet.Options.map(({ Value }) => Value)).toEqual([0, 1, 2]);
    expect(OptionSet.Options[1]?.Label).toMatchObject({ UserLocalizedLabel: label });
  });

  it('lists relationships, global choices and the whole schema', async () => {
    const relationships = await api.retrieveRelationships<Row>({ select: ['SchemaName'] });
    expect(relationships.value.map(({ SchemaName }) => SchemaName)).toContain('emailserverprofile_mailbox');
    const choices = await api.retrieveGlobalOptionSets<Row>({ select: ['Name'] });
    expect(Array.isArray(choices.value)).toBe(true);
    const schema = await api.retrieveCsdlMetadata();
    expect(schema).toMatch(/^<\?xml[^>]*\?>\s*<edmx:Edmx Version="4\.0"/u);
    expect(schema).toContain('<EntityType Name="mailbox"');
  });

  it('tracks changes', async () => {
    const key = await makeMailbox();
    const all = await api.retrieveMultiple<Row>({
      collection: 'mailboxes',
      select: ['name'],
      trackChanges: true,
    });
    await api.update({ collection: 'mailboxes', key, data: { undeliverablefolder: 'Tracked' } });
    const since = await api.retrieveMultiple<Row>(
      { collection: 'mailboxes', trackChanges: true },
      all.oDataDeltaLink,
    );
    expect(since.value.map(({ mailboxid }) => mailboxid)).toEqual([key]);
  });
});

describe('batches', () => {
  it('reads, makes rows that refer to each other in a change set, and reads again', async () => {
    const key = await makeMailbox();
    api.startBatch();
    const collection = 'mailboxes';
    void api.retrieveMultiple({ collection: 'queues', select: ['name'], filter: "name eq 'Support'" });
    const profile = { name: 'Outside batch', ...S2S };
    void api.create({ collection: 'emailserverprofiles', data: profile, contentId: '1' });
    const mailbox = { name: 'Outside bound', emailaddress: 'bound@contoso.com' };
    const data = { ...mailbox, 'emailserverprofile@odata.bind': '$1' };
    void api.create({ collection, data, contentId: '2' });
    void api.update({ collection, key, data: { undeliverablefolder: 'Batch' } });
    void api.retrieve({ collection, key, select: ['undeliverablefolder'] });
    const [queues, profileId, mailboxId, updated, row] = await api.executeBatch();
    expect(queues.value.map(({ name }: Row) => name)).toEqual(['Support']);
    expect([updated, row.undeliverablefolder]).toEqual([true, 'Batch']);
    const select = ['_emailserverprofile_value'];
    const bound = await api.retrieve<Row>({ collection, key: mailboxId, select });
    expect(bound._emailserverprofile_value).toBe(profileId);
  });

  it('goes on behind a failure where that is asked for', async () => {
    const key = await makeMailbox();
    const one = { collection: 'mailboxes', key, inChangeSet: false };
    api.startBatch();
    void api.update({ ...one, data: { undeliverablefolder: 'First' } });
    void api.update({ ...one, data: { nosuch: 1 } });
    void api.update({ ...one, data: { undeliverablefolder: 'Third' } });
    const [first, second, third] = await api.executeBatch({ continueOnError: true });
    expect([first, second, third]).toEqual([
      true,
      expect.objectContaining({ status: 400, statusText: 'Bad Request' }),
      true,
    ]);
    expect(second.error).toEqual({ code: '0x80048d19', message: expect.stringContaining("'nosuch'") });
    expect(await folderOf(key)).toBe('Third');
  });

  it('undoes a change set that fails', async () => {
    api.startBatch();
    const data = { name: 'Outside undone', emailaddress: 'undone@contoso.com' };
    void api.create({ collection: 'mailboxes', data });
    void api.create({ collection: 'mailboxes', data: { nosuch: 1 } });
    await expect(api.executeBatch()).rejects.toMatchObject([{ status: 400, error: { code: '0x80048d19' } }]);
    expect(await api.count({ collection: 'mailboxes', filter: "name eq 'Outside undone'" })).toBe(0);
  });
});

describe('errors', () => {
  it.each<readonly [string, () => Promise<unknown>, object]>([
    [
      'a column that is not there',
      () => api.retrieveMultiple({ collection: 'mailboxes', select: ['nosuch'] }),
      {
        status: 400,
        code: '0x80060888',
        message: "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.mailbox'.",
      },
    ],
    [
      'a set that is not there',
      () => api.retrieveMultiple({ collection: 'nosuch', select: ['name'] }),
      { status: 404, code: '0x8006088a', message: "Resource not found for the segment 'nosuch'." },
    ],
    [
      'a row that is not there',
      () => api.deleteRecord({ collection: 'mailboxes', key: MISSING }),
      {
        status: 404,
        code: '0x80040217',
        message: `Entity 'Mailbox' With Id = ${MISSING} Does Not Exist`,
      },
    ],
    [
      'an action that is not there',
      () => api.callAction({ actionName: 'NoSuch', action: {} }),
      { status: 404, code: '0x8006088a', message: "Resource not found for the segment 'NoSuch'." },
    ],
  ])('%s', async (_name, run, error) => {
    await expect(run()).rejects.toMatchObject(error);
  });
});
