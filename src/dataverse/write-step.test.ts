import { describe, expect, it } from 'vitest';
import type { FaultEntry } from '../emulator/organization.ts';
import type { Value } from '../model/value.ts';
import { ORGANIZATION_ID } from './emulated.test-support.ts';
import { newRecord } from './record-id.ts';
import {
  ALICE,
  bench,
  DONE,
  EXCHANGE,
  FORWARD,
  POP3,
  QUEUE,
  SECRET,
  step,
} from './write-bench.test-support.ts';

describe('updates', () => {
  it('write the columns of the step and nothing else', async () => {
    const { write, read, writes } = await bench();
    const result = await write(
      step('edit', QUEUE, {
        serverProfile: { ref: EXCHANGE },
        outgoing: 'none',
        'credentials.username': 'support',
      }),
    );
    expect(result).toEqual(DONE);
    expect(writes()).toEqual([
      'PATCH mailboxes emailserverprofile@odata.bind outgoingemaildeliverymethod username',
    ]);
    expect((await read(QUEUE)).fields).toMatchObject({
      serverProfile: { ref: EXCHANGE },
      outgoing: 'none',
      'credentials.username': 'support',
    });
  });

  it.each([
    ['a user', ALICE, 'PATCH systemusers internalemailaddress'],
    ['a queue', QUEUE, 'PATCH queues emailaddress'],
    ['a forward mailbox', FORWARD, 'PATCH mailboxes emailaddress'],
  ])('write the e-mail address where it belongs: %s', async (_name, address, sent) => {
    const { write, read, writes } = await bench();
    expect(await write(step('readdress', address, { emailAddress: 'new@contoso.com' }))).toEqual(DONE);
    expect(writes()).toEqual([sent]);
    expect((await read(address)).fields.emailAddress).toBe('new@contoso.com');
  });

  it.each([
    ['approve', ALICE, 'approved', 'PATCH systemusers emailrouteraccessapproval'],
    ['approve', QUEUE, 'approved', 'PATCH queues emailrouteraccessapproval'],
    ['reject', QUEUE, 'rejected', 'PATCH queues emailrouteraccessapproval'],
    ['reject', FORWARD, 'rejected', 'PATCH mailboxes emailrouteraccessapproval'],
  ] as const)('%s %s with one column', async (verb, address, approved, sent) => {
    const { write, read, writes } = await bench({
      callers: [
        {
          token: 'admin',
          user: 'alice@contoso.com',
          roles: ['System Administrator', 'Delegated Mailbox Approver'],
          tenantRoles: ['global-admin'],
        },
      ],
    });
    expect(await write(step(verb, address, { approved }))).toEqual(DONE);
    expect(writes()).toEqual([sent]);
    expect((await read(address)).fields.approved).toBe(approved);
  });

  it('keep what shares a column: two methods in one text', async () => {
    const { write, read, writes } = await bench();
    const set = {
      'newMailboxes.incoming': 'none',
      'newMailboxes.appointmentsContactsTasks': 'server-side-sync',
    };
    expect(await write(step('edit', 'settings:email', set))).toEqual(DONE);
    expect(writes()).toEqual(['PATCH organizations defaultemailsettings']);
    expect((await read('settings:email')).fields).toMatchObject({
      'newMailboxes.incoming': 'none',
      'newMailboxes.outgoing': 'server-side-sync',
      'newMailboxes.appointmentsContactsTasks': 'server-side-sync',
    });
  });

  it('request a test, and are busy while it is under way', async () => {
    const { write, read } = await bench();
    expect(await write(step('test', QUEUE, { testAndEnable: true }))).toEqual(DONE);
    expect((await read(QUEUE)).fields['tests.scheduled']).toBe(true);
    expect(await write(step('edit', QUEUE, { outgoing: 'none' }))).toEqual({ kind: 'busy' });
  });

  it('request a test and mark this organization with one request', async () => {
    const { write, read, writes } = await bench();
    const set = { testAndEnable: true, syncFromThisOrganizationOnly: true };
    expect(await write(step('test', ALICE, set))).toEqual(DONE);
    expect(writes()).toEqual([
      'PATCH mailboxes orgmarkedasprimaryforexchangesync testemailconfigurationscheduled',
    ]);
    expect((await read(ALICE)).fields).toMatchObject({
      'tests.scheduled': true,
      syncFromThisOrganizationOnly: true,
    });
  });

  it('rename a profile', async () => {
    const { write, read, writes } = await bench({ profiles: [{ name: 'Microsoft Exchange Online' }] });
    expect(await write(step('edit', EXCHANGE, { name: 'Exchange of the office' }))).toEqual(DONE);
    expect(writes()).toEqual(['PATCH emailserverprofiles name']);
    expect((await read(EXCHANGE)).fields.name).toBe('Exchange of the office');
  });

  it('change the state with both columns', async () => {
    const { write, read, writes } = await bench();
    expect(await write(step('deactivate', QUEUE, { state: 'inactive' }))).toEqual(DONE);
    expect(writes()).toEqual(['PATCH mailboxes statecode statuscode']);
    expect((await read(QUEUE)).fields.state).toBe('inactive');
  });

  it('resolve secrets into the request that sets them alone', async () => {
    const { write, read, emulator } = await bench();
    const set = {
      credentials: 'allowed',
      'credentials.username': 'support',
      'credentials.password': { secret: 'env:SUPPORT_PASSWORD' },
    };
    expect(await write(step('edit', QUEUE, set))).toEqual(DONE);
    expect((await read(QUEUE)).fields['credentials.password']).toEqual({ is_set: true });
    expect(JSON.stringify(emulator.log)).not.toContain('S3cr');
  });
});

