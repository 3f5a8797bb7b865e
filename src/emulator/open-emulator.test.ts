import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openEmulator } from './open-emulator.ts';
import { createClient } from './test-client.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'emulator-open-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

it('opens an organization file and keeps its state between openings', async () => {
  const organizationFile = join(directory, 'organization.yaml');
  writeFileSync(
    organizationFile,
    'version: 1\norganizationId: d76771b5-0b80-ef11-ac1c-0022482cc906\nqueues:\n  - name: Support\n',
  );
  const options = { organizationFile, stateDirectory: join(directory, 'state') };
  const first = await openEmulator(options);
  const client = createClient(first.fetch, first.baseUrl);
  const { queueid } = await client.find('queues', 'name', 'Support');
  await client.patch(`queues(${queueid})`, { description: 'kept' });
  await first.close();
  const second = await openEmulator(options);
  const again = createClient(second.fetch, second.baseUrl);
  expect((await again.get(`queues(${queueid})`)).body.description).toBe('kept');
  expect(second.clock.now()).toBeGreaterThanOrEqual(first.clock.now());
});

it('opens a generated organization, or an empty one', async () => {
  const generated = await openEmulator({ generate: { users: 3, queues: 2, seed: 1 } });
  const client = createClient(generated.fetch, generated.baseUrl);
  expect((await client.get('queues?$filter=queueviewtype eq 0&$count=true')).body['@odata.count']).toBe(2);
  const empty = await openEmulator({});
  expect((await createClient(empty.fetch, empty.baseUrl).get('mailboxes')).body.value).toEqual([]);
});
