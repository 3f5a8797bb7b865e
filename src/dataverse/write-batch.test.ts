import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../model/service-error.ts';
import { batch, DATE, fault, json, lost, multipart, part, wire } from './wire.test-support.ts';
import type { WriteBatchAnswer } from './write-batch.ts';
import type { WriteAnswer, WriteRequest } from './write-request.ts';

const AT = '2026-11-21T08:59:00.000Z';
const ACCEPTED = { kind: 'accepted', at: AT } as const;
const UNPROVEN: WriteAnswer = {
  kind: 'lost',
  message:
    'The answer to POST $batch is not complete, or not in order: what it says of this write cannot be told',
};

function writes(count: number): readonly WriteRequest[] {
  return Array.from({ length: count }, (_none, index) => ({
    method: 'PATCH',
    path: `mailboxes(${index + 1})`,
    body: {},
    condition: { 'If-Match': '*' },
  }));
}

type Reply = () => Response | Promise<Response>;

async function sendTwo(reply: Reply, lookups: readonly string[] = []): Promise<WriteBatchAnswer> {
  return wire(reply).transport.batch(writes(2), lookups);
}

function done(id: number | null = null): string {
  return part('204 No Content', null, id === null ? [] : [`Content-ID: ${id}`]);
}

function gone(id: number | null = null): string {
  const error = { code: '0x80040217', message: 'Does Not Exist' };
  return part('404 Not Found', { error }, id === null ? [] : [`Content-ID: ${id}`], ['REQ_ID: r-2']);
}

const GONE: WriteAnswer = {
  kind: 'refused',
  status: 404,
  code: '0x80040217',
  message: 'PATCH mailboxes(2) found nothing: Does Not Exist (0x80040217); request id r-2',
  hint: expect.stringContaining('Run plan again.'),
};

describe('an answer is believed for a write', () => {
  it.each([
    ['by its place, where no Content-ID is echoed', () => batch(done(), gone()), [ACCEPTED, GONE]],
    ['by its place and its Content-ID', () => batch(done(1), gone(2)), [ACCEPTED, GONE]],
    ['where only some Content-IDs are echoed', () => batch(done(), gone(2)), [ACCEPTED, GONE]],
    [
      'where the service stopped at the first failure, for what is proven',
      () => multipart(`${gone(1)}--batchresponse_1--`, { status: 404 }),
      [
        { ...GONE, message: 'PATCH mailboxes(1) found nothing: Does Not Exist (0x80040217); request id r-2' },
        UNPROVEN,
      ],
    ],
    ['and for none when Content-IDs are swapped', () => batch(done(2), gone(1)), [UNPROVEN, UNPROVEN]],
    ['nor when one comes twice', () => batch(done(1), gone(1)), [UNPROVEN, UNPROVEN]],
    ['nor when a Content-ID is not ours', () => batch(done(), gone(7)), [UNPROVEN, UNPROVEN]],
    ['nor when a part is missing', () => batch(done()), [UNPROVEN, UNPROVEN]],
    ['nor when there is one too many', () => batch(done(), done(), done()), [UNPROVEN, UNPROVEN]],
    [
      'nor when a part is unreadable',
      () => batch(done(), '--batchresponse_1\r\n\r\nwhat?\r\n'),
      [UNPROVEN, UNPROVEN],
    ],
    [
      'nor when the answer is cut and echoes nothing',
      () => multipart(done() + gone().slice(0, -20)),
      [UNPROVEN, UNPROVEN],
    ],
    [
      'nor when only the end of the answer is cut',
      () => multipart(`${done()}${gone()}--batchresponse_1\r\n`),
      [UNPROVEN, UNPROVEN],
    ],
    [
      'nor for a part without a status, whatever its Content-ID says',
      () =>
        batch(
          done(1),
          '--batchresponse_1\r\nContent-ID: 2\r\n\r\nwhat?\r\nContent-Type: application/json\r\n\r\n{}\r\n',
        ),
      [ACCEPTED, UNPROVEN],
    ],
    [
      'but for what is proven before a cut',
      () => multipart(done(1) + gone(2).slice(0, -9)),
      [ACCEPTED, UNPROVEN],
    ],
  ] satisfies [string, Reply, readonly WriteAnswer[]][])('%s', async (_name, reply, answers) => {
    expect((await sendTwo(reply)).answers).toEqual(answers);
  });
});

