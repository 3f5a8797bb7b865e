import { describe, expect, it } from 'vitest';
import { type Client, open } from '../test-client.ts';
import { mailboxRules } from './mailbox-rules.ts';
import { profileRules } from './profile-rules.ts';

const exchange = {
  name: 'P',
  servertype: 2,
  incomingcredentialretrieval: 1,
  incomingusername: 'u',
  incomingpassword: 'p',
  incomingserverlocation: 'https://mail.contoso.com/ews',
};
const pop3 = {
  name: 'P',
  servertype: 1,
  incomingcredentialretrieval: 0,
  incomingserverlocation: 'pop3.contoso.com',
  outgoingserverlocation: 'smtp.contoso.com',
};
const own = {
  usesamesettingsforoutgoingconnections: false,
  outgoingcredentialretrieval: 1,
  outgoingusername: 'u',
  outgoingpassword: 'p',
};

describe('profiles', () => {
  it.each<readonly [string, object]>([
    ['a plain POP3 profile', pop3],
    ['a plain Exchange profile', exchange],
    ['Exchange Online', { name: 'P', servertype: 0, incomingcredentialretrieval: 2, useautodiscover: true }],
    [
      'Gmail',
      {
        name: 'P',
        servertype: 1,
        incomingcredentialretrieval: 5,
        oauthclientid: 'x',
        oauthclientsecret: 'y',
      },
    ],
    ['own outgoing credentials', { ...exchange, ...own }],
  ])('%s is saved', async (_name, body) => {
    expect((await open().client.call('POST', 'emailserverprofiles', body)).status).toBe(204);
  });

  it.each<readonly [string, object]>([
    ['0x8005e201', { ...pop3, incomingusessl: false }],
    ['0x8005e202', { ...exchange, incomingcredentialretrieval: 3 }],
    ['0x8005e203', { ...exchange, incomingcredentialretrieval: 4 }],
    ['0x8005e204', { ...pop3, useautodiscover: true }],
    ['0x8005e218', { ...exchange, defaultserverlocation: 'mail contoso' }],
    ['0x8005e245', { ...pop3, servertype: 4, incomingcredentialretrieval: 2 }],
    ['0x8005e205', { ...exchange, useautodiscover: true }],
    ['0x8005e214', { ...pop3, incomingcredentialretrieval: 1 }],
    ['0x8005e235', { ...pop3, outgoingautograntdelegateaccess: true }],
    ['0x8005e236', { ...pop3, incominguseimpersonation: true }],
    ['0x8005e238', { ...exchange, outgoingusername: 'u' }],
    ['0x8005e238', { ...pop3, outgoingusername: 'u' }],
    ['0x8005e23c', { ...pop3, incomingauthenticationprotocol: 2 }],
    ['0x8005e23b', { ...pop3, incomingauthenticationprotocol: 4 }],
    ['0x8005e240', { ...exchange, incomingserverlocation: 'http://mail.contoso.com' }],
    ['0x8005e241', { ...exchange, ...own, outgoingserverlocation: 'http://mail.contoso.com' }],
    ['0x8005e255', { ...exchange, defaultserverlocation: 'http://mail.contoso.com' }],
    ['0x8005e20a', { ...exchange, incomingserverlocation: 'mail contoso' }],
    ['0x8005e24b', { ...pop3, incomingserverlocation: null }],
    ['0x8005e24c', { ...pop3, outgoingserverlocation: null }],
    ['0x8005e250', { ...exchange, incomingserverlocation: null }],
    ['0x8005e24d', { ...exchange, incominguseimpersonation: true, incomingusername: null }],
    ['0x8005e24e', { ...exchange, incominguseimpersonation: true, incomingpassword: null }],
    ['0x8005e251', { ...exchange, incomingusername: null }],
    ['0x8005e252', { ...exchange, ...own, outgoingusername: null }],
    ['0x8005e253', { ...exchange, incomingpassword: null }],
    ['0x8005e254', { ...exchange, ...own, outgoingpassword: null }],
    ['0x8005e25a', { ...exchange, incomingcredentialretrieval: 7, usedefaulttenantid: false }],
    ['0x8005e25b', { ...exchange, exchangeonlinetenantid: 'not-a-guid' }],
  ])('%s', async (code, body) => {
    const answer = await open().client.call('POST', 'emailserverprofiles', body);
    expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
  });

  it.each<readonly [string, object]>([
    ['0x8005e24f', { incomingportnumber: null }],
    ['0x8005e256', { outgoingportnumber: null }],
  ])('%s on an update', async (code, body) => {
    const { client } = open({ profiles: [pop3] });
    const { emailserverprofileid } = await client.find('emailserverprofiles', 'name', 'P');
    expect((await client.patch(`emailserverprofiles(${emailserverprofileid})`, body)).body.error?.code).toBe(
      code,
    );
  });

  it('fills in the ports of POP3', async () => {
    const { client } = open();
    await client.call('POST', 'emailserverprofiles', pop3);
    const row = await client.find('emailserverprofiles', 'name', 'P');
    expect([row.incomingportnumber, row.outgoingportnumber]).toEqual([995, 587]);
  });

  it('shows flags, never secrets', async () => {
    const { client } = open();
    const made = await client.call('POST', 'emailserverprofiles', exchange, {
      prefer: 'return=representation',
    });
    expect([made.body.isincomingpasswordset, made.body.incomingpassword]).toEqual([true, null]);
  });

  it('takes its links along when it goes', async () => {
    const { client } = open();
    const { emailserverprofileid: id } = await client.find(
      'emailserverprofiles',
      'name',
      'Microsoft Exchange Online',
    );
    expect((await client.call('DELETE', `emailserverprofiles(${id})`)).status).toBe(204);
    expect((await client.find('mailboxes', 'name', 'Support'))._emailserverprofile_value).toBe(null);
    const { body } = await client.get('organizations?$select=_defaultemailserverprofileid_value');
    expect(body.value?.[0]?._defaultemailserverprofileid_value).toBe(null);
  });
});

