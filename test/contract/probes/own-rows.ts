/** What rows show that the run made for the purpose. */

import { sendBatch } from '../batch.ts';
import type { Kind } from '../own-rows.ts';
import type { Subject } from '../subject.ts';
import { type Probe, saw } from './probe.ts';

async function createsWithOwnId(subject: Subject): ReturnType<Probe['observe']> {
  const statuses: number[] = [];
  for (const kind of ['mailboxes', 'emailserverprofiles'] satisfies Kind[]) {
    const path = subject.own.reserve(kind);
    const body = subject.own.columns(kind);
    for (const _time of ['first', 'second']) {
      const { status } = await subject.client.call('PATCH', path, body, { 'if-none-match': '*' });
      statuses.push(status);
    }
    statuses.push((await subject.client.get(path)).status);
  }
  const once = String(statuses) === '204,412,200,204,412,200';
  return saw(once ? 'made once' : 'not made once', ...statuses);
}

async function createsForward({ client, own }: Subject): ReturnType<Probe['observe']> {
  const path = await own.make('mailboxes');
  const columns = 'isforwardmailbox,_regardingobjectid_value,emailrouteraccessapproval';
  const { body } = await client.get(`${path}?$select=${columns}`);
  const forward = body.isforwardmailbox === true && body._regardingobjectid_value === null;
  return saw(
    forward ? 'a forward mailbox' : 'another mailbox',
    `isforwardmailbox ${body.isforwardmailbox}`,
    `approval ${body.emailrouteraccessapproval}`,
  );
}

async function keepsTime({ client, own }: Subject): ReturnType<Probe['observe']> {
  const path = await own.make('mailboxes');
  const written = '2026-01-15T13:45:00Z';
  const answer = await client.patch(path, { processemailreceivedafter: written });
  const { body } = await client.get(`${path}?$select=processemailreceivedafter`);
  const read = String(body.processemailreceivedafter);
  const variant =
    read === written ? 'kept' : read.startsWith('2026-01-15') ? 'cut to the day' : 'another time';
  return saw(answer.status >= 400 ? 'refused' : variant, answer.status, read);
}

async function readsBackInBatch({ client, own }: Subject): ReturnType<Probe['observe']> {
  const path = await own.make('mailboxes');
  const id = path.replace(/^.*\(|\)$/gu, '');
  const body = { undeliverablefolder: 'written' };
  const select = `mailboxes?$select=undeliverablefolder&$filter=mailboxid eq ${id}`;
  const { parts } = await sendBatch(client, [
    { method: 'PATCH', path, body, headers: { 'If-Match': '*' } },
    { method: 'GET', path: encodeURI(select) },
  ]);
  const row = parts[1]?.body.value?.[0];
  const sees = row?.undeliverablefolder === 'written';
  const version = { 'if-match': String(row?.['@odata.etag']) };
  const next = await client.patch(path, { undeliverablefolder: 'next' }, version);
  const valid = next.status === 204 ? 'its version holds' : 'its version does not hold';
  return saw(
    sees ? `the write is seen, ${valid}` : 'the write is not seen',
    row?.undeliverablefolder,
    next.status,
  );
}

export const OWN_ROW_PROBES: readonly Probe[] = [
  { assumption: 'create-with-own-id', needs: ['own rows'], holds: ['made once'], observe: createsWithOwnId },
  {
    assumption: 'created-mailbox-is-forward',
    needs: ['own rows'],
    holds: ['a forward mailbox'],
    observe: createsForward,
  },
  { assumption: 'mailbox-date-keeps-its-time', needs: ['own rows'], holds: ['kept'], observe: keepsTime },
  {
    assumption: 'batch-reads-its-own-writes',
    needs: ['own rows'],
    holds: ['the write is seen, its version holds'],
    observe: readsBackInBatch,
  },
];
