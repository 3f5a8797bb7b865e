import { describe, expect, it } from 'vitest';
import type { Organization } from './organization.ts';
import { chooseSwitches, type SwitchName, switchNames, switchTable } from './switches.ts';
import { type Client, type Opened, open } from './test-client.ts';

type Probe = (opened: Opened) => Promise<unknown>;

const organizationPath = 'organizations(d76771b5-0b80-ef11-ac1c-0022482cc906)';

async function bobPath(client: Client): Promise<string> {
  const row = await client.find('systemusers', 'domainname', 'bob@contoso.com');
  return `mailboxes(${row._defaultmailbox_value})`;
}

/** Edits Bob's mailbox and tells the answer and some of its columns. */
function patchBob(body: object, ...columns: readonly string[]): Probe {
  return async ({ client }) => {
    const path = await bobPath(client);
    const answer = await client.patch(path, body);
    const row = (await client.get(path)).body;
    return [answer.status, answer.body.error?.code, ...columns.map((column) => row[column])];
  };
}

function testBob(minutes: number, ...columns: readonly string[]): Probe {
  return async ({ client, emulator }) => {
    const path = await bobPath(client);
    await client.patch(path, { testemailconfigurationscheduled: true });
    emulator.clock.advance(minutes * 60_000);
    const row = (await client.get(path)).body;
    return columns.map((column) => row[column]);
  };
}

function get(path: string): Probe {
  return async ({ client }) => {
    const { status, body } = await client.get(path);
    return [status, body.value?.length, body.value?.[0]?.servertype];
  };
}

const approveSupport: Probe = async ({ client }) => {
  const queue = await client.find('queues', 'name', 'Support');
  const answer = await client.patch(`queues(${queue.queueid})`, { emailrouteraccessapproval: 1 });
  const row = (await client.get(`queues(${queue.queueid})`)).body;
  return [answer.status, row.emailrouteraccessapproval, row.isemailaddressapprovedbyo365admin];
};

const approveMailbox: Probe = async ({ client }) => {
  const queue = await client.find('queues', 'name', 'Support');
  const path = `mailboxes(${queue._defaultmailbox_value})`;
  await client.patch(path, { emailrouteraccessapproval: 1 });
  const onMailbox = (await client.get(path)).body.emailrouteraccessapproval;
  await client.patch(`queues(${queue.queueid})`, { emailrouteraccessapproval: 3 });
  return [onMailbox, (await client.get(path)).body.emailrouteraccessapproval];
};

const seeded: Probe = async ({ client }) => {
  const rows =
    (await client.get('mailboxes?$select=emailrouteraccessapproval&$orderby=name')).body.value ?? [];
  return rows.map((row) => row.emailrouteraccessapproval);
};

const gmail: Probe = async ({ client }) => {
  await client.call('POST', 'emailserverprofiles', { name: 'G', incomingcredentialretrieval: 5 });
  return (await client.find('emailserverprofiles', 'name', 'G')).servertype;
};

const disableBob: Probe = async ({ client }) => {
  const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
  await client.patch(`systemusers(${bob.systemuserid})`, { isdisabled: true });
  return (await client.get(await bobPath(client))).body.statecode;
};

const deleteDefault: Probe = async ({ client }) =>
  (await client.call('DELETE', 'emailserverprofiles(7eedeb22-6a30-4a66-808b-00c25a95b03f)')).status;

const writeOnlyApproved: Probe = async ({ client }) => {
  const answer = await client.patch(organizationPath, { requireapprovalforuseremail: false });
  return [answer.status, (await client.get(organizationPath)).body.requireapprovalforuseremail];
};

const version: Probe = async ({ client, emulator }) => {
  const path = await bobPath(client);
  const before = (await client.get(path)).body.versionnumber;
  emulator.clock.advance(301_000);
  return (await client.get(path)).body.versionnumber === before;
};

const plainAdmin: Partial<Organization> = {
  callers: [{ token: 'a', user: 'plain@contoso.com', roles: ['System Administrator'] }],
};
const application: Partial<Organization> = {
  callers: [
    { token: 'a', application: 'app', roles: ['System Administrator', 'Delegated Mailbox Approver'] },
  ],
};
const unflagged: Partial<Organization> = {
  users: [{ signIn: 'bob@contoso.com', name: 'Bob', approval: 'Approved', tenantApproved: false }],
};
const retried: Partial<Organization> = { mailServers: [{ emailAddress: '*', incoming: 'transient:1' }] };