describe('a batch that is too large', () => {
  const MANY = writes(5);
  const parts = ({ body }: { readonly body: string }): readonly string[] =>
    [...body.matchAll(/(?:PATCH|GET) \/api\/data\/v9\.2\/(\S+) HTTP/gu)].map(([, path]) => path ?? '');
  const tooLarge = (): Response => new Response('<html>', { status: 413 });

  it('is sent in two, the lookups behind the last write', async () => {
    const { transport, sent } = wire((_request, index) => {
      if (index === 0) return tooLarge();
      return index === 1
        ? batch(done(), gone(), done())
        : batch(done(), done(), part('200 OK', { value: [] }));
    });
    const { answers, found, at } = await transport.batch(MANY, ['queues']);
    expect(sent.map(parts)).toEqual([
      [...MANY.map(({ path }) => path), 'queues'],
      ['mailboxes(1)', 'mailboxes(2)', 'mailboxes(3)'],
      ['mailboxes(4)', 'mailboxes(5)', 'queues'],
    ]);
    expect([answers, found, at]).toEqual([
      [ACCEPTED, GONE, ACCEPTED, ACCEPTED, ACCEPTED],
      [{ ok: true, body: { value: [] } }],
      AT,
    ]);
  });

  it('tells what its first half did when the sign-in fails before the second', async () => {
    const expired = new ServiceError('The sign-in has ended', { kind: 'sign-in', status: 401 });
    let asked = 0;
    const token = async (): Promise<string> => {
      asked += 1;
      if (asked > 2) throw expired;
      return 't';
    };
    const { transport } = wire((_request, index) => (index === 0 ? tooLarge() : batch(done())), {
      tokens: { token },
    });
    const { answers, found } = await transport.batch(writes(2), ['queues']);
    expect([answers, found]).toEqual([
      [ACCEPTED, { kind: 'refused', status: 401, code: null, message: expired.message, hint: null }],
      [null],
    ]);
  });

  it('is refused where a single write is too large', async () => {
    const { transport, sent } = wire(tooLarge);
    const { answers } = await transport.batch(writes(2), ['queues']);
    expect(answers).toMatchObject([
      { kind: 'refused', status: 413 },
      { kind: 'refused', status: 413 },
    ]);
    expect(sent.length).toBe(3);
  });
});

describe('one answer for all', () => {
  const refusal: WriteAnswer = {
    kind: 'refused',
    status: 400,
    code: '0x80048d19',
    message: 'POST $batch was refused with status 400: Error in batch (0x80048d19); request id r-1',
    hint: null,
  };
  it.each([
    [
      'an error of the service',
      () => fault(400, '0x80048d19', 'Error in batch', { 'x-ms-service-request-id': 'r-1' }),
      refusal,
    ],
    [
      '429 with seconds',
      () => fault(429, '0x80072322', '', { 'Retry-After': '30' }),
      { kind: 'throttled', retryAfterMs: 30_000 },
    ],
    [
      '429 with a date of the server',
      () => fault(429, '0x80072322', '', { 'Retry-After': 'Sat, 21 Nov 2026 08:59:12 GMT' }),
      { kind: 'throttled', retryAfterMs: 12_000 },
    ],
    [
      'a service that is not available for a time',
      () => fault(503, '', 'Busy', { 'Retry-After': '4' }),
      { kind: 'throttled', retryAfterMs: 4000 },
    ],
    [
      'the page of a gateway',
      () => new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
      {
        kind: 'lost',
        message: 'POST $batch was answered with an HTML page and status 502: no answer of Dataverse',
      },
    ],
    [
      'a page of success',
      () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }),
      {
        kind: 'lost',
        message: 'POST $batch was answered with an HTML page and status 200: no answer of Dataverse',
      },
    ],
    [
      'success without parts',
      () => json({}),
      {
        kind: 'lost',
        message: 'POST $batch was answered with success and without the answers of its parts',
      },
    ],
    [
      'a lost connection',
      () => Promise.reject(lost('ECONNRESET')),
      { kind: 'lost', message: 'POST $batch: The connection to contoso.crm4.dynamics.com was lost' },
    ],
  ] satisfies [string, Reply, WriteAnswer][])('%s', async (_name, reply, answer) => {
    const { answers, found } = await sendTwo(reply, ['queues']);
    expect([answers, found]).toEqual([[answer, answer], [null]]);
  });
});

it.each([
  ['200 OK', { ok: true }],
  ['201 Created', { mailboxid: 'm-1' }],
  ['202 Accepted', null],
  ['502 Bad Gateway', { error: { code: '0x80040216', message: 'x' } }],
  ['504 Gateway Timeout', { error: { code: 'GatewayTimeout', message: 'x' } }],
])('a part with %s settles no write', async (status, body) => {
  const { answers } = await sendTwo(() => batch(done(), part(status, body)));
  expect(answers.map(({ kind }) => kind)).toEqual(['accepted', 'lost']);
});

it.each([204, 202])('success without parts settles no write: %d', async (status) => {
  const { answers } = await sendTwo(() => new Response(null, { status }));
  expect(answers.map(({ kind }) => kind)).toEqual(['lost', 'lost']);
});

