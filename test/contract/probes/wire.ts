/** What the wire does that no page settles: echoes, long filters, headers of the limits, how names compare. */

import { randomUUID } from 'node:crypto';
import { sendBatch } from '../batch.ts';
import { NotTried, rowsOf, type Subject, someRow } from '../subject.ts';
import { type Probe, saw } from './probe.ts';

async function echoesContentId({ client }: Subject): ReturnType<Probe['observe']> {
  const parts = ['7', '3'].map((contentId) => ({ method: 'GET', path: 'WhoAmI', contentId }));
  const answered = await sendBatch(client, parts);
  const ids = answered.parts.map(({ contentId }) => contentId);
  if (String(ids) === '7,3') return saw('echoed', ...ids);
  return saw(ids.every((id) => id === null) ? 'not echoed' : 'echoed wrongly', ...ids);
}

const LONG_CHAIN = 200;

async function takesLongChains({ client }: Subject): ReturnType<Probe['observe']> {
  const row = await someRow(client, 'mailboxes?$select=name&$top=1', 'a mailbox');
  const ids = [...Array.from({ length: LONG_CHAIN - 1 }, () => randomUUID()), row.mailboxid];
  const filter = encodeURIComponent(ids.map((id) => `mailboxid eq ${id}`).join(' or '));
  const { status, body } = await client.get(`mailboxes?$select=name&$filter=${filter}`);
  if (status !== 200) return saw('refused', status, body.error?.code);
  return saw(body.value?.length === 1 ? 'answered' : 'answered wrongly', `${body.value?.length} rows`);
}

/** "1,200.00": seconds, with a separator of thousands (a recorded answer in a public test file). */
const SECONDS = /^\d{1,3}(,?\d{3})*(\.\d+)?$/u;

async function tellsLimits({ client }: Subject): ReturnType<Probe['observe']> {
  const { headers } = await client.get('WhoAmI');
  const time = headers.get('x-ms-ratelimit-time-remaining-xrm-requests');
  const requests = headers.get('x-ms-ratelimit-burst-remaining-xrm-requests');
  if (time === null && requests === null) return saw('not told', 'no header');
  const readable = SECONDS.test(time ?? '') && SECONDS.test(requests ?? '');
  return saw(readable ? 'told' : 'told in another form', time, requests);
}

async function tellsParallelism({ client }: Subject): ReturnType<Probe['observe']> {
  const hint = (await client.get('WhoAmI')).headers.get('x-ms-dop-hint');
  if (hint === null) return saw('not told', 'no header');
  return saw(/^[1-9]\d*$/u.test(hint) ? 'told' : 'told in another form', hint);
}

/** With a sign in place of letters the name would still find its row if eq took patterns. */
async function comparesNames({ client }: Subject): ReturnType<Probe['observe']> {
  const filter = "applicationid eq null and contains(domainname,'@')";
  const path = `systemusers?$select=domainname&$filter=${filter}&$top=1`;
  const name = String((await someRow(client, path, 'a person')).domainname);
  if (name.length < 3) throw new NotTried('the sign-in name is too short');
  const find = async (text: string): Promise<number> => {
    const equal = encodeURIComponent(`domainname eq '${text.replaceAll("'", "''")}'`);
    return (await rowsOf(client, `systemusers?$select=domainname&$filter=${equal}`)).length;
  };
  const upper = await find(name.toUpperCase());
  const [begin, end] = [name.slice(0, 1), name.slice(2)];
  const signs = ['_', '%', `[${name.slice(1, 2)}]`];
  const found = await Promise.all(signs.map((sign) => find(`${begin}${sign}${end}`)));
  const taken = signs.filter((_sign, index) => found[index] !== 0).map((sign) => sign.slice(0, 1));
  const literal = taken.length === 0 ? 'signs as written' : `${taken.join(' ')} as wildcards`;
  return saw(`${upper === 1 ? 'without case' : 'with case'}, ${literal}`, upper, ...found);
}

export const WIRE_PROBES: readonly Probe[] = [
  {
    assumption: 'batch-echoes-content-id',
    needs: [],
    holds: ['echoed', 'not echoed'],
    observe: echoesContentId,
  },
  { assumption: 'long-filters', needs: [], holds: ['answered'], observe: takesLongChains },
  { assumption: 'limits-in-headers', needs: [], holds: ['told'], observe: tellsLimits },
  { assumption: 'parallelism-hint', needs: [], holds: ['told'], observe: tellsParallelism },
  {
    assumption: 'names-compare-whole',
    needs: [],
    holds: ['without case, signs as written'],
    observe: comparesNames,
  },
];
