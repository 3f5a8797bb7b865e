/** `--record`: what a recording holds and what it does not, and that it can stand in for the environment. */

import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseRecording, type Recording } from '../../src/dataverse/recording-lines.ts';
import { replay } from '../../src/dataverse/replay.ts';
import { loadProject, openForReading } from '../../src/index.ts';
import { environment, mailboxctl, ORGANIZATION, ORGANIZATION_ID, project } from './command-line.ts';

const TOKEN = 'canary-token';
const PASSWORD = 'canary-pass/word+"1"';
const CALLER = `callers:
  - { token: ${TOKEN}, user: ada@contoso.com, roles: [System Administrator] }
`;

const config = (url: string): string => `
version: 1
environments:
  test: { url: "${url}", purpose: non-production, organizationId: ${ORGANIZATION_ID} }
serverProfiles:
  - name: Exchange on-premises
    type: exchange-server
    authentication: profile
    autoDiscover: true
    incoming: { username: crm, password: { env: SUPPORT_PASSWORD } }
mailboxes:
  - user: alice@contoso.com
    outgoing: none
`;

async function recordedPlan(): Promise<{
  readonly directory: string;
  readonly file: string;
  readonly plan: Record<string, unknown>;
  readonly recording: Recording;
}> {
  const { url } = await environment(`${ORGANIZATION}${CALLER}`);
  const directory = await project({ 'mailboxctl.yaml': config(url) });
  const file = join(directory, 'run.jsonl');
  const run = await mailboxctl(['plan', directory, '--format', 'json', '--record', file], {
    env: { MAILBOXCTL_TOKEN: TOKEN },
  });
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
  return {
    directory,
    file,
    plan: JSON.parse(run.stdout) as Record<string, unknown>,
    recording: parseRecording(await readFile(file, 'utf8')),
  };
}

it('stands in for the environment: the same plan comes of it', async () => {
  const { directory, plan, recording } = await recordedPlan();
  const { timestamp } = plan as { readonly timestamp: string };
  const again = await openForReading(await loadProject(directory), 'test', {
    env: {},
    fetch: replay(recording),
    clock: { now: () => Date.parse(timestamp), sleep: async () => {} },
  });
  const replayed = await again.plan(await again.see());
  await again.close();
  expect(JSON.stringify(replayed)).toBe(JSON.stringify(plan));
});

it('holds no token, and is for its owner alone', async () => {
  const { file, recording } = await recordedPlan();
  const text = await readFile(file, 'utf8');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(text.toLowerCase()).not.toContain('authorization');
  expect(text).not.toContain('canary');
  expect(recording.exchanges.map(({ failure, answer }) => [failure, answer?.status])).toEqual(
    recording.exchanges.map(() => [null, 200]),
  );
});

it('of writes holds no secret in any form', async () => {
  const { url } = await environment(`${ORGANIZATION}${CALLER}`);
  const directory = await project({ 'mailboxctl.yaml': config(url) });
  const file = join(directory, 'run.jsonl');
  const { exitCode } = await mailboxctl(
    ['apply', directory, '--yes', '--record', file, '--allow', 'mail-stops'],
    {
      env: { MAILBOXCTL_TOKEN: TOKEN, SUPPORT_PASSWORD: PASSWORD },
    },
  );
  const text = await readFile(file, 'utf8');
  expect(exitCode).toBe(0);
  expect(text).toContain('incomingpassword\\":\\"***\\"');
  expect(text).not.toContain('canary');
  expect(text).not.toContain(Buffer.from(PASSWORD).toString('base64').slice(0, 12));
});

it('replaces an earlier recording, and no other file', async () => {
  const { url } = await environment(`${ORGANIZATION}${CALLER}`);
  const directory = await project({ 'mailboxctl.yaml': config(url), 'notes.txt': 'mine' });
  const env = { MAILBOXCTL_TOKEN: TOKEN };
  const record = (file: string): ReturnType<typeof mailboxctl> =>
    mailboxctl(['plan', directory, '--record', join(directory, file)], { env });
  await record('run.jsonl');
  const first = await readFile(join(directory, 'run.jsonl'), 'utf8');
  expect((await record('run.jsonl')).exitCode).toBe(0);
  const second = await readFile(join(directory, 'run.jsonl'), 'utf8');
  expect(parseRecording(second).exchanges.length).toBe(parseRecording(first).exchanges.length);
  const refused = await record('notes.txt');
  expect([refused.exitCode, refused.stdout, refused.stderr]).toEqual([
    1,
    '',
    `Error: --record ${join(directory, 'notes.txt')} is there already and is no recording; it was not overwritten\n  Name another file, or remove this one.\n`,
  ]);
  expect(await readFile(join(directory, 'notes.txt'), 'utf8')).toBe('mine');
  const own = await record('mailboxctl.yaml');
  expect([own.exitCode, own.stderr.split(';')[0]]).toEqual([
    1,
    `Error: --record ${join(directory, 'mailboxctl.yaml')} is a file of the project`,
  ]);
});

it('that cannot be written is told before anything is sent', async () => {
  const served = await environment(ORGANIZATION);
  const directory = await project({ 'mailboxctl.yaml': config(served.url) });
  await writeFile(join(directory, 'file'), '');
  const { exitCode, stderr } = await mailboxctl([
    'plan',
    directory,
    '--record',
    join(directory, 'none', 'x'),
  ]);
  expect([exitCode, stderr, served.requests()]).toEqual([
    1,
    `Error: --record ${join(directory, 'none', 'x')} cannot be written: there is no such folder\n  Make the folder first, or name another file.\n`,
    0,
  ]);
});

it('--log-level debug tells each request with its time and id', async () => {
  const { url } = await environment(ORGANIZATION);
  const directory = await project({ 'mailboxctl.yaml': config(url) });
  const { stderr } = await mailboxctl(['status', directory, '--log-level', 'debug']);
  const lines = stderr.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3}Z GET WhoAmI 200 \d+ ms [0-9a-f-]{36}$/u);
  const line = /^\d\d:\d\d:\d\d\.\d{3}Z (GET|POST) [\w$()/.-]+(\?\$.+)? 200 \d+ ms [0-9a-f-]{36}$/u;
  expect(lines.filter((text) => !line.test(text))).toEqual([]);
  expect(lines.find((text) => text.includes('?$select='))).toBeDefined();
});
