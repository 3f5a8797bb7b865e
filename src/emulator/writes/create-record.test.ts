import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { open } from '../test-client.ts';

const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/recorded-mailbox.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>;

/** Columns whose value belongs to the one environment and moment that was recorded. */
const own =
  /^(@odata|_(owner|owning|created|modified|organization).*|createdon|modifiedon|versionnumber|mailboxid)/;

function comparable(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([key]) => !own.test(key))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

describe('a mailbox that a caller creates', () => {
  it('has the columns, defaults and "never" dates of a recorded one', async () => {
    const { client } = open({ switches: { newestColumns: false } });
    const body = { name: 'contoso', emailaddress: 'contoso@contoso.com' };
    const made = await client.call('POST', 'mailboxes', body, { prefer: 'return=representation' });
    expect(made.status).toBe(201);
    expect(Object.keys(made.body).sort()).toEqual(Object.keys(recorded).sort());
    expect(comparable(made.body)).toEqual(comparable(recorded));
  });

  it('has more columns in a newer environment', async () => {
    const { client } = open();
    const made = await client.call(
      'POST',
      'mailboxes',
      { name: 'x', emailaddress: 'x@contoso.com' },
      { prefer: 'return=representation' },
    );
    const added = Object.keys(made.body).filter((key) => !(key in recorded));
    expect(added.sort()).toEqual([
      '_emailaddressapprovedby_value',
      '_testandenablelastattemptedby_value',
      'acsenabledforoutgoingemail',
      'acsmailfromcreated',
      'acsoutgoingemailstatus',
      'emailaddressapprovedon',
      'lastincomingemailsrequestedfromemailserveron',
      'testandenablelastattemptedon',
    ]);
  });
});

describe('what the platform makes', () => {
  it('gives a new queue its mailbox, with the default profile and methods', async () => {
    const { client } = open();
    await client.call('POST', 'queues', { name: 'Orders', emailaddress: 'orders@contoso.com' });
    const queue = await client.find('queues', 'name', 'Orders');
    const { body } = await client.get(`mailboxes(${queue.defaultmailbox ?? queue._defaultmailbox_value})`);
    expect({
      forward: body.isforwardmailbox,
      regarding: body._regardingobjectid_value,
      address: body.emailaddress,
      profile: body._emailserverprofile_value,
      methods: [body.incomingemaildeliverymethod, body.outgoingemaildeliverymethod, body.actdeliverymethod],
      approval: body.emailrouteraccessapproval,
    }).toEqual({
      forward: false,
      regarding: queue.queueid,
      address: 'orders@contoso.com',
      profile: '7eedeb22-6a30-4a66-808b-00c25a95b03f',
      methods: [2, 2, 2],
      approval: 2,
    });
  });

  it('gives a new user a mailbox and a private queue whose mailbox has no address', async () => {
    const { client } = open();
    const body = {
      domainname: 'dana@contoso.com',
      internalemailaddress: 'dana@contoso.com',
      firstname: 'Dana',
      lastname: 'Eriksen',
    };
    expect((await client.call('POST', 'systemusers', body)).status).toBe(204);
    const user = await client.find('systemusers', 'domainname', 'dana@contoso.com');
    const queue = await client.find('queues', 'name', '<Dana Eriksen>');
    const mailbox = await client.get(`mailboxes(${queue._defaultmailbox_value})`);
    expect([user._queueid_value, queue.queueviewtype, mailbox.body.emailaddress]).toEqual([
      queue.queueid,
      1,
      null,
    ]);
    expect((await client.get(`mailboxes(${user._defaultmailbox_value})`)).body.name).toBe('Dana Eriksen');
  });

  it.each([
    ['auto', 'frida@contoso.com', 1],
    ['auto', 'someone@contoso.com', 2],
    ['pending', 'frida@contoso.com', 2],
    ['empty', 'frida@contoso.com', 0],
  ])(
    'with freshUserApproval %s and address %s the approval is %i',
    async (freshUserApproval, address, approval) => {
      const { client } = open({ switches: { freshUserApproval } });
      await client.call('POST', 'systemusers', {
        domainname: 'Frida@contoso.com',
        internalemailaddress: address,
      });
      const user = await client.find('systemusers', 'domainname', 'frida@contoso.com');
      expect(user.emailrouteraccessapproval).toBe(approval);
    },
  );

  it('ignores nothing silently: a test flag on creation starts a test', async () => {
    const { client, emulator } = open();
    const body = { name: 'x', emailaddress: 'x@contoso.com', testemailconfigurationscheduled: true };
    await client.call('POST', 'mailboxes', body);
    emulator.clock.advance(240_000);
    expect((await client.find('mailboxes', 'name', 'x')).incomingemailstatus).toBe(1);
  });
});
