import { describe, expect, it } from 'vitest';
import type { MailServerEntry, Organization } from '../organization.ts';
import { type Client, type Json, type Opened, open } from '../test-client.ts';

const bob = 'bob@contoso.com';
const minute = 60_000;

interface Tested extends Opened {
  readonly path: string;
}

async function startTest(changes: Partial<Organization>, signIn = bob): Promise<Tested> {
  const opened = open(changes);
  const user = await opened.client.find('systemusers', 'domainname', signIn);
  const path = `mailboxes(${user._defaultmailbox_value})`;
  const answer = await opened.client.patch(path, { testemailconfigurationscheduled: true });
  expect(answer.status).toBe(204);
  return { ...opened, path };
}

function server(entry: Partial<MailServerEntry>): Partial<Organization> {
  return { mailServers: [{ emailAddress: '*@contoso.com', ...entry }] };
}

function results(row: Json): readonly unknown[] {
  return [
    row.testemailconfigurationscheduled,
    row.incomingemailstatus,
    row.outgoingemailstatus,
    row.mailboxstatus,
  ];
}

async function alerts(client: Client): Promise<readonly unknown[]> {
  const { body } = await client.get(
    'tracelogs?$select=text,level,_regardingobjectid_value&$orderby=level desc',
  );
  return (body.value ?? []).map((row) => row.level);
}

describe('the outcome of a test', () => {
  it('is nothing before it is due', async () => {
    const { client, emulator, path } = await startTest({});
    emulator.clock.advance(2 * minute);
    expect(results((await client.get(path)).body)).toEqual([true, 1, 1, 1]);
  });

  it('is success where the mail server says nothing else', async () => {
    const { client, emulator, path } = await startTest({});
    emulator.clock.advance(3 * minute);
    const { body } = await client.get(path);
    expect(results(body)).toEqual([false, 1, 1, 1]);
    expect(body.testmailboxaccesscompletedon).toBe('2026-11-02T08:03:00Z');
    expect(await alerts(client)).toEqual([1]);
  });

  it('is a failure that disables the direction at once', async () => {
    const { client, emulator, path } = await startTest(server({ incoming: 'permanent:8005E272' }));
    emulator.clock.advance(3 * minute);
    const { body } = await client.get(path);
    expect(results(body)).toEqual([false, 2, 1, 2]);
    expect([body.enabledforincomingemail, body.enabledforoutgoingemail]).toEqual([false, true]);
    expect(await alerts(client)).toEqual([3, 3, 1, 1]);
    const texts =
      (await client.get("tracelogs?$filter=contains(text,'8005E272')&$select=text")).body.value ?? [];
    expect(texts.length).toBe(2);
  });

  it('stays open while a passing reason is retried, then succeeds', async () => {
    const { client, emulator, path } = await startTest(server({ outgoing: 'transient:2' }));
    emulator.clock.advance(8 * minute + 30_000);
    const between = (await client.get(path)).body;
    expect([between.testemailconfigurationscheduled, between.transientfailurecount]).toEqual([true, 2]);
    expect(between.postponetestemailconfigurationuntil).toBe('2026-11-02T08:13:00Z');
    emulator.clock.advance(5 * minute);
    expect(results((await client.get(path)).body)).toEqual([false, 1, 1, 1]);
  });

  it('says so at the level of the switch, unless alerts of that level are off', async () => {
    const warns = { ...server({ outgoing: 'transient:1' }), switches: { transientAlertLevel: 'warning' } };
    const heard = await startTest(warns);
    heard.emulator.clock.advance(4 * minute);
    expect(await alerts(heard.client)).toEqual([2, 2, 1, 1]);
    const unheard = await startTest({ ...warns, organization: { generatealertsforwarnings: false } });
    unheard.emulator.clock.advance(4 * minute);
    expect(await alerts(unheard.client)).toEqual([]);
  });

  it('is a failure after ten retries', async () => {
    const { client, emulator, path } = await startTest(server({ outgoing: 'transient:99' }));
    emulator.clock.advance(52 * minute);
    expect((await client.get(path)).body.testemailconfigurationscheduled).toBe(true);
    emulator.clock.advance(2 * minute);
    const { body } = await client.get(path);
    expect([...results(body), body.enabledforoutgoingemail]).toEqual([false, 1, 2, 2, false]);
  });

  it('shows as failed between retries where the switch says so', async () => {
    const changes = { ...server({ outgoing: 'transient:1' }), switches: { transientKeepsScheduled: false } };
    const { client, emulator, path } = await startTest(changes);
    emulator.clock.advance(4 * minute);
    expect(results((await client.get(path)).body)).toEqual([false, 1, 2, 2]);
    emulator.clock.advance(5 * minute);
    expect(results((await client.get(path)).body)).toEqual([false, 1, 1, 1]);
  });

  it.each([
    ['a test that hangs', server({ incoming: 'hang' })],
    ['no background jobs', { switches: { backgroundOperations: false } }],
  ])('never comes with %s', async (_name, changes) => {
    const { client, emulator, path } = await startTest(changes);
    emulator.clock.advance(24 * 60 * minute);
    expect((await client.get(path)).body.testemailconfigurationscheduled).toBe(true);
  });

  it('comes later where the job is postponed', async () => {
    const opened = open();
    const user = await opened.client.find('systemusers', 'domainname', bob);
    const path = `mailboxes(${user._defaultmailbox_value})`;
    await opened.client.patch(path, { postponetestemailconfigurationuntil: '2026-11-02T09:00:00Z' });
    await opened.client.patch(path, { testemailconfigurationscheduled: true });
    opened.emulator.clock.advance(30 * minute);
    expect((await opened.client.get(path)).body.testemailconfigurationscheduled).toBe(true);
    opened.emulator.clock.advance(40 * minute);
    expect((await opened.client.get(path)).body.testmailboxaccesscompletedon).toBe('2026-11-02T09:03:00Z');
  });

  it('sends one message for each passed outgoing test', async () => {
    const { client, emulator, path } = await startTest({});
    emulator.clock.advance(3 * minute);
    await client.patch(path, { testemailconfigurationscheduled: true });
    emulator.clock.advance(3 * minute);
    const { body } = await client.control('GET', 'stats');
    expect(body.messages).toEqual({ [bob]: 2 });
    expect(Object.values(body.tests ?? {})).toEqual([2]);
  });
});

