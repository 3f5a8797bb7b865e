/**
 * Whatever was answered before a process died is there after it: random requests and waits, the directory opened again
 * without having been closed.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { digestOf, openStateDirectory } from './persistence.ts';
import { type Client, createClient, type Opened, testOrganization } from './test-client.ts';

type Step =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'approve' | 'test' | 'create' | 'refused' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 900 }) }),
  fc.record({ kind: fc.constant('rename' as const), name: fc.string({ minLength: 1, maxLength: 20 }) }),
  fc.record({
    kind: fc.constantFrom('approve' as const, 'test' as const, 'create' as const, 'refused' as const),
  }),
);

function reopen(directory: string, longJournal: number): Opened {
  const state = openStateDirectory(directory, digestOf(testOrganization), longJournal);
  const emulator = createEmulator({ organization: testOrganization, state });
  return { emulator, client: createClient(emulator.fetch, emulator.baseUrl) };
}

async function take(
  { client, emulator }: Opened,
  queueId: unknown,
  mailboxId: unknown,
  taken: Step,
): Promise<void> {
  switch (taken.kind) {
    case 'wait':
      emulator.clock.advance(taken.seconds * 1000);
      return;
    case 'rename':
      await client.patch(`queues(${queueId})`, { name: taken.name });
      return;
    case 'approve':
      await client.patch(`queues(${queueId})`, { emailrouteraccessapproval: 1 });
      return;
    case 'test':
      await client.patch(`mailboxes(${mailboxId})`, { testemailconfigurationscheduled: true });
      return;
    case 'create':
      await client.call('POST', 'mailboxes', { name: 'x', emailaddress: 'x@contoso.com' });
      return;
    case 'refused':
      await client.patch(`mailboxes(${mailboxId})`, {
        username: 'x',
        allowemailconnectortousecredentials: true,
        processanddeleteemails: 5,
      });
      return;
    default:
      taken satisfies never;
  }
}

async function everything(client: Client): Promise<unknown> {
  const tables = ['mailbox', 'queue', 'systemuser', 'tracelog', 'organization'];
  const rows: unknown[] = [];
  for (const table of tables) rows.push((await client.control('GET', `rows?table=${table}`)).body);
  const { tests, messages } = (await client.control('GET', 'stats')).body;
  return { rows, tests, messages };
}

it('keeps every answered change, with and without snapshots', async () => {
  const runs = fc.asyncProperty(
    fc.array(step, { maxLength: 12 }),
    fc.constantFrom(1, 2000, 1e9),
    async (steps, longJournal) => {
      const directory = mkdtempSync(join(tmpdir(), 'emulator-property-'));
      let opened = reopen(directory, longJournal);
      const queue = await opened.client.find('queues', 'name', 'Support');
      for (const [index, taken] of steps.entries()) {
        await take(opened, queue.queueid, queue._defaultmailbox_value, taken);
        await opened.client.get('WhoAmI');
        if (index % 3 !== 2) continue;
        const before = await everything(opened.client);
        opened = reopen(directory, longJournal);
        expect(await everything(opened.client)).toEqual(before);
      }
      rmSync(directory, { recursive: true });
    },
  );
  await fc.assert(runs, { numRuns: 40 });
});
