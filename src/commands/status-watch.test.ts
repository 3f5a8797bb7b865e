/** A watch with a clock of its own: what is drawn, what is a line, what ends it. */

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import type { Status } from '../model/status.generated.ts';
import { makeMailbox, makeStatus, tests } from '../report/fixtures/statuses.ts';
import type { Io } from './io.ts';
import { watchStatus } from './status-watch.ts';

const QUEUE = 'mailbox:queue/Support';
const OPTIONS = { format: 'text', color: 'never', verbose: false } as const;

const failing = makeStatus([makeMailbox(QUEUE, { tests: tests('failure', 'success', 'success') })]);
const working = { ...makeStatus([makeMailbox(QUEUE)]), as_of: '2026-11-21T09:01:00Z' };
const lost = new ServiceError('No connection to contoso.crm4.dynamics.com', { kind: 'unreachable' });

type Look = Status | Error | 'paused';

interface Watched {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly slept: readonly number[];
}

/** Each look sees the next of these; after the last, Ctrl-C is pressed while it waits. */
async function watched(
  looks: readonly Look[],
  parts: {
    readonly terminal?: boolean;
    readonly format?: string;
    readonly height?: number;
    readonly color?: 'always';
  } = {},
): Promise<Watched> {
  const interruption = new AbortController();
  const text = { stdout: '', stderr: '' };
  const slept: number[] = [];
  const left = [...looks];
  const output = (stream: keyof typeof text): Io['stdout'] => ({
    write: (more) => {
      text[stream] += more;
    },
    isTerminal: parts.terminal === true,
    width: 60,
    ...(parts.height === undefined ? {} : { height: parts.height }),
  });
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: {},
    cwd: '/',
    ask: null,
    interrupted: interruption.signal,
  };
  const clock: Clock = {
    now: () => 0,
    sleep: async (ms) => {
      slept.push(ms);
      if (left.length === 0) interruption.abort();
    },
  };
  const look = async (tell: (text: string) => void): Promise<Status> => {
    const next = left.shift();
    if (next instanceof Error) throw next;
    if (next !== 'paused') return next ?? failing;
    tell('The service asks for a pause.');
    tell('The service asks for a pause.');
    return look(tell);
  };
  const options = { ...OPTIONS, format: parts.format ?? 'text', color: parts.color ?? OPTIONS.color };
  const exitCode = await watchStatus(io, options, { look, intervalMs: 30_000, clock });
  return { exitCode, ...text, slept };
}

const LINE = `2026-11-21T09:01:00Z ${QUEUE} tests.incoming: failure → success\n`;

describe('where there is no terminal', () => {
  it('each change is a line, and Ctrl-C ends it with 130', async () => {
    expect(await watched([failing, failing, working, working])).toEqual({
      exitCode: 130,
      stdout: LINE,
      stderr: 'Watching 1 mailbox of prod, as of 2026-11-21 09:00 UTC.\n',
      slept: [30_000, 30_000, 30_000, 30_000],
    });
  });

  it('a lost connection is told once, and when it is there again', async () => {
    const { stdout, stderr } = await watched([failing, lost, lost, working]);
    expect(stdout).toBe(LINE);
    expect(stderr).toBe(
      [
        'Watching 1 mailbox of prod, as of 2026-11-21 09:00 UTC.',
        'The environment cannot be read, and is tried again: No connection to contoso.crm4.dynamics.com',
        'The environment can be read again, as of 2026-11-21 09:01 UTC.\n',
      ].join('\n'),
    );
  });

  it('a pause is told once', async () => {
    const { stderr } = await watched([failing, 'paused', working]);
    expect(stderr.match(/asks for a pause/gu)?.length).toBe(1);
  });

  it('as JSON a change is a line by its schema', async () => {
    const { stdout } = await watched([failing, working], { format: 'json' });
    const change: unknown = JSON.parse(stdout);
    expect(change).toEqual({
      time: '2026-11-21T09:01:00Z',
      environment: 'prod',
      address: QUEUE,
      field: 'tests.incoming',
      from: 'failure',
      to: 'success',
    });
    const schema = new URL('../../schemas/status-change.schema.json', import.meta.url);
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    expect(ajv.validate(JSON.parse(readFileSync(schema, 'utf8')), change)).toBe(true);
  });
});