describe('proof', () => {
  it('makes a write of an older version a conflict', async () => {
    const { write, transport, records } = await bench();
    const id = records[QUEUE]?.[0]?.id;
    const elsewhere = () => transport.patch(`mailboxes(${id})`, { username: 'other' }, { 'If-Match': '*' });
    expect(await write(step('edit', QUEUE, { outgoing: 'none' }), elsewhere)).toEqual({ kind: 'conflict' });
  });

  it('is needed: a reading from anywhere else sends nothing', async () => {
    const { writer, records, read, writes } = await bench();
    const reading = {
      ...(await read(QUEUE)),
      proof: { record: { self: {}, owner: null, ownerTable: null } },
    };
    const made = [{ step: step('edit', QUEUE, { outgoing: 'none' }), reading }];
    await expect(writer.write(made, records)).rejects.toThrow(
      `The reading of ${QUEUE} was not made by this reader`,
    );
    expect(writes()).toEqual([]);
  });

  it('refuses to update what is gone, before and after the reading', async () => {
    const { write, transport, records, writes } = await bench();
    const id = records[FORWARD]?.[0]?.id;
    const remove = () => transport.delete(`mailboxes(${id})`, { 'If-Match': '*' });
    const edit = step('edit', FORWARD, { incoming: 'none' });
    expect(await write(edit, remove)).toMatchObject({ kind: 'refused', status: 404, code: '0x80040217' });
    expect(await write(edit)).toEqual({
      kind: 'refused',
      status: 0,
      code: null,
      message: 'The record is gone, or cannot be seen any more',
      hint: 'Run plan again.',
    });
    expect(writes()).toEqual(['DELETE mailboxes', 'PATCH mailboxes incomingemaildeliverymethod']);
  });
});