async function mailboxPath(client: Client, set: string, column: string, name: string): Promise<string> {
  const row = await client.find(set, column, name);
  return `mailboxes(${row.mailboxid ?? row._defaultmailbox_value})`;
}

describe('mailboxes', () => {
  const user = ['systemusers', 'domainname', 'alice@contoso.com'] as const;
  const disabled = ['systemusers', 'domainname', 'carla@contoso.com'] as const;
  const queue = ['queues', 'name', 'Support'] as const;
  const forward = ['mailboxes', 'name', 'Inbound'] as const;
  it.each<readonly [string, readonly [string, string, string], object]>([
    ['0x8005e211', forward, { emailaddress: null }],
    ['0x8005e212', forward, { incomingemaildeliverymethod: 3 }],
    ['0x8005e213', forward, { outgoingemaildeliverymethod: 2 }],
    ['0x8005e210', queue, { incomingemaildeliverymethod: 1 }],
    ['0x8005e233', user, { processanddeleteemails: true }],
    ['0x8005e209', user, { allowemailconnectortousecredentials: true }],
    ['0x8005e230', disabled, { statecode: 0, statuscode: 1 }],
    ['0x8005e244', user, { processemailreceivedafter: '1899-12-31' }],
  ])('%s', async (code, [set, column, name], body) => {
    const { client } = open();
    const answer = await client.patch(await mailboxPath(client, set, column, name), body);
    expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
  });

  it('0x8005e247: appointments with POP3', async () => {
    const { client } = open({ profiles: [pop3], organization: { defaultemailserverprofileid: 'P' } });
    const path = await mailboxPath(client, ...user);
    expect((await client.patch(path, { actdeliverymethod: 1 })).body.error?.code).toBe('0x8005e247');
  });

  it('may be edited elsewhere while a rule is broken already', async () => {
    const { client } = open({ queues: [{ name: 'Q', mailbox: { incomingemaildeliverymethod: 1 } }] });
    expect(
      (await client.patch(await mailboxPath(client, 'queues', 'name', 'Q'), { undeliverablefolder: 'x' }))
        .status,
    ).toBe(204);
  });
});

it('names every rule once', () => {
  const names = [...mailboxRules, ...profileRules].map(
    (rule) => `${rule.name} ${rule.code} ${rule.columns.join()}`,
  );
  expect(new Set(names).size).toBe(names.length);
});