const probes: Readonly<Record<SwitchName, readonly [Probe, Partial<Organization>?]>> = {
  exchangeOnlineServerType: [get('emailserverprofiles?$select=servertype')],
  gmailServerType: [gmail],
  newestColumns: [get('mailboxes?$select=testandenablelastattemptedon')],
  editWithTest: [
    patchBob(
      { outgoingemaildeliverymethod: 0, testemailconfigurationscheduled: true },
      'testemailconfigurationscheduled',
    ),
  ],
  approvalOn: [approveMailbox],
  approvalSetsTenantFlag: [approveSupport],
  tenantFlagWrite: [
    patchBob({ isemailaddressapprovedbyo365admin: true }, 'isemailaddressapprovedbyo365admin'),
    unflagged,
  ],
  tenantApprovalGate: [
    async ({ client, emulator }) => {
      const results: unknown[] = [];
      for (const name of ['Inbound', 'Bob']) {
        const row = await client.find('mailboxes', 'name', name);
        await client.patch(`mailboxes(${row.mailboxid})`, { testemailconfigurationscheduled: true });
        emulator.clock.advance(200_000);
        results.push((await client.get(`mailboxes(${row.mailboxid})`)).body.incomingemailstatus);
      }
      return results;
    },
    unflagged,
  ],
  applicationUserApproval: [approveSupport, application],
  approvalDenied: [approveSupport, plainAdmin],
  onlyApprovedDenied: [writeOnlyApproved, plainAdmin],
  freshUserApproval: [seeded],
  freshQueueApproval: [seeded],
  addressChangeResets: [
    patchBob(
      { emailaddress: 'x@contoso.com' },
      'emailrouteraccessapproval',
      'isemailaddressapprovedbyo365admin',
    ),
  ],
  addressChangeResetsTests: [patchBob({ emailaddress: 'x@contoso.com' }, 'incomingemailstatus')],
  profileChangeResets: [
    patchBob(
      { 'emailserverprofile@odata.bind': null, outgoingemaildeliverymethod: 0 },
      'incomingemailstatus',
      'outgoingemailstatus',
    ),
    { switches: { methodChangeResets: 'none' } },
  ],
  methodChangeResets: [
    patchBob({ outgoingemaildeliverymethod: 0 }, 'incomingemailstatus', 'outgoingemailstatus'),
  ],
  mailboxAddressWrite: [patchBob({ emailaddress: 'x@contoso.com' })],
  retryCountDuringTest: [testBob(0, 'testemailconfigurationretrycount')],
  savesDuringTest: [
    async ({ client }) => {
      const path = await bobPath(client);
      await client.patch(path, { testemailconfigurationscheduled: true });
      const bodies = [{ undeliverablefolder: 'x' }, { outgoingemaildeliverymethod: 0 }];
      const statuses: number[] = [];
      for (const body of bodies) statuses.push((await client.patch(path, body)).status);
      return statuses;
    },
  ],
  transientKeepsScheduled: [testBob(4, 'testemailconfigurationscheduled'), retried],
  statusWrites: [patchBob({ incomingemailstatus: 2 }, 'incomingemailstatus')],
  disabledUserMailbox: [disableBob],
  backgroundOperations: [testBob(4, 'testemailconfigurationscheduled')],
  engineBumpsVersion: [version],
  successAlert: [
    async (opened) => {
      await testBob(4)(opened);
      return (await opened.client.get('tracelogs')).body.value?.length;
    },
  ],
  transientAlertLevel: [
    async (opened) => {
      await testBob(4)(opened);
      const { body } = await opened.client.get('tracelogs?$select=level&$orderby=level desc');
      return body.value?.map((row) => row.level);
    },
    retried,
  ],
  mailboxDateBeforeProfile: [
    patchBob({ processemailreceivedafter: '2026-01-01T00:00:00Z' }),
    {
      profiles: [{ name: 'Microsoft Exchange Online', processemailsreceivedafter: '2026-02-01T00:00:00Z' }],
    },
  ],
  tenantIdChange: [
    async ({ client }) => {
      const { emailserverprofileid: id } = await client.find('emailserverprofiles', 'name', 'T');
      const exchangeonlinetenantid = '7d000000-0000-4000-8000-000000000002';
      return (await client.patch(`emailserverprofiles(${id})`, { exchangeonlinetenantid })).status;
    },
    { profiles: [{ name: 'T', exchangeonlinetenantid: '7d000000-0000-4000-8000-000000000001' }] },
  ],
  conflictCode: [
    async ({ client }) => {
      const answer = await client.patch(await bobPath(client), { name: 'x' }, { 'if-match': 'W/"1"' });
      return answer.body.error?.code;
    },
  ],
  readOnlyWrites: [patchBob({ isforwardmailbox: true }, 'isforwardmailbox')],
  bindNull: [patchBob({ 'emailserverprofile@odata.bind': null })],
  inOnGuid: [
    get(
      "mailboxes?$filter=Microsoft.Dynamics.CRM.In(PropertyName='mailboxid',PropertyValues=['7eedeb22-6a30-4a66-808b-00c25a95b03f'])",
    ),
  ],
  expandRegarding: [get('mailboxes?$select=name&$expand=regardingobjectid($select=fullname)')],
  maxUploadLimit: [
    async ({ client }) => (await client.patch(organizationPath, { maxuploadfilesize: 134_217_728 })).status,
  ],
  personalQueues: [get('queues?$select=name')],
  profileDefaultDelete: [deleteDefault],
};

describe('every value of every switch makes a difference', () => {
  it.each(switchNames())('%s', async (name) => {
    const [probe, changes = {}] = probes[name];
    const seen = new Map<string, string>();
    for (const value of switchTable[name].values) {
      const switches = { ...changes.switches, [name]: value };
      seen.set(JSON.stringify(await probe(open({ ...changes, switches }))), value);
    }
    expect([...seen.values()]).toEqual([...switchTable[name].values]);
  });
});

describe('a switch', () => {
  it('may be written as number or boolean', () => {
    const { applicationUserApproval, successAlert } = chooseSwitches({
      applicationUserApproval: 403,
      successAlert: false,
    });
    expect([applicationUserApproval, successAlert]).toEqual(['403', 'false']);
  });

  it('refuses a value that it does not have', () => {
    expect(() => chooseSwitches({ editWithTest: 'maybe' })).toThrow(
      'use one of: accepted, testIgnored, refused',
    );
  });
});
