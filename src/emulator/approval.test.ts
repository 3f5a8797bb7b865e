import { describe, expect, it } from 'vitest';
import type { CallerEntry } from './organization.ts';
import { type Client, open } from './test-client.ts';

const admin = 'System Administrator';
const approver = 'Delegated Mailbox Approver';

async function approve(client: Client, user: string): Promise<readonly unknown[]> {
  const row = await client.find('systemusers', 'domainname', user);
  const answer = await client.patch(`systemusers(${row.systemuserid})`, { emailrouteraccessapproval: 1 });
  const mailbox = (await client.as('root').get(`mailboxes(${row._defaultmailbox_value})`)).body;
  return [answer.status, answer.body.error?.code, mailbox.emailrouteraccessapproval];
}

function openFor(caller: Partial<CallerEntry>, switches: Readonly<Record<string, unknown>> = {}): Client {
  const root = { token: 'root', user: 'root@contoso.com', roles: [admin, approver] };
  const callers = [root, { token: 'caller', user: 'caller@contoso.com', ...caller }];
  return open({ callers, switches }).client.as('caller');
}

const applied = [204, undefined, 1];
const refused = [403, '0x80040256', 2];
const silent = [204, undefined, 2];

describe('who may approve on Exchange Online', () => {
  it.each<readonly [string, Partial<CallerEntry>, readonly unknown[]]>([
    ['System Administrator and Global admin', { roles: [admin], tenantRoles: ['global-admin'] }, applied],
    ['System Administrator and Exchange admin', { roles: [admin], tenantRoles: ['exchange-admin'] }, applied],
    ['System Administrator and Delegated Mailbox Approver', { roles: [admin, approver] }, applied],
    ['System Administrator alone', { roles: [admin] }, refused],
    [
      'Global admin without System Administrator',
      { roles: ['System Customizer'], tenantRoles: ['global-admin'], writes: { systemuser: true } },
      refused,
    ],
    [
      'a caller that is said to be refused in silence',
      { roles: [admin, approver], approval: 'silent' },
      silent,
    ],
    ['a caller that is said to work', { roles: [admin], approval: 'works' }, applied],
  ])('%s', async (_name, caller, expected) => {
    expect(await approve(openFor(caller), 'alice@contoso.com')).toEqual(expected);
  });

  it('may refuse a person in silence', async () => {
    const client = openFor({ roles: [admin] }, { approvalDenied: 'silent' });
    expect(await approve(client, 'alice@contoso.com')).toEqual(silent);
  });

  it.each<readonly [string, readonly unknown[]]>([
    ['works', applied],
    ['silent', silent],
    ['403', refused],
  ])('an application user with the roles: %s', async (applicationUserApproval, expected) => {
    const root = { token: 'root', user: 'root@contoso.com', roles: [admin, approver] };
    const application = { token: 'caller', application: 'pipeline', roles: [admin, approver] };
    const { client } = open({ callers: [root, application], switches: { applicationUserApproval } });
    expect(await approve(client.as('caller'), 'alice@contoso.com')).toEqual(expected);
  });
});

describe('the own mailbox', () => {
  const privileges = [
    'prvReadUser',
    'prvReadMailbox',
    'prvWriteMailbox:Basic',
    'prvWriteUser:Basic',
    'prvReadOrganization',
  ];
  const own = { user: 'alice@contoso.com', privileges };

  it('may be approved by its person', async () => {
    expect(await approve(openFor(own), 'alice@contoso.com')).toEqual(applied);
  });

  it('may not, where the environment asks for the privilege', async () => {
    const settings =
      '<OrgSettings><RequirePrivilegeToSelfApproveEmailAddress>true</RequirePrivilegeToSelfApproveEmailAddress></OrgSettings>';
    const root = { token: 'root', user: 'root@contoso.com', roles: [admin, approver] };
    const { client } = open({
      callers: [root, { token: 'caller', ...own }],
      organization: { orgdborgsettings: settings },
    });
    expect(await approve(client.as('caller'), 'alice@contoso.com')).toEqual(refused);
  });

  it('is approved by the test that its person asks for', async () => {
    const root = { token: 'root', user: 'root@contoso.com', roles: [admin, approver] };
    const { client, emulator } = open({ callers: [root, { token: 'caller', ...own }] });
    const user = await client.find('systemusers', 'domainname', 'alice@contoso.com');
    const path = `mailboxes(${user._defaultmailbox_value})`;
    expect((await client.as('caller').patch(path, { testemailconfigurationscheduled: true })).status).toBe(
      204,
    );
    emulator.clock.advance(240_000);
    const { body } = await client.get(path);
    expect([body.emailrouteraccessapproval, body.mailboxstatus]).toEqual([1, 1]);
  });
});

