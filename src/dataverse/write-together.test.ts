import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { FaultEntry, Organization } from '../emulator/organization.ts';
import type { PlanStep } from '../model/plan.generated.ts';
import type { Sending, WriteResult } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { createTransport } from './transport.ts';
import { parseEnvironmentUrl } from './url.ts';
import { type Bench, bench, DONE, FORWARD, POP3, QUEUE, step } from './write-bench.test-support.ts';
import { createStepWriter, type SecretSource } from './write-step.ts';

const SALES = 'mailbox:queue/Sales';
const BOB = 'mailbox:user/bob@contoso.com';

const NO_SECRETS: SecretSource = { resolve: async (reference) => reference, scrub: (text) => text };

const MORE: Partial<Organization> = {
  users: [
    { signIn: 'alice@contoso.com', name: 'Alice', emailAddress: 'alice@contoso.com' },
    { signIn: 'bob@contoso.com', name: 'Bob', emailAddress: 'bob@contoso.com' },
  ],
  queues: [
    { name: 'Support', emailAddress: 'support@contoso.com' },
    { name: 'Sales', emailAddress: 'sales@contoso.com' },
  ],
};

const APPROVER: Partial<Organization> = {
  ...MORE,
  callers: [
    {
      token: 'admin',
      user: 'alice@contoso.com',
      roles: ['System Administrator', 'Delegated Mailbox Approver'],
      tenantRoles: ['global-admin'],
    },
  ],
};

const editSupport = step('edit', QUEUE, { outgoing: 'none' });
const editSales = step('edit', SALES, { incoming: 'none' });
const editBob = step('edit', BOB, { outgoing: 'none' });

/** Writes steps together, and tells the results with the requests that were sent: method, path, number of parts. */
async function sendAll(
  { writeAll, emulator }: Bench,
  steps: readonly PlanStep[],
  before: () => Promise<unknown> = async () => {},
): Promise<{ readonly results: readonly WriteResult[]; readonly sent: readonly string[] }> {
  let from = 0;
  const results = await writeAll(steps, async () => {
    await before();
    from = emulator.log.length;
  });
  const sent = emulator.log
    .slice(from)
    .map(({ method, path, parts }) => `${method} ${path.replace(/[(?].*$/u, '')} ${parts?.length ?? 1}`);
  return { results, sent };
}

