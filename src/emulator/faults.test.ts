import { describe, expect, it } from 'vitest';
import type { FaultEntry } from './organization.ts';
import { open, testOrganization } from './test-client.ts';

describe('faults', () => {
  it('strikes the nth fitting request, as often as told', async () => {
    const { client } = open({
      faults: [{ table: 'mailbox', method: 'GET', nth: 2, times: 2, status: 503, message: 'busy' }],
    });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await client.get('mailboxes?$top=1')).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect((await client.get('queues')).status).toBe(200);
  });

  it('answers with status, code, words and Retry-After', async () => {
    const { client } = open({
      faults: [{ status: 429, code: '0x80072322', message: 'slow down', retryAfter: 7 }],
    });
    const { status, headers, body } = await client.get('WhoAmI');
    expect([status, headers.get('retry-after'), body.error]).toEqual([
      429,
      '7',
      { code: '0x80072322', message: 'slow down' },
    ]);
  });

  it('can refuse a sign-in, answer a page and cut an answer off', async () => {
    const { client } = open({ faults: [{ status: 401 }, { html: true }, { cut: 20 }] });
    expect((await client.get('WhoAmI')).status).toBe(401);
    const page = await client.get('WhoAmI');
    expect([page.status, page.headers.get('content-type'), page.text.startsWith('<html>')]).toEqual([
      502,
      'text/html',
      true,
    ]);
    await expect(client.get('WhoAmI')).rejects.toThrow(SyntaxError);
  });

  it.each<readonly [string, FaultEntry, readonly number[]]>([
    ['each third', { every: 3, status: 429 }, [200, 200, 429, 200, 200, 429, 200, 200, 429]],
    [
      'each second from the third on',
      { nth: 3, every: 2, status: 429 },
      [200, 200, 429, 200, 429, 200, 429, 200, 429],
    ],
    ['each third, twice', { every: 3, times: 2, status: 429 }, [200, 200, 429, 200, 200, 429, 200, 200, 200]],
    ['only parts of batches', { every: 1, part: true, status: 429 }, Array.from({ length: 9 }, () => 200)],
  ])('strikes %s', async (_name, fault, statuses) => {
    const { client } = open({ faults: [fault] });
    const seen: number[] = [];
    for (const _expected of statuses) seen.push((await client.get('WhoAmI')).status);
    expect(seen).toEqual(statuses);
  });

  it.each<readonly [string, FaultEntry, readonly number[] | null, readonly string[]]>([
    [
      'answers parts of it',
      { part: true, every: 2, status: 429 },
      [204, 429, 204, 429],
      ['1', 'old', '3', 'old'],
    ],
    [
      'counts it and its parts where nothing else is said',
      { nth: 2, status: 429 },
      [429, 204, 204, 204],
      ['old', '2', '3', '4'],
    ],
    [
      'is slow as a whole, and counts no parts then',
      { nth: 2, delay: '10s' },
      [204, 204, 204, 204],
      ['1', '2', '3', '4'],
    ],
    ['not its parts where that is said', { part: false, status: 429 }, null, ['old', 'old', 'old', 'old']],
    ['dies before a part', { method: 'PATCH', nth: 3, drop: 'before' }, null, ['1', '2', 'old', 'old']],
    ['dies after a part', { method: 'PATCH', nth: 3, drop: 'after' }, null, ['1', '2', '3', 'old']],
    ['loses the answer of it all', { drop: 'after' }, null, ['1', '2', '3', '4']],
  ])('at a batch: %s', async (_name, fault, statuses, descriptions) => {
    const names = ['1', '2', '3', '4'];
    const queues = names.map((name) => ({ name, columns: { description: 'old' } }));
    const { client } = open({ queues });
    const rows = await Promise.all(names.map((name) => client.find('queues', 'name', name)));
    const parts = rows.map(
      ({ queueid, name }) =>
        `--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nPATCH /api/data/v9.2/queues(${queueid}) HTTP/1.1\r\nContent-Type: application/json\r\nIf-Match: *\r\n\r\n${JSON.stringify({ description: name })}\r\n`,
    );
    const headers = { 'content-type': 'multipart/mixed; boundary=b', prefer: 'odata.continue-on-error' };
    await client.control('POST', 'faults', fault);
    const answer = await client
      .call('POST', '$batch', `${parts.join('')}--b--\r\n`, headers)
      .catch((error: unknown) => error as Error);
    const seen =
      'status' in answer && answer.status === 200
        ? [...answer.text.matchAll(/^HTTP\/1.1 (\d+)/gm)].map(([, status]) => Number(status))
        : null;
    expect(seen).toEqual(statuses);
    const after = await Promise.all(names.map((name) => client.find('queues', 'name', name)));
    expect(after.map(({ description }) => description)).toEqual(descriptions);
  });

  it('sends a slow body over its time', async () => {
    const { client, emulator } = open({ faults: [{ trickle: '10s' }] });
    const start = emulator.clock.now();
    const { body } = await client.get('WhoAmI');
    expect([body.OrganizationId, emulator.clock.now() - start]).toEqual([
      testOrganization.organizationId,
      10_001,
    ]);
  });

  it.each<readonly ['before' | 'after', string]>([
    ['before', 'Support'],
    ['after', 'Renamed'],
  ])('drops the connection %s the request was handled', async (drop, name) => {
    const { client, emulator } = open({
      faults: [{ method: 'PATCH', emailAddress: 'support@contoso.com', drop }],
    });
    const queue = await client.find('queues', 'name', 'Support');
    await expect(client.patch(`queues(${queue.queueid})`, { name: 'Renamed' })).rejects.toThrow(
      'fetch failed',
    );
    expect((await client.get(`queues(${queue.queueid})`)).body.name).toBe(name);
    expect(emulator.log.map((entry) => entry.fault)).toEqual([undefined, `drop-${drop}`, undefined]);
  });

  it('delays and hangs by the clock', async () => {
    const { client, emulator } = open({ faults: [{ delay: '10s' }, { hang: true }] });
    const start = emulator.clock.now();
    await client.get('WhoAmI');
    expect(emulator.clock.now() - start).toBe(10_001);
    await expect(client.get('WhoAmI')).rejects.toThrow('fetch failed');
    expect(emulator.clock.now() - start).toBe(610_002);
  });

  it('gives up a request that hangs as soon as its client does', async () => {
    const { emulator } = open({ faults: [{ hang: true }] });
    const stop = new AbortController();
    const request = emulator.fetch(new Request(`${emulator.baseUrl}WhoAmI`, { signal: stop.signal }));
    stop.abort(new Error('enough'));
    await expect(request).rejects.toThrow('enough');
  });
});