describe('what makes a test fail before a server is asked', () => {
  const works = { signIn: bob, name: 'Bob', works: true };
  const pop3 = {
    name: 'POP3',
    servertype: 1,
    incomingcredentialretrieval: 0,
    outgoingcredentialretrieval: 0,
    incomingserverlocation: 'pop3.contoso.com',
    outgoingserverlocation: 'smtp.contoso.com',
  };
  const credentials = {
    emailserverprofile: 'POP3',
    allowemailconnectortousecredentials: true,
    username: 'bob',
    password: 'right',
  };
  it.each<readonly [string, Partial<Organization>, string]>([
    ['no approval', { users: [{ ...works, works: false }] }, 'UnapprovedMailbox'],
    [
      'no approval by the tenant',
      { users: [{ ...works, works: false, approval: 'Approved', tenantApproved: false }] },
      'IncomingEmailS2SApprovalNeeded',
    ],
    ['no licence', { users: [{ ...works, licensed: false }] }, '8005E276'],
    ['another access mode', { users: [{ ...works, accessMode: 'Administrative' }] }, '8005E276'],
    [
      'no profile',
      { users: [{ ...works, mailbox: { emailserverprofile: null } }] },
      'InvalidIncomingEmailServerProfile',
    ],
    [
      'an inactive profile',
      { profiles: [{ name: 'Microsoft Exchange Online', statecode: 'Inactive', statuscode: 'Inactive' }] },
      'InvalidIncomingEmailServerProfile',
    ],
    ['no address', { users: [{ ...works, emailAddress: null }] }, 'InvalidEmailAddressInMailbox'],
    [
      'no credentials for POP3',
      { profiles: [pop3], users: [{ ...works, mailbox: { emailserverprofile: 'POP3' } }] },
      'CannotUseUserCredentials',
    ],
    [
      'a wrong password for POP3',
      {
        profiles: [pop3],
        users: [{ ...works, mailbox: { ...credentials, password: 'wrong' } }],
        ...server({ password: 'right' }),
      },
      'IncomingEmailAuthenticationError',
    ],
  ])('%s', async (_name, changes, code) => {
    const { client, emulator, path } = await startTest(changes);
    emulator.clock.advance(3 * minute);
    expect(results((await client.get(path)).body)).toEqual([false, 2, 2, 2]);
    const texts = ((await client.get('tracelogs?$select=text')).body.value ?? []).map((row) => row.text);
    expect(texts.some((text) => String(text).includes(`Email Server Error Code: ${code}`))).toBe(true);
    expect((await client.control('GET', 'stats')).body.messages).toEqual({});
  });

  it.each<readonly [string, object, readonly unknown[]]>([
    ['fails while the mailbox has not signed in', {}, [false, 2, 2, 2]],
    ['passes once it has', { AuthCode: '4/abc' }, [false, 1, 1, 1]],
  ])('Gmail: %s', async (_name, sent, expected) => {
    const gmail = {
      name: 'Gmail',
      servertype: 1,
      incomingcredentialretrieval: 5,
      outgoingcredentialretrieval: 5,
      oauthclientid: 'client',
      oauthclientsecret: 'secret of the client',
    };
    const { client, emulator } = open({
      profiles: [gmail],
      users: [{ ...works, mailbox: { emailserverprofile: 'Gmail' } }],
    });
    const { mailboxid: MailboxId } = await client.find('mailboxes', 'emailaddress', bob);
    const signIn = await client.call('POST', 'ExchangeGmailAuthorizationCode', { ...sent, MailboxId });
    expect(signIn.status).toBe('AuthCode' in sent ? 204 : 400);
    const path = `mailboxes(${MailboxId})`;
    await client.patch(path, { testemailconfigurationscheduled: true });
    emulator.clock.advance(3 * minute);
    const { body } = await client.get(path);
    expect([results(body), body.isoauthrefreshtokenset, body.oauthrefreshtoken]).toEqual([
      expected,
      'AuthCode' in sent,
      null,
    ]);
  });

  it('refuses the sign-in to Google of a mailbox that does not use it', async () => {
    const { client } = open();
    const { mailboxid } = await client.find('mailboxes', 'emailaddress', bob);
    const body = { AuthCode: '4/abc', MailboxId: mailboxid };
    expect((await client.call('POST', 'ExchangeGmailAuthorizationCode', body)).status).toBe(400);
    expect((await client.get('ExchangeGmailAuthorizationCode')).status).toBe(404);
  });

  it('passes with the right password', async () => {
    const changes = {
      profiles: [pop3],
      users: [{ ...works, mailbox: credentials }],
      ...server({ password: 'right' }),
    };
    const { client, emulator, path } = await startTest(changes);
    emulator.clock.advance(3 * minute);
    expect(results((await client.get(path)).body)).toEqual([false, 1, 1, 1]);
  });

  it('leaves no alert where error alerts are off', async () => {
    const changes = {
      ...server({ incoming: 'permanent:8005E272' }),
      organization: { generatealertsforerrors: false },
    };
    const { client, emulator } = await startTest(changes);
    emulator.clock.advance(3 * minute);
    expect(await alerts(client)).toEqual([]);
  });
});