describe('steps that travel together', () => {
  it('are one request, each on its own condition, whatever becomes of the others', async () => {
    const world = await bench(MORE);
    const { transport, records, read } = world;
    const id = records[SALES]?.[0]?.id;
    const { results, sent } = await sendAll(
      world,
      [
        editSupport,
        editSales,
        step('create', POP3, {
          name: 'Support POP3',
          'incoming.authentication': 'server-to-server',
          'outgoing.authentication': 'server-to-server',
          type: 'exchange-online',
        }),
        step('delete', FORWARD),
        step('edit', BOB, { serverProfile: { ref: 'profile:None' } }),
      ],
      () => transport.patch(`mailboxes(${id})`, { username: 'other' }, { 'If-Match': '*' }),
    );
    expect(sent).toEqual(['POST $batch 5']);
    expect(results).toEqual([
      DONE,
      { kind: 'conflict' },
      DONE,
      { ...DONE, after: expect.objectContaining({ address: FORWARD, exists: false }) },
      {
        kind: 'refused',
        status: 0,
        code: null,
        message: `${BOB}: profile:None is not there, or more than one has this name; nothing was sent`,
        hint: null,
      },
    ]);
    expect((await read(QUEUE)).fields.outgoing).toBe('none');
    expect((await read(SALES)).fields.incoming).not.toBe('none');
    expect([(await read(POP3)).exists, (await read(FORWARD)).exists]).toEqual([true, false]);
  });

  it('of one row under two spellings of its id are two requests', async () => {
    const { writer, records, read, emulator } = await bench(MORE);
    const refs = records[QUEUE] ?? [];
    const spelled = { ...records, [SALES]: refs.map((ref) => ({ ...ref, id: ref.id.toUpperCase() })) };
    const reading = await read(QUEUE);
    const from = emulator.log.length;
    const made = [editSupport, editSales].map((step) => ({ step, reading }));
    expect(await writer.write(made, spelled)).toEqual([DONE, { kind: 'conflict' }]);
    expect(emulator.log.slice(from).map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
  });

  it('that write two rows write the second when the first is done', async () => {
    const world = await bench(MORE);
    const both = { emailAddress: 'new@contoso.com', outgoing: 'none' };
    const { results, sent } = await sendAll(world, [
      step('edit', QUEUE, both),
      editBob,
      step('edit', SALES, both),
    ]);
    // The service shows the address on the mailbox as well, which makes a new version of it.
    expect(results).toEqual([{ kind: 'conflict' }, DONE, { kind: 'conflict' }]);
    expect(sent).toEqual(['POST $batch 3', 'POST $batch 2']);
    expect(world.writes()).toEqual([
      'PATCH queues emailaddress',
      'PATCH mailboxes outgoingemaildeliverymethod',
      'PATCH queues emailaddress',
      'PATCH mailboxes outgoingemaildeliverymethod',
      'PATCH mailboxes outgoingemaildeliverymethod',
    ]);
  });

  it('and do not write the second when the first is refused', async () => {
    const refusal: FaultEntry = { method: 'PATCH', table: 'queue', status: 403, code: '0x80040220' };
    const world = await bench(MORE, [refusal]);
    const both = { emailAddress: 'new@contoso.com', outgoing: 'none' };
    const results = await world.writeAll([step('edit', QUEUE, both), editBob]);
    expect(results.map(({ kind }) => kind)).toEqual(['refused', 'done']);
    expect(world.writes()).toEqual([
      'PATCH queues emailaddress',
      'PATCH mailboxes outgoingemaildeliverymethod',
    ]);
  });

  it('never write one row twice with one request', async () => {
    const world = await bench(MORE);
    const again = step('edit', QUEUE, { incoming: 'none' });
    const { results, sent } = await sendAll(world, [editSupport, editBob, again]);
    expect(sent).toEqual(['POST $batch 2', 'PATCH mailboxes 1']);
    expect(results).toEqual([DONE, DONE, { kind: 'conflict' }]);
  });

  it('are nothing where none can be sent', async () => {
    const world = await bench(MORE);
    const { sent } = await sendAll(world, [step('edit', QUEUE), step('edit', BOB, { colour: 'red' })]);
    expect(sent).toEqual([]);
  });

  it('are busy one by one', async () => {
    const world = await bench(MORE);
    await world.write(step('test', QUEUE, { testAndEnable: true }));
    expect(await world.writeAll([editSupport, editBob])).toEqual([{ kind: 'busy' }, DONE]);
  });
});

describe('what has to be looked at', () => {
  const approvals = [
    step('approve', QUEUE, { approved: 'approved' }),
    step('reject', BOB, { approved: 'rejected' }),
  ];

  it('is read back with the request that writes it', async () => {
    const world = await bench(APPROVER);
    const { results, sent } = await sendAll(world, [...approvals, editSales]);
    // Three writes; mailboxes, queues and users each looked at once.
    expect(sent).toEqual(['POST $batch 6']);
    const [approved, rejected, edited] = results;
    expect([approved?.kind, rejected?.kind, edited]).toEqual(['done', 'done', DONE]);
    for (const [address, result] of [
      [QUEUE, approved],
      [BOB, rejected],
    ] as const) {
      const after = result?.kind === 'done' ? result.after : undefined;
      expect(after?.fields).toEqual((await world.read(address)).fields);
    }
    expect((await world.read(QUEUE)).fields.approved).toBe('approved');
  });

  it('can be written on with what was read back', async () => {
    const world = await bench(APPROVER);
    const [approved] = await world.writeAll(approvals);
    const reading = approved?.kind === 'done' ? approved.after : undefined;
    if (reading === undefined) throw new Error('Not read back');
    expect(await world.writer.write([{ step: editSupport, reading }], world.records)).toEqual([DONE]);
  });

  it('is left to another request when its lookup fails', async () => {
    const fault: FaultEntry = {
      method: 'GET',
      path: 'queues*queueid*eq*',
      nth: 2,
      status: 500,
      code: '0x80040216',
    };
    const world = await bench(APPROVER, [fault]);
    expect(await world.writeAll(approvals)).toEqual([DONE, DONE]);
  });
});

describe('answers of a batch', () => {
  const BATCH = { method: 'POST', path: '$batch' } as const;
  const kinds = (results: readonly WriteResult[]): readonly string[] => results.map(({ kind }) => kind);

  it.each([
    [
      '429 for all',
      { ...BATCH, status: 429, code: '0x80072322', retryAfter: 30 },
      ['throttled', 'throttled'],
      0,
    ],
    ['the page of a gateway', { ...BATCH, status: 502, html: true }, ['lost', 'lost'], 0],
    ['lost before it arrived', { ...BATCH, drop: 'before' }, ['lost', 'lost'], 0],
    ['lost after it was carried out', { ...BATCH, drop: 'after' }, ['lost', 'lost'], 2],
    ['an error of the service', { ...BATCH, status: 400, code: '0x80048d19' }, ['refused', 'refused'], 0],
    [
      '429 for one',
      { method: 'PATCH', emailAddress: 'sales@contoso.com', status: 429, code: '0x80072321', retryAfter: 9 },
      ['done', 'throttled'],
      1,
    ],
  ] satisfies [string, FaultEntry, readonly string[], number][])(
    '%s',
    async (_name, fault, told, carriedOut) => {
      const world = await bench(MORE);
      const before = (): Promise<void> => control(world, 'faults', fault);
      expect(kinds(await world.writeAll([editSupport, editSales], before))).toEqual(told);
      const fields = [(await world.read(QUEUE)).fields.outgoing, (await world.read(SALES)).fields.incoming];
      expect(fields.filter((value) => value === 'none')).toHaveLength(carriedOut);
    },
  );
});

it('each step is given what became of it, whatever became of the others', async () => {
  const places = [1, 2, 3, 4, 5];
  const queueOf = (place: number): string => `mailbox:queue/Queue ${place}`;
  const becomes = fc.constantFrom('done', 'conflict', 'refused', 'throttled', 'busy', 'not sent', 'gone');
  await fc.assert(
    fc.asyncProperty(fc.tuple(...places.map(() => becomes)), async (wanted) => {
      const faults = wanted.flatMap((kind, index): FaultEntry[] => {
        const fits = { method: 'PATCH', emailAddress: `queue${index + 1}@contoso.com`, code: '0x80040220' };
        if (kind === 'refused') return [{ ...fits, status: 403 }];
        return kind === 'throttled' ? [{ ...fits, status: 429, retryAfter: 5 }] : [];
      });
      const queues = places.map((place) => ({
        name: `Queue ${place}`,
        emailAddress: `queue${place}@contoso.com`,
        mailbox: { testemailconfigurationscheduled: wanted[place - 1] === 'busy' },
      }));
      const world = await bench({ queues }, faults);
      const steps = wanted.map((kind, index) =>
        step('edit', queueOf(index + 1), kind === 'not sent' ? { colour: 'red' } : { outgoing: 'none' }),
      );
      const { results } = await sendAll(world, steps, async () => {
        for (const [index, kind] of wanted.entries()) {
          const edit = { table: 'mailbox', id: world.records[queueOf(index + 1)]?.[0]?.id };
          if (kind === 'conflict') await control(world, 'edits', { ...edit, set: { username: 'other' } });
          if (kind === 'gone') await control(world, 'edits', { ...edit, delete: true });
        }
      });
      expect(results.map(kindOf)).toEqual(wanted);
      for (const [index, kind] of wanted.entries()) {
        const { exists, fields } = await world.read(queueOf(index + 1));
        expect(exists && fields.outgoing === 'none').toBe(kind === 'done');
      }
    }),
    { numRuns: 25 },
  );
});

function kindOf(result: WriteResult): string {
  if (result.kind !== 'refused') return result.kind;
  if (result.status === 0) return 'not sent';
  return result.status === 404 ? 'gone' : 'refused';
}

async function control({ emulator }: Bench, path: string, entry: unknown): Promise<void> {
  const url = `${new URL(emulator.baseUrl).origin}/_emulator/${path}`;
  const headers = { 'Content-Type': 'application/json' };
  const told = await emulator.fetch(
    new Request(url, { method: 'POST', headers, body: JSON.stringify(entry) }),
  );
  if (!told.ok) throw new Error(await told.text());
}

it('a sign-in that fails halfway leaves what is done as it is', async () => {
  const world = await bench(MORE);
  let requests = 0;
  const transport = createTransport({
    url: parseEnvironmentUrl(new URL(world.emulator.baseUrl).origin),
    fetch: (request) => world.emulator.fetch(request),
    clock: world.clock,
    random: () => 0.5,
    tokens: {
      token: async () => {
        requests += 1;
        if (requests === 1) return 'admin';
        throw new ServiceError('The sign-in has ended', { kind: 'sign-in', hint: 'Sign in again.' });
      },
    },
  });
  const writer = createStepWriter(transport, CATALOGUE, NO_SECRETS, world.clock);
  const again = step('edit', QUEUE, { incoming: 'none' });
  const sendings: Sending[] = [];
  for (const one of [editSupport, editBob, again]) {
    sendings.push({ step: one, reading: await world.read(one.address) });
  }
  const words = { message: 'The sign-in has ended', hint: 'Sign in again.' };
  expect(await writer.write(sendings, world.records)).toEqual([
    DONE,
    DONE,
    { kind: 'refused', status: 0, code: null, ...words },
  ]);
});

it('tells what is left of the limits', async () => {
  const { writer, read } = await bench(MORE);
  await read(QUEUE);
  expect(writer.budget()).toEqual({
    workMsLeft: 1_200_000,
    requestsLeft: expect.any(Number),
    parallelism: 4,
  });
});