describe('edits', () => {
  it('changes a row as the engine, without rules and without modifiedon', async () => {
    const { client } = open();
    const before = await client.find('mailboxes', 'name', 'Bob Costa');
    const body = {
      table: 'mailbox',
      emailAddress: 'bob@contoso.com',
      set: { incomingemailstatus: 'Failure', enabledforincomingemail: false },
    };
    expect((await client.control('POST', 'edits', body)).status).toBe(200);
    const after = await client.find('mailboxes', 'name', 'Bob Costa');
    expect([after.incomingemailstatus, after.modifiedon]).toEqual([2, before.modifiedon]);
    expect(after.versionnumber).not.toBe(before.versionnumber);
  });

  it('waits for a time, or for the nth request', async () => {
    const { client, emulator } = open({
      edits: [
        { at: '10m', table: 'queue', name: 'Support', set: { description: 'later' } },
        { nth: 2, as: 'admin', table: 'queue', name: 'Support', set: { description: 'second' } },
      ],
    });
    const path = "queues?$filter=name eq 'Support'&$select=description,_modifiedby_value";
    const descriptions: unknown[] = [];
    for (const wait of [0, 0, 600_000]) {
      emulator.clock.advance(wait);
      descriptions.push((await client.get(path)).body.value?.[0]?.description);
    }
    expect(descriptions).toEqual([null, 'second', 'later']);
  });

  it('lets another environment take a mailbox, until it is taken back', async () => {
    const bob = { signIn: 'bob@contoso.com', works: true, mailbox: { actdeliverymethod: 1 } };
    const { client, emulator } = open({
      users: [bob],
      edits: [{ table: 'mailbox', emailAddress: 'bob@contoso.com', taken: true }],
    });
    const row = await client.find('mailboxes', 'emailaddress', 'bob@contoso.com');
    expect([row.enabledforact, row.enabledforincomingemail]).toEqual([false, false]);
    const path = `mailboxes(${row.mailboxid})`;
    await client.patch(path, { testemailconfigurationscheduled: true });
    emulator.clock.advance(200_000);
    expect((await client.get(path)).body.actstatus).toBe(2);
    await client.patch(path, {
      orgmarkedasprimaryforexchangesync: true,
      testemailconfigurationscheduled: true,
    });
    emulator.clock.advance(200_000);
    expect((await client.get(path)).body.actstatus).toBe(1);
  });
});

