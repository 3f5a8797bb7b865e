import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import type { Organization } from './organization.ts';
import { digestOf, openStateDirectory } from './persistence.ts';
import { createClient, type Opened, testOrganization } from './test-client.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'emulator-state-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Opening again without closing is what happens after a process was killed. */
function reopen(organization: Organization = testOrganization, longJournal?: number): Opened {
  const state = openStateDirectory(directory, digestOf(organization), longJournal);
  const emulator = createEmulator({ organization, state });
  return { emulator, client: createClient(emulator.fetch, emulator.baseUrl) };
}

describe('a state directory', () => {
  it('loses nothing that was answered: rows, versions, lookups', async () => {
    const first = reopen();
    await first.client.call('POST', 'mailboxes', {
      name: 'x',
      emailaddress: 'x@contoso.com',
      password: 'canary',
    });
    const queue = await first.client.find('queues', 'name', 'Support');
    await first.client.patch(`queues(${queue.queueid})`, { name: 'Renamed' });
    const expected = (await first.client.control('GET', 'rows?table=mailbox')).body;
    const second = reopen();
    expect((await second.client.control('GET', 'rows?table=mailbox')).body).toEqual(expected);
    const annotated = await second.client.call(
      'GET',
      `mailboxes(${queue._defaultmailbox_value})`,
      undefined,
      {
        prefer: 'odata.include-annotations="*"',
      },
    );
    expect(annotated.body['_regardingobjectid_value@OData.Community.Display.V1.FormattedValue']).toBe(
      'Renamed',
    );
    expect(readFileSync(join(directory, 'journal.jsonl'), 'utf8')).not.toContain('canary');
  });

  it('keeps the clock, running tests, pending edits and engine writes', async () => {
    const organization: Organization = {
      ...testOrganization,
      edits: [{ at: '20m', table: 'queue', name: 'Support', set: { description: 'later' } }],
    };
    const first = reopen(organization);
    const bob = await first.client.find('mailboxes', 'name', 'Bob Costa');
    await first.client.patch(`mailboxes(${bob.mailboxid})`, { testemailconfigurationscheduled: true });
    first.emulator.clock.advance(60_000);
    const date = (await first.client.get('WhoAmI')).headers.get('date');
    const second = reopen(organization);
    expect((await second.client.get('WhoAmI')).headers.get('date')).toBe(date);
    second.emulator.clock.advance(121_000);
    const tested = (await second.client.get(`mailboxes(${bob.mailboxid})`)).body;
    expect(tested.testmailboxaccesscompletedon).toBe('2026-11-02T08:03:00Z');
    second.emulator.clock.advance(600_000);
    const bumped = (await second.client.get(`mailboxes(${bob.mailboxid})`)).body;
    const third = reopen(organization);
    expect((await third.client.get(`mailboxes(${bob.mailboxid})`)).body).toEqual(bumped);
    third.emulator.clock.advance(1_200_000);
    expect((await third.client.find('queues', 'name', 'Support')).description).toBe('later');
  });

  it('ignores a torn last line and goes on after it', async () => {
    const first = reopen();
    await first.client.call('POST', 'mailboxes', { name: 'x', emailaddress: 'x@contoso.com' });
    appendFileSync(join(directory, 'journal.jsonl'), '{"kind":"rows","clo');
    const second = reopen();
    await second.client.call('POST', 'mailboxes', { name: 'y', emailaddress: 'y@contoso.com' });
    const third = reopen();
    const { body } = await third.client.get("mailboxes?$filter=name eq 'x' or name eq 'y'&$select=name");
    expect((body.value ?? []).length).toBe(2);
  });

  it('starts afresh with a notice when the organization file has changed', async () => {
    const first = reopen();
    await first.client.call('POST', 'mailboxes', { name: 'x', emailaddress: 'x@contoso.com' });
    const second = reopen({ ...testOrganization, name: 'Fabrikam' });
    expect(second.emulator.notices).toEqual([
      'The organization file has changed: the embedded Dataverse starts afresh.',
    ]);
    expect((await second.client.get("mailboxes?$filter=name eq 'x'")).body.value).toEqual([]);
  });

  it('takes up a snapshot and the lines after it', async () => {
    const first = reopen(testOrganization, 1);
    await first.client.call('POST', 'mailboxes', { name: 'x', emailaddress: 'x@contoso.com' });
    expect(existsSync(join(directory, 'snapshot.jsonl'))).toBe(true);
    const second = reopen();
    await second.client.call('POST', 'mailboxes', { name: 'y', emailaddress: 'y@contoso.com' });
    const rows = (await second.client.control('GET', 'rows?table=mailbox')).body;
    const third = reopen();
    expect((await third.client.control('GET', 'rows?table=mailbox')).body).toEqual(rows);
  });
});