describe('an edit together with a test', () => {
  it.each<readonly [string, number, boolean, number]>([
    ['accepted', 204, true, 0],
    ['testIgnored', 204, false, 0],
    ['refused', 400, false, 2],
  ])('is %s', async (editWithTest, status, scheduled, method) => {
    const { client } = open({ switches: { editWithTest } });
    const user = await client.find('systemusers', 'domainname', bob);
    const path = `mailboxes(${user._defaultmailbox_value})`;
    const answer = await client.patch(path, {
      outgoingemaildeliverymethod: 0,
      testemailconfigurationscheduled: true,
    });
    const { body } = await client.get(path);
    expect([answer.status, body.testemailconfigurationscheduled, body.outgoingemaildeliverymethod]).toEqual([
      status,
      scheduled,
      method,
    ]);
  });

  it.each<readonly [string, object, number]>([
    ['any', { name: 'x' }, 400],
    ['config', { name: 'x' }, 204],
    ['config', { outgoingemaildeliverymethod: 0 }, 400],
    ['allowed', { outgoingemaildeliverymethod: 0 }, 204],
  ])('savesDuringTest %s: %j gives %i', async (savesDuringTest, body, status) => {
    const { client, path } = await startTest({ switches: { savesDuringTest } });
    expect((await client.patch(path, body)).status).toBe(status);
  });
});

describe('a changed profile or method', () => {
  it.each<readonly [string, object, readonly unknown[]]>([
    ['direction', { outgoingemaildeliverymethod: 0 }, [1, 0]],
    ['all', { outgoingemaildeliverymethod: 0 }, [0, 0]],
    ['none', { outgoingemaildeliverymethod: 0 }, [1, 1]],
    ['direction', { 'emailserverprofile@odata.bind': null }, [0, 0]],
    ['none', { 'emailserverprofile@odata.bind': null }, [1, 1]],
  ])('resets %s: %j', async (choice, body, expected) => {
    const { client } = open({ switches: { methodChangeResets: choice, profileChangeResets: choice } });
    const user = await client.find('systemusers', 'domainname', bob);
    const path = `mailboxes(${user._defaultmailbox_value})`;
    expect((await client.patch(path, body)).status).toBe(204);
    const row = (await client.get(path)).body;
    expect([row.incomingemailstatus, row.outgoingemailstatus]).toEqual(expected);
  });
});
