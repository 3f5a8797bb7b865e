import { describe, expect, it } from 'vitest';
import { open } from '../test-client.ts';

describe('an update of a user or queue', () => {
  it.each([
    ['inactive', 1],
    ['unchanged', 0],
  ])(
    'disabling a user with disabledUserMailbox %s leaves its mailbox in state %i',
    async (disabledUserMailbox, state) => {
      const { client } = open({ switches: { disabledUserMailbox } });
      const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
      await client.patch(`systemusers(${bob.systemuserid})`, { isdisabled: true });
      expect((await client.get(`mailboxes(${bob._defaultmailbox_value})`)).body.statecode).toBe(state);
    },
  );

  it('does not touch the names and addresses of an application user', async () => {
    const { client } = open({
      users: [{ signIn: 'app', applicationId: '11111111-1111-4111-8111-111111111111' }],
    });
    const app = await client.find('systemusers', 'domainname', 'app');
    const answer = await client.patch(`systemusers(${app.systemuserid})`, {
      internalemailaddress: 'x@contoso.com',
    });
    expect([answer.status, answer.body.error?.code]).toEqual([400, '0x80041d48']);
  });

  it('gives the mailbox of a queue to the new owner of the queue', async () => {
    const { client } = open();
    const queue = await client.find('queues', 'name', 'Support');
    const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
    const bind = { 'ownerid@odata.bind': `/systemusers(${bob.systemuserid})` };
    expect((await client.patch(`queues(${queue.queueid})`, bind)).status).toBe(204);
    const { body } = await client.get(`mailboxes(${queue._defaultmailbox_value})`);
    expect([body._ownerid_value, body._owningbusinessunit_value]).toEqual([
      bob.systemuserid,
      bob._businessunitid_value,
    ]);
  });

  it('approves the address that stands in the same request', async () => {
    const { client } = open();
    const queue = await client.find('queues', 'name', 'Support');
    const body = { emailaddress: 'help@contoso.com', emailrouteraccessapproval: 1 };
    await client.patch(`queues(${queue.queueid})`, body);
    const mailbox = (await client.get(`mailboxes(${queue._defaultmailbox_value})`)).body;
    expect([mailbox.emailaddress, mailbox.emailrouteraccessapproval]).toEqual(['help@contoso.com', 1]);
  });

  it('leaves a difference between user and mailbox alone', async () => {
    const user = {
      signIn: 'eve@contoso.com',
      approval: 'Approved',
      mailbox: { emailrouteraccessapproval: 'Pending Approval' },
    };
    const { client } = open({ users: [user] });
    const eve = await client.find('systemusers', 'domainname', 'eve@contoso.com');
    const path = `mailboxes(${eve._defaultmailbox_value})`;
    await client.patch(`systemusers(${eve.systemuserid})`, { personalemailaddress: 'e@contoso.com' });
    await client.patch(path, { undeliverablefolder: 'x' });
    expect((await client.get(path)).body.emailrouteraccessapproval).toBe(2);
    expect((await client.get(`systemusers(${eve.systemuserid})`)).body.emailrouteraccessapproval).toBe(1);
  });

  it('takes the mailbox along when a queue is deleted', async () => {
    const { client } = open();
    const queue = await client.find('queues', 'name', 'Support');
    expect((await client.call('DELETE', `queues(${queue.queueid})`)).status).toBe(204);
    expect((await client.get(`mailboxes(${queue._defaultmailbox_value})`)).status).toBe(404);
  });
});