describe('the control interface', () => {
  it.each<readonly [string, object]>([
    ['faults', { state: 500 }],
    ['edits', { set: {} }],
    ['edits', { table: 'mailbox', name: 'Nobody', set: {} }],
    ['clock', { advance: 'soon' }],
    ['nosuch', {}],
  ])('refuses a wrong body: %s %j', async (what, body) => {
    const { status } = await open().client.control('POST', what, body);
    expect(status).toBe(what === 'nosuch' ? 404 : 400);
  });

  it('keeps its own requests out of the log, and values out of it', async () => {
    const { client, emulator } = open();
    await client.control('GET', 'stats');
    await client.call('POST', 'mailboxes', { name: 'x', emailaddress: 'x@contoso.com', password: 'canary' });
    expect(emulator.log).toEqual([
      {
        seq: 1,
        time: '2026-11-02T08:00:00.001Z',
        caller: 'admin',
        method: 'POST',
        path: 'mailboxes',
        table: 'mailbox',
        status: 204,
        keys: ['emailaddress', 'name', 'password'],
      },
    ]);
  });

  it('answers the last entries of the log', async () => {
    const { client, emulator } = open();
    for (let index = 0; index < 3; index += 1) await client.get('WhoAmI');
    expect((await client.control('GET', 'log?limit=2')).body).toEqual(emulator.log.slice(1));
    expect(await client.control('GET', 'log?limit=few')).toMatchObject({
      status: 400,
      body: { error: 'limit is a whole number' },
    });
  });

  it.each([
    [{ bogus: 1 }, 'bogus is not known'],
    [{ drop: 'later' }, 'drop must be equal to one of the allowed values: before, after'],
    ['text', 'the body must be object'],
  ])('says what is wrong with the fault %j', async (fault, error) => {
    const { client } = open();
    expect(await client.control('POST', 'faults', fault)).toMatchObject({ status: 400, body: { error } });
  });

  it('lists the faults that are set, with what they have seen and done', async () => {
    const { client } = open({ faults: [{ every: 2, status: 429 }] });
    const none = { path: 'nothing/*', status: 503 };
    await client.control('POST', 'faults', none);
    for (let index = 0; index < 3; index += 1) await client.get('WhoAmI');
    expect((await client.control('GET', 'faults')).body).toEqual([
      { fault: { every: 2, status: 429 }, seen: 3, used: 1 },
      { fault: none, seen: 0, used: 0 },
    ]);
    expect((await client.control('GET', 'stats')).body.traffic).toMatchObject({ throttled: { fault: 1 } });
    await client.control('DELETE', 'faults');
    expect((await client.control('GET', 'faults')).text).toBe('[]');
  });

  it('counts what the service is asked, and from nothing after a reset', async () => {
    const { client } = open({ faults: [{ nth: 2, status: 429, code: '0x80072322' }] });
    const { text } = await client.get('WhoAmI');
    const refused = await client.get('WhoAmI');
    const { body: stats } = await client.control('GET', 'stats');
    const nothing = { work_ms: 0, bytes_in: 0 };
    expect(stats).toEqual({
      messages: {},
      tests: {},
      requests: 2,
      traffic: {
        ...nothing,
        requests: 2,
        operations: 1,
        bytes_out: text.length + refused.text.length,
        throttled: { '0x80072322': 1 },
        most_at_once: 1,
        per_second: [[0, 1]],
      },
    });
    await client.control('POST', 'reset');
    expect((await client.control('GET', 'stats')).body.traffic).toEqual({
      ...nothing,
      requests: 0,
      operations: 0,
      bytes_out: 0,
      throttled: {},
      most_at_once: 0,
      per_second: [],
    });
  });

  it('starts afresh on reset', async () => {
    const { client } = open();
    await client.call('POST', 'mailboxes', { name: 'x', emailaddress: 'x@contoso.com' });
    await client.control('POST', 'reset');
    expect((await client.control('GET', 'log')).text).toBe('[]');
    expect((await client.get("mailboxes?$filter=name eq 'x'")).body.value).toEqual([]);
  });
});

describe('engine writes', () => {
  it.each([
    [true, false],
    [false, true],
  ])('engineBumpsVersion %s: the version stays %s', async (engineBumpsVersion, stays) => {
    const { client, emulator } = open({ switches: { engineBumpsVersion } });
    const before = await client.find('mailboxes', 'name', 'Bob Costa');
    emulator.clock.advance(301_000);
    const after = await client.find('mailboxes', 'name', 'Bob Costa');
    expect(after.versionnumber === before.versionnumber).toBe(stays);
    expect(after.modifiedon).toBe(before.modifiedon);
  });
});
