import { describe, expect, it } from 'vitest';
import type { Project } from '../config/load-project.ts';
import type { RequestReport, Trouble } from '../wire.ts';
import type { Io } from './io.ts';
import { LOG_LEVELS } from './options.ts';
import { requestLine, tell, tellBlindness, worldOptions } from './world.ts';

function terminal(): { readonly io: Io; readonly written: string[] } {
  const written: string[] = [];
  const output = { write: (text: string) => void written.push(text), isTerminal: false, width: 80 };
  const interrupted = new AbortController().signal;
  return { io: { stdout: output, stderr: output, env: {}, cwd: '/here', ask: null, interrupted }, written };
}

const PROJECT = { directory: '/project' } as Project;
const REPORT: RequestReport = {
  method: 'GET',
  path: 'mailboxes',
  query: '',
  attempt: 1,
  status: 200,
  durationMs: 12.4,
  serviceTime: null,
  requestId: 'r-1',
};

describe('--log-level', () => {
  it.each([
    ['error', []],
    ['warn', ['warning\n']],
    ['info', ['warning\n', 'notice\n']],
    ['debug', ['warning\n', 'notice\n']],
  ] as const)('%s tells %j', (logLevel, expected) => {
    const { io, written } = terminal();
    tell(io, ['warning'], { logLevel }, 'warn');
    tell(io, ['notice'], { logLevel });
    expect(written).toEqual(expected);
  });

  it.each(LOG_LEVELS)('%s: requests are told by debug alone', (logLevel) => {
    const { io, written } = terminal();
    const { onRequest } = worldOptions(PROJECT, io, { logLevel });
    onRequest?.(REPORT);
    onRequest?.({ ...REPORT, status: null, requestId: null });
    const untimed = written.map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3}Z /u, ''));
    expect(untimed).toEqual(
      logLevel === 'debug' ? ['GET mailboxes 200 12 ms r-1\n', 'GET mailboxes no answer 12 ms\n'] : [],
    );
  });

  it('a request is told with its time, its query and its attempt', () => {
    const report = { ...REPORT, query: "$select=name&$filter=name eq '…'", attempt: 2 };
    expect(requestLine(report, Date.parse('2026-11-21T09:00:01.5Z'))).toBe(
      "09:00:01.500Z GET mailboxes?$select=name&$filter=name eq '…' 200 12 ms attempt 2 r-1\n",
    );
  });

  it.each<readonly [Trouble['what'], Trouble['again'], string]>([
    ['slow', null, 'No answer from contoso.example for 30 s; still waiting'],
    [
      'none',
      { inMs: 900, attempt: 2, most: 6 },
      'No answer from contoso.example after 30 s; asked again in 1 s, attempt 2 of 6',
    ],
    [
      503,
      { inMs: 4000, attempt: 4, most: 6 },
      'contoso.example answered 503; asked again in 4 s, attempt 4 of 6',
    ],
    [
      'page',
      { inMs: 1000, attempt: 2, most: 3 },
      'contoso.example answered with a page instead of data; asked again in 1 s, attempt 2 of 3',
    ],
    [
      'cut',
      { inMs: 1000, attempt: 2, most: 6 },
      'The answer of contoso.example broke off; asked again in 1 s, attempt 2 of 6',
    ],
  ])('trouble (%s) is told from info on', (what, again, line) => {
    for (const logLevel of LOG_LEVELS) {
      const { io, written } = terminal();
      worldOptions(PROJECT, io, { logLevel }).onTrouble?.({
        host: 'contoso.example',
        what,
        tookMs: 30_000,
        again,
      });
      expect(written).toEqual(logLevel === 'info' || logLevel === 'debug' ? [`${line}\n`] : []);
    }
  });

  it('trouble takes the place of the line that an apply draws', () => {
    const { io, written } = terminal();
    const drawing = { ...io, stderr: { ...io.stderr, isTerminal: true } };
    const { onTrouble } = worldOptions(PROJECT, drawing, { logLevel: 'info' });
    onTrouble?.({ host: 'contoso.example', what: 'slow', tookMs: 30_000, again: null });
    expect(written).toEqual(['\r\u001b[2KNo answer from contoso.example for 30 s; still waiting\n']);
  });
});

it.each<readonly [string, Parameters<typeof tellBlindness>[1], string]>([
  [
    'queues alone',
    [{ kind: 'mailbox', sort: 'queue', depth: 'none' }],
    'mailbox (queue)\n  Give the account a security role that holds prvReadQueue (table queue)',
  ],
  [
    'all mailboxes',
    [
      { kind: 'mailbox', sort: 'user', depth: 'none' },
      { kind: 'mailbox', sort: 'forward', depth: 'none' },
    ],
    'mailbox (user), mailbox (forward)\n  Give the account a security role that holds prvReadMailbox (table mailbox) and prvReadUser (table systemuser)',
  ],
  [
    'profiles',
    [{ kind: 'profile', sort: null, depth: 'none' }],
    'profile\n  Give the account a security role that holds prvReadEmailServerProfile (table emailserverprofile)',
  ],
])('names table and privilege of what is closed: %s', (_name, notSeen, says) => {
  const { io, written } = terminal();
  tellBlindness(io, notSeen);
  expect(written).toEqual([
    `Error: permission is missing: the caller may read nothing of ${says} for the whole organization.\n`,
  ]);
});

it('--record is relative to where the command runs', () => {
  const { io } = terminal();
  expect(worldOptions(PROJECT, io, { logLevel: 'info', record: 'run.jsonl' }).record).toBe('/here/run.jsonl');
  expect('record' in worldOptions(PROJECT, io, { logLevel: 'info' })).toBe(false);
});