it('a part that is throttled halts all, for as long as it asks', async () => {
  const late = part(
    '429 Too Many Requests',
    { error: { code: '0x80072321', message: '' } },
    [],
    ['Retry-After: Sat, 21 Nov 2026 08:59:17 GMT'],
  );
  const { transport, sent } = wire((_request, index) => (index === 0 ? batch(done(), late) : json({})));
  const { answers } = await transport.batch(writes(2), []);
  expect(answers).toEqual([ACCEPTED, { kind: 'throttled', retryAfterMs: 17_000 }]);
  expect(await transport.batch(writes(1), ['queues'])).toEqual({
    answers: [{ kind: 'throttled', retryAfterMs: 17_000 }],
    found: [null],
    at: null,
  });
  await transport.get('x');
  expect(sent.map(({ at }) => at)).toEqual([0, 17_000]);
});

it('lookups are answered by themselves, and halt all when they are throttled', async () => {
  const rows = part('200 OK', { value: [{ name: 'a' }] });
  const late = part('429 Too Many Requests', { error: { code: '', message: '' } }, [], ['Retry-After: 5']);
  const { transport, sent } = wire((_request, index) => (index === 0 ? batch(done(), rows, late) : json({})));
  const { answers, found, at } = await transport.batch(writes(1), ['queues', 'mailboxes?$filter=x']);
  expect([answers, at]).toEqual([[ACCEPTED], AT]);
  expect(found.map((one) => (one?.ok === true ? one.body : one?.error.kind))).toEqual([
    { value: [{ name: 'a' }] },
    'throttled',
  ]);
  await transport.get('x');
  expect(sent.map(({ at: time }) => time)).toEqual([0, 5000]);
});

it.each([
  ['two writes of one row', [...writes(1), ...writes(1)], 'Two writes of one row cannot travel together'],
  ['more than the service takes', writes(1001), 'A batch takes 1000 requests, not 1001'],
])('%s are not sent', async (_name, many, message) => {
  const { transport, sent } = wire(() => json({}));
  await expect(transport.batch(many, [])).rejects.toThrow(message);
  expect(sent).toEqual([]);
});

describe('whatever happens to the answer', () => {
  const outcome = fc.constantFrom('done', 'conflict', 'refused', 'throttled');
  const TEXTS = {
    done: ['204 No Content', null],
    conflict: ['412 Precondition Failed', { error: { code: '', message: 'version' } }],
    refused: ['403 Forbidden', { error: { code: '0x80040220', message: 'no' } }],
    throttled: ['429 Too Many Requests', { error: { code: '0x80072322', message: 'later' } }],
  } as const;
  const KINDS = { done: 'accepted', conflict: '412', refused: '403', throttled: 'throttled' } as const;
  const kindOf = (answer: WriteAnswer): string =>
    answer.kind === 'refused' ? String(answer.status) : answer.kind;

  it('no write is given the answer of another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        fc.option(fc.tuple(fc.nat(), fc.nat()), { nil: null }),
        fc.option(fc.nat(), { nil: null }),
        async (outcomes, echoes, swap, cut) => {
          const parts = outcomes.map((one, place) =>
            part(TEXTS[one][0], TEXTS[one][1], echoes ? [`Content-ID: ${place + 1}`] : []),
          );
          // Without an echo nobody can see that parts changed places; the service promises their order.
          if (swap !== null && echoes) swapped(parts, swap[0] % parts.length, swap[1] % parts.length);
          const whole = `${parts.join('')}--batchresponse_1--\r\n`;
          const text = cut === null ? whole : whole.slice(0, cut % (whole.length + 1));
          const { transport } = wire(() => multipart(text));
          const { answers } = await transport.batch(writes(outcomes.length), []);
          const told = answers.map(kindOf);
          const truth = outcomes.map((one) => KINDS[one]);
          expect(told).toHaveLength(truth.length);
          expect(told.filter((kind, place) => kind !== 'lost' && kind !== truth[place])).toEqual([]);
          if (text === whole && (swap === null || !echoes)) expect(told).toEqual(truth);
        },
      ),
      { numRuns: 300 },
    );
  });

  function swapped(parts: string[], a: number, b: number): void {
    const [first, second] = [parts[a], parts[b]];
    if (first === undefined || second === undefined) return;
    parts[a] = second;
    parts[b] = first;
  }
});

it('a part that is not permitted tells who asked', async () => {
  const denied = part('403 Forbidden', { error: { code: '0x80040220', message: 'missing prvWriteMailbox' } });
  const tokens = { token: async () => 't', caller: () => 'the application abc' };
  const { transport } = wire(() => batch(done(), denied), { tokens });
  const { answers } = await transport.batch(writes(2), []);
  expect(answers[1]).toMatchObject({
    kind: 'refused',
    message:
      'PATCH mailboxes(2) is not permitted; privilege prvWriteMailbox is missing: missing prvWriteMailbox (0x80040220)',
    hint: expect.stringContaining('The caller is the application abc.'),
  });
});

it('the service time of an answer is that of its writes', async () => {
  const { at } = await sendTwo(() => batch(done(), done()));
  expect(new Date(at ?? 0).toUTCString()).toBe(DATE);
});