describe('creations', () => {
  const create = step('create', POP3, {
    name: 'Support POP3',
    type: 'pop3-smtp',
    state: 'active',
    'incoming.server': 'pop3.contoso.com',
    'incoming.port': 995,
    'incoming.ssl': true,
    'incoming.authentication': 'user-or-queue',
    'outgoing.server': 'smtp.contoso.com',
    'outgoing.port': 587,
    'outgoing.ssl': true,
    'outgoing.authentication': 'user-or-queue',
  });

  it('make a profile with the id that follows from its address', async () => {
    const { write, read, records } = await bench();
    expect(await write(create)).toEqual(DONE);
    const reading = await read(POP3);
    expect(reading.exists).toBe(true);
    expect(reading.fields).toMatchObject({ name: 'Support POP3', type: 'pop3-smtp', state: 'active' });
    expect(records[POP3]).toEqual([
      { role: 'self', table: 'emailserverprofile', id: newRecord(ORGANIZATION_ID, POP3).id, new: true },
    ]);
  });

  it('that are sent twice make one record', async () => {
    const { write, read, writer, records } = await bench();
    const reading = await read(POP3);
    expect(await writer.write([{ step: create, reading }], records)).toEqual([DONE]);
    expect(await writer.write([{ step: create, reading }], records)).toEqual([{ kind: 'conflict' }]);
    expect(await write(create)).toEqual({ kind: 'conflict' });
  });

  it('are named in later readings and references', async () => {
    const { write, read } = await bench();
    await write(create);
    const set = { serverProfile: { ref: 'profile:support pop3' }, appointmentsContactsTasks: 'none' };
    expect(await write(step('edit', QUEUE, set))).toEqual(DONE);
    expect((await read(QUEUE)).fields.serverProfile).toEqual({ ref: POP3 });
  });

  it.each([
    ['0', 0],
    ['3', 3],
  ])(
    'of Exchange Online take the number of one that is there: %s',
    async (exchangeOnlineServerType, number) => {
      const { write, transport } = await bench({ switches: { exchangeOnlineServerType } });
      const type = step('create', POP3, {
        name: 'Support POP3',
        'incoming.authentication': 'server-to-server',
        'outgoing.authentication': 'server-to-server',
        type: 'exchange-online',
      });
      expect(await write(type)).toEqual(DONE);
      const { id } = newRecord(ORGANIZATION_ID, POP3);
      const { body } = await transport.get(`emailserverprofiles(${id})?$select=servertype,useautodiscover`);
      expect([body.servertype, body.useautodiscover]).toEqual([number, true]);
    },
  );

  it('make a forward mailbox', async () => {
    const { write, read } = await bench();
    const set = {
      name: 'New',
      emailAddress: 'new@contoso.com',
      incoming: 'server-side-sync',
      outgoing: 'none',
    };
    expect(await write(step('create', 'mailbox:forward/New', set))).toEqual(DONE);
    expect((await read('mailbox:forward/New')).fields).toMatchObject(set);
  });

  it('cannot begin inactive', async () => {
    const { write, writes } = await bench();
    expect(
      await write(step('create', POP3, { name: 'Support POP3', type: 'gmail', state: 'inactive' })),
    ).toMatchObject({
      kind: 'refused',
      status: 0,
      message: 'A new record is always active',
    });
    expect(writes()).toEqual([]);
  });
});

describe('deletions', () => {
  it('take the record away, once', async () => {
    const { write, read } = await bench();
    expect(await write(step('delete', FORWARD))).toEqual(DONE);
    expect((await read(FORWARD)).exists).toBe(false);
    expect(await write(step('delete', FORWARD))).toEqual(DONE);
  });

  it('are sent for the version that was read, and for no other', async () => {
    const { write, transport, records } = await bench();
    const id = records[FORWARD]?.[0]?.id;
    const elsewhere = () => transport.patch(`mailboxes(${id})`, { username: 'other' }, { 'If-Match': '*' });
    expect(await write(step('delete', FORWARD), elsewhere)).toEqual({ kind: 'conflict' });
  });

  it('of what went since the reading are done', async () => {
    const { write, transport, records } = await bench();
    const id = records[FORWARD]?.[0]?.id;
    const remove = () => transport.delete(`mailboxes(${id})`, { 'If-Match': '*' });
    expect(await write(step('delete', FORWARD), remove)).toEqual(DONE);
  });

  it('of a profile', async () => {
    const { write, read, writes } = await bench({ profiles: [{ name: 'Microsoft Exchange Online' }] });
    expect(await write(step('delete', EXCHANGE))).toEqual(DONE);
    expect(writes()).toEqual(['DELETE emailserverprofiles']);
    expect((await read(EXCHANGE)).exists).toBe(false);
  });

  it('of a mailbox with an owner are refused with a way out', async () => {
    const { write } = await bench();
    expect(await write(step('delete', QUEUE))).toMatchObject({
      kind: 'refused',
      code: expect.stringMatching(/^0x8005E200$/iu),
      hint: expect.stringContaining('Deactivate it with "state: inactive", or delete the user or queue.'),
    });
  });
});