describe('what ends it', () => {
  it('an error of the first look: the address may be wrong', async () => {
    await expect(watched([lost])).rejects.toBe(lost);
  });

  it('an error that does not pass', async () => {
    const refused = new ServiceError('Not you', { kind: 'permission' });
    await expect(watched([failing, refused])).rejects.toBe(refused);
  });
});

describe('on a terminal', () => {
  const lastPage = (text: string): readonly string[] =>
    (text.split('\u001b[J').at(-2) ?? '')
      .split('\u001b[K\n')
      .slice(0, -1)
      .map((line) => line.slice(line.indexOf('\r') + 1));

  it('the page is drawn in place, with what changed', async () => {
    const { stdout } = await watched([failing, working], { terminal: true });
    expect(lastPage(stdout)).toEqual([
      'Mailboxes of prod  https://contoso.crm4.dynamics.com',
      'as of 2026-11-21 09:01 UTC',
      '',
      'Mailbox        Condition  In  Out  Appts  Approval',
      'queue/Support  working    ok  ok   ok     approved',
      '',
      'Mailboxes: 1. 0 failed, 0 stolen, 0 disabled, 0 not',
      'approved, 0 not tested, 0 testing, 1 working, 0 not synced,',
      '0 inactive.',
      '',
      'Changes',
      '  09:01:00 queue/Support  tests.incoming: failure → success',
      '',
      'Looked at every 30 s; Ctrl-C ends.',
    ]);
  });

  it('a mailbox stands out right after it has changed, and then no longer', async () => {
    const marked = '\u001b[7mqueue/Support\u001b[27m';
    const once = await watched([failing, working], { terminal: true, color: 'always' });
    const twice = await watched([failing, working, working], { terminal: true, color: 'always' });
    expect(lastPage(once.stdout).join('\n')).toContain(marked);
    expect(lastPage(twice.stdout).join('\n')).not.toContain(marked);
  });

  it('trouble is told below the page that was seen last', async () => {
    const { stdout, stderr } = await watched([failing, lost], { terminal: true });
    const page = lastPage(stdout);
    expect(page.join(' ')).toContain(
      'The environment cannot be read, and is tried again: No connection to contoso.crm4.dynamics.com Looked at every 30 s; Ctrl-C ends.',
    );
    expect(page).toContain('Mailboxes of prod  https://contoso.crm4.dynamics.com');
    expect(stderr).toBe('');
  });

  it.each([20, 30])('many changes leave room for the page on %i lines, the newest told', async (height) => {
    const many = (result: string): Status['mailboxes'] =>
      Array.from({ length: 50 }, (_, index) =>
        makeMailbox(`mailbox:queue/Q${index}`, { tests: tests(result, result, result) }),
      );
    const looks = [makeStatus(many('not-run')), makeStatus(many('success'))];
    const page = lastPage((await watched(looks, { terminal: true, height })).stdout);
    expect(page.length).toBe(height - 1);
    const told = page.slice(page.indexOf('Changes') + 1, -2);
    expect(told.length).toBeLessThanOrEqual((height - 1) / 3);
    expect(told.slice(-2)).toEqual([
      '  09:00:01 queue/Q9',
      '      tests.incoming: not-run → success, tests.outgoing: n…',
    ]);
  });

  it.each([12, 20, 30])('a page is no longer than the %i lines of the screen', async (height) => {
    const many = Array.from({ length: 50 }, (_, index) => makeMailbox(`mailbox:queue/Q${index}`));
    const page = lastPage((await watched([makeStatus(many)], { terminal: true, height })).stdout);
    expect(page.length).toBe(height - 1);
    expect(page.filter((line) => /^… \d+ more lines$/u.test(line)).length).toBe(1);
    expect(page.join(' ')).toContain('50 working');
  });
});
