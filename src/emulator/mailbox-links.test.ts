import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from './emulator.ts';
import { linksInFile, type MailboxLinks, sharedLinks } from './mailbox-links.ts';
import { openEmulator } from './open-emulator.ts';
import type { Organization } from './organization.ts';
import { type Client, createClient } from './test-client.ts';

const support = 'support@contoso.com';

interface Environment {
  readonly emulator: Emulator;
  readonly client: Client;
}

function environment(number: number, links: MailboxLinks, works: boolean, act = 2): Environment {
  const organization: Organization = {
    version: 1,
    organizationId: `7d000000-0000-4000-8000-00000000000${number}`,
    clock: '2026-11-02T08:00:00Z',
    queues: [
      {
        name: 'Support',
        emailAddress: support,
        approval: 'Approved',
        works,
        mailbox: { actdeliverymethod: act },
      },
    ],
  };
  const emulator = createEmulator({ organization, links });
  return { emulator, client: createClient(emulator.fetch, emulator.baseUrl) };
}

/** Result and flag of incoming mail, and of appointments. */
async function state({ client }: Environment): Promise<readonly unknown[]> {
  const row = await client.find('mailboxes', 'emailaddress', support);
  return [row.incomingemailstatus, row.enabledforincomingemail, row.actstatus, row.enabledforact];
}

async function test({ client, emulator }: Environment, more: object = {}): Promise<void> {
  const { mailboxid } = await client.find('mailboxes', 'emailaddress', support);
  await client.patch(`mailboxes(${mailboxid})`, { testemailconfigurationscheduled: true, ...more });
  emulator.clock.advance(180_000);
  await client.get('WhoAmI');
}

describe('two environments of one tenant', () => {
  it('take an address from each other by testing it; results stay', async () => {
    const links = sharedLinks();
    const production = environment(1, links, true);
    const sandbox = environment(2, links, false);
    expect(await state(production)).toEqual([1, true, 0, true]);
    await test(sandbox);
    expect(await state(sandbox)).toEqual([1, true, 0, true]);
    expect(await state(production)).toEqual([1, false, 0, false]);
    const { body } = await production.client.get('tracelogs?$select=level');
    expect(body.value?.map((row) => row.level)).toEqual([3]);
    await test(production);
    expect(await state(production)).toEqual([1, true, 0, false]);
    expect((await state(sandbox))[1]).toBe(false);
  });

  it('leave one of them primary for appointments, until another marks itself', async () => {
    const links = sharedLinks();
    const production = environment(1, links, true, 1);
    const sandbox = environment(2, links, false, 1);
    await test(sandbox);
    expect(await state(sandbox)).toEqual([1, true, 2, false]);
    expect(await state(production)).toEqual([1, false, 1, false]);
    await test(sandbox, { orgmarkedasprimaryforexchangesync: true });
    expect(await state(sandbox)).toEqual([1, true, 1, true]);
    await test(production);
    expect(await state(production)).toEqual([1, true, 2, false]);
    await test(production, { orgmarkedasprimaryforexchangesync: true });
    expect(await state(production)).toEqual([1, true, 1, true]);
  });

  it('do nothing to each other where their addresses do not go through Exchange', async () => {
    const links = sharedLinks();
    const pop3 = { name: 'POP3', servertype: 1, incomingcredentialretrieval: 0 };
    const organization: Organization = {
      version: 1,
      organizationId: '7d000000-0000-4000-8000-000000000003',
      profiles: [pop3],
      queues: [
        { name: 'Support', emailAddress: support, works: true, mailbox: { emailserverprofile: 'POP3' } },
      ],
    };
    const { fetch, baseUrl } = createEmulator({ organization, links });
    const other: Environment = {
      emulator: createEmulator({ organization }),
      client: createClient(fetch, baseUrl),
    };
    await test(environment(1, links, false));
    expect((await state(other))[1]).toBe(true);
  });
});

describe('a file that they share', () => {
  it('is written by one and heeded by the other', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'emulator-links-'));
    const file = (number: number, works: boolean): string => {
      const path = join(directory, `organization-${number}.yaml`);
      const text = [
        'version: 1',
        `organizationId: 7d000000-0000-4000-8000-00000000000${number}`,
        "clock: '2026-11-02T08:00:00Z'",
        'exchange: tenant/exchange.json',
        'queues:',
        `  - { name: Support, emailAddress: ${support}, approval: Approved, works: ${works} }`,
      ];
      writeFileSync(path, text.join('\n'));
      return path;
    };
    const opened = async (path: string): Promise<Environment> => {
      const emulator = await openEmulator({ organizationFile: path });
      return { emulator, client: createClient(emulator.fetch, emulator.baseUrl) };
    };
    const production = await opened(file(1, true));
    const sandbox = await opened(file(2, false));
    await test(sandbox);
    expect(existsSync(join(directory, 'tenant', 'exchange.json'))).toBe(true);
    expect(await state(production)).toEqual([1, false, 0, false]);
    rmSync(directory, { recursive: true });
    expect(linksInFile(join(directory, 'gone.json')).get(support)).toBeUndefined();
  });

  it('is not believed when it is damaged', () => {
    const directory = mkdtempSync(join(tmpdir(), 'emulator-links-'));
    const path = join(directory, 'exchange.json');
    writeFileSync(path, '{');
    expect(() => linksInFile(path).get(support)).toThrow(/exchange\.json is damaged/u);
    rmSync(directory, { recursive: true });
  });
});
