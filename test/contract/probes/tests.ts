/** Test & Enable, the engine and its alerts. A test is requested only where somebody allows it, on the named queue. */

import type { Json } from '../../../src/emulator/test-client.ts';
import { NotTried, namedQueue, rowsOf, type Subject, someRow } from '../subject.ts';
import { type Probe, saw } from './probe.ts';

const FLAG = 'testemailconfigurationscheduled';
const ENDED = 'testmailboxaccesscompletedon';
const POLL_MS = 10_000;
const MOST_POLLS = 90;
const QUARTER_MS = 15 * 60_000;

interface Requested {
  readonly path: string;
  readonly before: Json;
}

async function rowOf({ client }: Subject, path: string): Promise<Json> {
  return (await client.get(`${path}?$select=${FLAG},${ENDED}`)).body;
}

async function requestTest(subject: Subject, beside: Json = {}): Promise<Requested> {
  const { mailbox: path } = await namedQueue(subject);
  const before = await rowOf(subject, path);
  if (before[FLAG] === true) throw new NotTried('a test of the named queue is under way');
  const answer = await subject.client.patch(path, { [FLAG]: true, ...beside });
  if (answer.status >= 400) throw new NotTried(`the test was refused: ${answer.body.error?.code}`);
  return { path, before };
}

/** The row when its flag has fallen; `null`: it has not in a quarter of an hour. */
async function endOfTest(subject: Subject, path: string): Promise<Json | null> {
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    await subject.sleep(POLL_MS);
    const row = await rowOf(subject, path);
    if (row[FLAG] === false) return row;
  }
  return null;
}

async function seesTheEnd(subject: Subject): ReturnType<Probe['observe']> {
  const { path, before } = await requestTest(subject);
  const row = await endOfTest(subject, path);
  if (row === null) return saw('the flag stays', 'a quarter of an hour');
  const moved = row[ENDED] !== before[ENDED];
  return saw(moved ? 'the flag falls, the time moves' : 'the flag falls alone', before[ENDED], row[ENDED]);
}

const BUSY = '0x8005e248';

async function savesMeanwhile(subject: Subject): ReturnType<Probe['observe']> {
  const { mailbox } = await namedQueue(subject);
  const columns = 'undeliverablefolder,incomingemaildeliverymethod';
  const { undeliverablefolder, incomingemaildeliverymethod } = (
    await subject.client.get(`${mailbox}?$select=${columns}`)
  ).body;
  const { path } = await requestTest(subject);
  const save = async (body: Json): Promise<string> =>
    (await subject.client.patch(path, body)).body.error?.code.toLowerCase() ?? 'saved';
  const plain = await save({ undeliverablefolder });
  const method = await save({ incomingemaildeliverymethod });
  await endOfTest(subject, path);
  const refused = [plain, method].map((code) => code === BUSY);
  const variant = refused[0]
    ? 'all saves are refused'
    : refused[1]
      ? 'saves of methods are refused'
      : 'saved';
  return saw(variant, plain, method);
}

async function editsWithTest(subject: Subject): ReturnType<Probe['observe']> {
  const { mailbox } = await namedQueue(subject);
  const { undeliverablefolder } = (await subject.client.get(`${mailbox}?$select=undeliverablefolder`)).body;
  const before = await rowOf(subject, mailbox);
  if (before[FLAG] === true) throw new NotTried('a test of the named queue is under way');
  const answer = await subject.client.patch(mailbox, { [FLAG]: true, undeliverablefolder });
  if (answer.status >= 400) return saw('refused', answer.status, answer.body.error?.code);
  const during = await rowOf(subject, mailbox);
  const after = during[FLAG] === true ? await endOfTest(subject, mailbox) : during;
  const requested = during[FLAG] === true || after?.[ENDED] !== before[ENDED];
  return saw(requested ? 'both are done' : 'the test is left out', answer.status, during[FLAG]);
}

async function changesVersions({ client, sleep }: Subject): ReturnType<Probe['observe']> {
  const filter = 'statecode eq 0 and (enabledforincomingemail eq true or enabledforoutgoingemail eq true)';
  const path = `mailboxes?$select=versionnumber&$filter=${filter}&$top=1`;
  const row = await someRow(client, path, 'a mailbox that is enabled for mail');
  await sleep(QUARTER_MS);
  const { body } = await client.get(`mailboxes(${row.mailboxid})?$select=versionnumber`);
  const changed = body.versionnumber !== row.versionnumber;
  return saw(changed ? 'changes' : 'stays', row.versionnumber, body.versionnumber);
}

const TOKEN = /@\[\d+,\s*\{?[0-9a-f-]{36}\}?,\s*"/iu;
const CODE = /error code(?:\s+is)?\s*:?\s*["']?[0-9A-Za-z]/iu;

async function readsAlerts({ client }: Subject): ReturnType<Probe['observe']> {
  const rows = await rowsOf(
    client,
    'tracelogs?$select=text&$filter=level eq 3&$orderby=modifiedon desc&$top=20',
  );
  if (rows.length === 0) throw new NotTried('no alert of an error is here');
  const texts = rows.map((row) => String(row.text));
  const [tokens, codes] = [TOKEN, CODE].map((form) => texts.filter((text) => form.test(text)).length);
  const found = [...(tokens === 0 ? [] : ['tokens']), ...(codes === 0 ? [] : ['codes'])];
  const variant = found.length === 0 ? 'neither' : found.join(' and ');
  return saw(variant, `${rows.length} alerts`, `${tokens} with a token`, `${codes} with a code`);
}

export const TEST_PROBES: readonly Probe[] = [
  {
    assumption: 'test-ends',
    needs: ['a named queue', 'a test'],
    holds: ['the flag falls, the time moves'],
    observe: seesTheEnd,
  },
  {
    assumption: 'test-refuses-saves',
    needs: ['a named queue', 'a test'],
    holds: ['all saves are refused'],
    observe: savesMeanwhile,
  },
  {
    assumption: 'test-travels-alone',
    needs: ['a named queue', 'a test'],
    holds: ['the test is left out', 'refused'],
    observe: editsWithTest,
  },
  {
    assumption: 'engine-changes-versions',
    needs: ['time'],
    holds: ['changes'],
    observe: changesVersions,
  },
  { assumption: 'alert-text', needs: [], holds: ['tokens and codes'], observe: readsAlerts },
];