describe('answers', () => {
  const PATCH = { method: 'PATCH' } as const;
  const edit = step('edit', QUEUE, { outgoing: 'none' });

  it.each([
    [
      'throttled',
      { ...PATCH, status: 429, code: '0x80072322', retryAfter: 30 },
      { kind: 'throttled', retryAfterMs: 30_000 },
    ],
    ['lost before it arrived', { ...PATCH, drop: 'before' }, { kind: 'lost' }],
    ['lost after it arrived', { ...PATCH, drop: 'after' }, { kind: 'lost' }],
    ['a gateway page', { ...PATCH, status: 503, html: true }, { kind: 'lost' }],
    [
      'refused by the service',
      { ...PATCH, status: 403, code: '0x80040220', message: 'missing prvWriteMailbox' },
      { kind: 'refused', status: 403, code: '0x80040220' },
    ],
    ['of an older version', { ...PATCH, status: 412, code: '0x80060882' }, { kind: 'conflict' }],
    [
      'of a duplicate, which no reading mends',
      { ...PATCH, status: 412, code: '0x80040237' },
      { kind: 'refused', status: 412, code: '0x80040237' },
    ],
  ] satisfies [string, FaultEntry, unknown][])('%s', async (_name, fault, result) => {
    const { write, writes } = await bench({}, [fault]);
    expect(await write(edit)).toMatchObject(result as object);
    expect(writes().length).toBeLessThanOrEqual(1);
  });

  it('are rid of secrets', async () => {
    const fault = { ...PATCH, status: 400, code: '0x80040203', message: `Bad value ${SECRET}` };
    const { write } = await bench({}, [fault]);
    const set = { 'credentials.password': { secret: 'env:SUPPORT_PASSWORD' } };
    const result = await write(step('edit', QUEUE, set));
    expect(result).toMatchObject({ kind: 'refused', status: 400 });
    expect(JSON.stringify(result)).not.toContain('S3cr');
  });
});

describe('what cannot be sent is refused before a byte leaves', () => {
  it.each([
    [
      'a secret that is not there',
      { 'credentials.password': { secret: 'env:NONE' } },
      'env:NONE: the environment variable is not set',
    ],
    [
      'a reference to nothing',
      { serverProfile: { ref: 'profile:None' } },
      'profile:None is not there, or more than one has this name',
    ],
    ['a field that is not written', { 'tests.incoming': 'success' }, '"tests.incoming" is not written'],
    ['an unknown field', { colour: 'red' }, 'A mailbox has no field "colour"'],
    ['an unknown choice', { incoming: 'pigeon' }, 'incomingemaildeliverymethod takes no "pigeon"'],
    [
      'an approval among other fields',
      { approved: 'approved', incoming: 'none' },
      'An approval is a step of its own',
    ],
  ] satisfies [string, Readonly<Record<string, Value>>, string][])('%s', async (_name, set, words) => {
    const { write, writes } = await bench();
    expect(await write(step('edit', QUEUE, set))).toEqual({
      kind: 'refused',
      status: 0,
      code: null,
      message: `${QUEUE}: ${words}; nothing was sent`,
      hint: null,
    });
    expect(writes()).toEqual([]);
  });

  it('settings that hold unreadable XML are not written over', async () => {
    const { write, writes, read } = await bench({
      organization: { defaultemailsettings: '<EmailSettings><Broken' },
    });
    expect((await read('settings:email')).fields['newMailboxes.incoming']).toEqual({
      unknown: 'XML that cannot be read',
    });
    const result = await write(step('edit', 'settings:email', { 'newMailboxes.incoming': 'none' }));
    expect(result).toMatchObject({ kind: 'refused', status: 0 });
    expect(writes()).toEqual([]);
  });
});