describe('what an approval writes', () => {
  it.each<readonly [string, 'owner' | 'mailbox', number]>([
    ['owner', 'owner', 1],
    ['owner', 'mailbox', 2],
    ['mailbox', 'owner', 2],
    ['mailbox', 'mailbox', 1],
    ['both', 'owner', 1],
    ['both', 'mailbox', 1],
  ])('approvalOn %s, written on the %s: %i', async (approvalOn, where, status) => {
    const { client } = open({ switches: { approvalOn } });
    const queue = await client.find('queues', 'name', 'Support');
    const mailbox = `mailboxes(${queue._defaultmailbox_value})`;
    const path = where === 'owner' ? `queues(${queue.queueid})` : mailbox;
    expect((await client.patch(path, { emailrouteraccessapproval: 1 })).status).toBe(204);
    const row = (await client.get(mailbox)).body;
    const owner = (await client.get(`queues(${queue.queueid})`)).body;
    const tenant = status === 1;
    expect([row.emailrouteraccessapproval, row.isemailaddressapprovedbyo365admin]).toEqual([status, tenant]);
    expect([owner.emailrouteraccessapproval, owner.isemailaddressapprovedbyo365admin]).toEqual([
      status,
      tenant,
    ]);
  });

  it('leaves the flag of the tenant alone where the switch says so', async () => {
    const { client } = open({ switches: { approvalSetsTenantFlag: false } });
    const queue = await client.find('queues', 'name', 'Support');
    await client.patch(`queues(${queue.queueid})`, { emailrouteraccessapproval: 1 });
    const { body } = await client.get(`queues(${queue.queueid})`);
    expect([body.emailrouteraccessapproval, body.isemailaddressapprovedbyo365admin]).toEqual([1, false]);
  });

  it.each<readonly [string, readonly unknown[]]>([
    ['both', [2, false]],
    ['status', [2, true]],
    ['none', [1, true]],
  ])('a changed address with addressChangeResets %s', async (addressChangeResets, expected) => {
    const { client } = open({ switches: { addressChangeResets } });
    const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
    await client.patch(`systemusers(${bob.systemuserid})`, { internalemailaddress: 'robert@contoso.com' });
    const { body } = await client.get(`mailboxes(${bob._defaultmailbox_value})`);
    expect(body.emailaddress).toBe('robert@contoso.com');
    expect([body.emailrouteraccessapproval, body.isemailaddressapprovedbyo365admin]).toEqual(expected);
  });

  it('carries an address written on the mailbox to the user, or refuses it', async () => {
    const through = open().client;
    const bob = await through.find('systemusers', 'domainname', 'bob@contoso.com');
    await through.patch(`mailboxes(${bob._defaultmailbox_value})`, { emailaddress: 'robert@contoso.com' });
    expect((await through.get(`systemusers(${bob.systemuserid})`)).body.internalemailaddress).toBe(
      'robert@contoso.com',
    );
    const strict = open({ switches: { mailboxAddressWrite: 'refused' } }).client;
    const answer = await strict.patch(`mailboxes(${bob._defaultmailbox_value})`, {
      emailaddress: 'robert@contoso.com',
    });
    expect(answer.body.error?.code).toBe('0x8005e208');
  });
});

describe('the "only approved" switches', () => {
  it.each<readonly [string, number, boolean]>([
    ['403', 403, true],
    ['silent', 204, true],
    ['allowed', 204, false],
  ])('written by a System Administrator alone: %s', async (onlyApprovedDenied, status, value) => {
    const client = openFor({ roles: [admin] }, { onlyApprovedDenied });
    const path = 'organizations(d76771b5-0b80-ef11-ac1c-0022482cc906)';
    expect((await client.patch(path, { requireapprovalforuseremail: false })).status).toBe(status);
    expect((await client.get(path)).body.requireapprovalforuseremail).toBe(value);
  });
});
