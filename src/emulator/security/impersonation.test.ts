import { describe, expect, it } from 'vitest';
import { type Client, open } from '../test-client.ts';

const callers = [
  { token: 'root', user: 'root@contoso.com', roles: ['System Administrator'] },
  { token: 'plain', user: 'carla@contoso.com', roles: ['Basic User'] },
];

interface People {
  readonly client: Client;
  readonly self: unknown;
  /** By header: the same user. */
  readonly bob: Readonly<Record<string, string>>;
  readonly bobId: unknown;
}

async function people(): Promise<People> {
  const { client } = open({ callers });
  const bob = await client.find('systemusers', 'domainname', 'bob@contoso.com');
  const ids = {
    MSCRMCallerID: String(bob.systemuserid),
    CallerObjectId: String(bob.azureactivedirectoryobjectid),
  };
  const self = (await client.get('WhoAmI')).body.UserId;
  return { client, self, bob: ids, bobId: bob.systemuserid };
}

/** WhoAmI as the parts of a batch, each with its own header. */
function batchOf(headers: readonly string[]): string {
  const parts = headers.map((header) =>
    [
      '--b',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      'GET /api/data/v9.2/WhoAmI HTTP/1.1',
      ...(header === '' ? [] : [header]),
      '',
      '',
    ].join('\r\n'),
  );
  return `${parts.join('')}--b--\r\n`;
}

async function batch(
  client: Client,
  parts: readonly string[],
  headers: Readonly<Record<string, string>> = {},
) {
  const type = { 'content-type': 'multipart/mixed; boundary=b', Prefer: 'odata.continue-on-error' };
  const { text } = await client.call('POST', '$batch', batchOf(parts), { ...type, ...headers });
  return [...text.matchAll(/"UserId":"([^"]+)"|HTTP\/1\.1 (403)/g)].map(([, user, status]) => user ?? status);
}

const unknown = '00000000-0000-0000-0000-000000000009';

describe.each(['MSCRMCallerID', 'CallerObjectId'])('%s', (name) => {
  it('acts as the user for whoever may', async () => {
    const { client, bob, bobId } = await people();
    const header = { [name]: bob[name] ?? '' };
    expect((await client.call('GET', 'WhoAmI', undefined, header)).body.UserId).toBe(bobId);
    const upper = { [name]: (bob[name] ?? '').toUpperCase() };
    expect((await client.call('GET', 'WhoAmI', undefined, upper)).body.UserId).toBe(bobId);
    const queues = await client.call('POST', 'queues', { name: 'x' }, header);
    expect([queues.status, queues.body.error?.code]).toEqual([403, '0x80040220']);
  });

  it('is refused without the privilege, and for nobody', async () => {
    const { client, bob } = await people();
    const refused = async (token: string, id: string) => {
      const answer = await client.as(token).call('GET', 'WhoAmI', undefined, { [name]: id });
      return [answer.status, answer.body.error?.code];
    };
    expect(await refused('plain', bob[name] ?? '')).toEqual([403, '0x80040220']);
    expect(await refused('root', unknown)).toEqual([403, '0x80040220']);
  });

  it('counts in the parts of a batch, each for itself', async () => {
    const { client, self, bob, bobId } = await people();
    const parts = [`${name}: ${bob[name]}`, '', `${name}: ${unknown}`];
    expect(await batch(client, parts)).toEqual([bobId, self, '403']);
    expect((await batch(client.as('plain'), parts))[0]).toBe('403');
  });

  it('of a batch counts for every part that has none', async () => {
    const { client, bob, bobId } = await people();
    const alice = await client.find('systemusers', 'domainname', 'alice@contoso.com');
    const parts = ['', `MSCRMCallerID: ${alice.systemuserid}`];
    expect(await batch(client, parts, { [name]: bob[name] ?? '' })).toEqual([bobId, alice.systemuserid]);
  });
});
