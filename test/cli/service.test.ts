/** Environments that do not answer as they should: which exit code, which message, and never a write. */

import { describe, expect, it } from 'vitest';
import {
  CONFIG,
  closedPort,
  environment,
  mailboxctl,
  ORGANIZATION,
  ORGANIZATION_ID,
  project,
  twoEdits,
} from './command-line.ts';

interface Broken {
  readonly fault: Readonly<Record<string, unknown>>;
  readonly exitCode: number;
  readonly says: readonly string[];
}

const BROKEN: readonly (readonly [what: string, broken: Broken])[] = [
  [
    '401',
    {
      fault: { status: 401 },
      exitCode: 4,
      says: ['Error: The environment does not accept the sign-in', '401 GET WhoAmI'],
    },
  ],
  [
    '403',
    {
      fault: {
        status: 403,
        code: '0x80040220',
        message: 'Principal user is missing prvReadMailbox privilege',
      },
      exitCode: 4,
      says: ['Error: GET WhoAmI is not permitted', 'prvReadMailbox', '403 0x80040220 GET WhoAmI'],
    },
  ],
  [
    '404',
    { fault: { status: 404 }, exitCode: 1, says: ['Error: GET WhoAmI found nothing', '404 GET WhoAmI'] },
  ],
  [
    'a page',
    {
      fault: { status: 501, html: true, message: 'Runtime Error' },
      exitCode: 1,
      says: ['Error: GET WhoAmI was answered with an HTML page and status 501', 'proxy'],
    },
  ],
];

describe.each(BROKEN)('%s', (_what, { fault, exitCode, says }) => {
  it.each(['plan', 'drift', 'status', 'apply'])('ends %s', async (verb) => {
    const served = await environment(ORGANIZATION);
    await served.fault(fault);
    const consent = verb === 'apply' ? ['--yes'] : [];
    const run = await mailboxctl([verb, await twoEdits(), '--url', served.url, ...consent]);
    expect({ exitCode: run.exitCode, stdout: run.stdout, writes: served.writes() }).toEqual({
      exitCode,
      stdout: '',
      writes: [],
    });
    for (const text of says) expect(run.stderr).toContain(text);
    expect(run.stderr).not.toMatch(/<html>|\bat .*\.ts:\d/u);
  });
});

it.each([
  ['an answer that breaks off', { cut: 20 }],
  ['rows that break off', { cut: 60, table: 'mailbox' }],
  ['200 with a page', { status: 200, html: true, message: 'One moment' }],
  ['500 with a page', { status: 500, html: true, message: 'Runtime Error' }],
])('%s, once, does not end plan', async (_what, fault) => {
  const served = await environment(ORGANIZATION);
  const path = await twoEdits();
  const whole = await mailboxctl(['plan', path, '--url', served.url]);
  const before = served.requests();
  await served.fault({ ...fault, times: 1 });
  const told = await mailboxctl(['plan', path, '--url', served.url]);
  expect(told.stderr).toMatch(/^.*\b127\.0\.0\.1:\d+ .*; asked again in 1 s, attempt 2 of [36]\n$/u);
  expect({ ...told, stderr: '' }).toEqual(whole);
  expect(served.requests() - before).toBe(before + 1);
});

it.each(['plan', 'drift', 'status', 'doctor'])(
  '%s says for how long the service asks to wait',
  async (verb) => {
    const faults = '{ table: mailbox, times: 2, status: 429, retryAfter: 300 }';
    const directory = await project({
      'mailboxctl.yaml': CONFIG,
      'organization.yaml': `${ORGANIZATION}faults:\n  - ${faults}\n`,
    });
    const { exitCode, stderr } = await mailboxctl([verb, directory]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^(The service asks for a pause of 5 min \(too many requests\); going on at \d\d:\d\d:\d\d UTC\n)+$/u,
    );
  },
);

it('--log-level warn leaves pauses untold', async () => {
  const faults = '{ table: mailbox, times: 2, status: 429, retryAfter: 300 }';
  const directory = await project({
    'mailboxctl.yaml': CONFIG,
    'organization.yaml': `${ORGANIZATION}faults:\n  - ${faults}\n`,
  });
  expect((await mailboxctl(['plan', directory, '--log-level', 'warn'])).stderr).toBe('');
});

it('--parallelism is the ceiling of reads as well', async () => {
  const served = await environment(ORGANIZATION);
  const directory = await twoEdits();
  const whole = await mailboxctl(['plan', directory, '--url', served.url]);
  for (const verb of ['plan', 'drift', 'status', 'doctor']) {
    const run = await mailboxctl([verb, directory, '--url', served.url, '--parallelism', '1']);
    expect(run.exitCode).toBe(0);
    if (verb === 'plan') expect(run).toEqual(whole);
  }
});

it('mailboxes that may not be read are not called missing, and it is said that they were not seen', async () => {
  const served = await environment(ORGANIZATION);
  await served.fault({ status: 403, code: '0x80040220', message: 'no prvReadMailbox', table: 'mailbox' });
  const { stdout } = await mailboxctl(['drift', await twoEdits(), '--url', served.url]);
  expect(stdout).toContain(
    '\nNot seen\n  - user mailboxes: this account may not read them (read depth: none)\n',
  );
  expect(stdout).toContain(' 0 missing,');
});

it('a port on which nobody listens', async () => {
  const url = await closedPort();
  const { exitCode, stdout, stderr } = await mailboxctl(['plan', await twoEdits(), '--url', url]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(`Error: ${new URL(url).host} refuses the connection\n  GET WhoAmI\n`);
});

it.each([
  ['plain http to another machine', 'http://contoso.example', 'plain http'],
  ['a path behind the host', 'https://contoso.example/api', '/api'],
])('%s is no address for --url', async (_what, url, says) => {
  const { exitCode, stdout, stderr } = await mailboxctl(['plan', await twoEdits(), '--url', url]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(says);
});

describe('another organization than the declared one', () => {
  const other = CONFIG.replace('data:', 'organizationId: 7d000000-0000-4000-8000-00000000ffff, data:');

  it.each(['plan', 'drift', 'status', 'apply'])('ends %s with 6', async (verb) => {
    const served = await environment(ORGANIZATION);
    const consent = verb === 'apply' ? ['--yes'] : [];
    const run = await mailboxctl([verb, await twoEdits(other), '--url', served.url, ...consent]);
    expect({ exitCode: run.exitCode, stdout: run.stdout, writes: served.writes() }).toEqual({
      exitCode: 6,
      stdout: '',
      writes: [],
    });
    expect(run.stderr).toContain(
      `Error: This is another organization: ${ORGANIZATION_ID} answered, "local" declares 7d000000-0000-4000-8000-00000000ffff`,
    );
    expect(served.requests()).toBe(1);
  });
});

it('MAILBOXCTL_URL counts where --url is not given', async () => {
  const served = await environment(ORGANIZATION);
  const directory = await twoEdits();
  const env = { MAILBOXCTL_URL: served.url };
  const before = process.env.MAILBOXCTL_URL;
  process.env.MAILBOXCTL_URL = served.url;
  try {
    expect((await mailboxctl(['plan', directory], { env })).stdout).toContain(
      `Plan for local  ${served.url}`,
    );
    const closed = await closedPort();
    expect((await mailboxctl(['plan', directory, '--url', closed], { env })).stderr).toContain(
      'refuses the connection',
    );
  } finally {
    if (before === undefined) delete process.env.MAILBOXCTL_URL;
    else process.env.MAILBOXCTL_URL = before;
  }
});

it('a token is never printed', async () => {
  const served = await environment(ORGANIZATION);
  await served.fault({ status: 401 });
  const env = { MAILBOXCTL_TOKEN: 'token-that-nobody-may-see' };
  const { exitCode, stdout, stderr } = await mailboxctl(['plan', await twoEdits(), '--url', served.url], {
    env,
  });
  expect(exitCode).toBe(4);
  expect(stdout + stderr).not.toContain('token-that-nobody-may-see');
});
