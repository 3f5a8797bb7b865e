/**
 * Promise 8, with real processes: an apply that is killed by SIGKILL at any moment, and started again, converges.
 * Every event and request of an apply is a kill point in `test/kill`; here it is the operating system that kills.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRecord } from '../../src/dataverse/record-id.ts';
import { buildProgram, type Program } from '../program.ts';
import { type Folder, openFolder } from './command-line.ts';
import { organizationOf } from './contoso.ts';

const ORGANIZATION_ID = '7d000000-0000-4000-8000-000000000001';
const people = Array.from({ length: 40 }, (_none, index) => `person${index}@contoso.com`);
const FILES = {
  'mailboxctl.yaml': `version: 1
environments:
  local: { url: emulator }
serverProfiles:
  - { name: Support POP3, type: pop3-smtp, incoming: { server: pop3.contoso.com }, outgoing: { server: smtp.contoso.com }, authentication: user-or-queue }
rules:
  - { name: everyone, match: { mailboxOf: user, emailAddress: "person*@contoso.com" }, serverProfile: Support POP3, incoming: none }
mailboxes:
  - { forward: Inbound, emailAddress: forward@contoso.com, serverProfile: Support POP3, incoming: server-side-sync, appointmentsContactsTasks: none }
`,
  'organization.yaml': organizationOf(
    `users:\n${people.map((address) => `  - { signIn: ${address}, emailAddress: ${address} }\n`).join('')}`,
  ),
};
const APPLY = ['apply', '--yes', '--allow', 'max-changes', '--allow', 'first-apply'];

let program: Program;
let folder: Folder;
let service: ChildProcess;
let url = '';

beforeAll(async () => {
  program = await buildProgram();
  folder = await openFolder(FILES);
  service = start(['emulator', '--data', 'organization.yaml', '--latency', '4', '--operation-time', '4']);
  const [line] = await once(service.stdout ?? service, 'data');
  url = String(line).trim().replace('listening on ', '');
});
afterAll(async () => {
  service.kill('SIGKILL');
  await folder.remove();
  await program.remove();
});

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program.path, ...args], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(
  args: readonly string[],
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = start([...args, '--url', url]);
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.on('data', (text) => {
      printed[name] += String(text);
    });
  const [exitCode] = await once(child, 'close');
  return { exitCode, ...printed };
}

/** Kills some milliseconds after the first line of the run; `false`: it had ended by then. */
async function killAfter(ms: number): Promise<boolean> {
  const child = start([...APPLY, '--url', url]);
  const closed = once(child, 'close');
  child.stdout?.resume();
  await Promise.race([once(child.stderr ?? child, 'data'), closed]);
  await sleep(ms);
  child.kill('SIGKILL');
  const [, signal] = await closed;
  return signal === 'SIGKILL';
}

async function rows(table: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await fetch(`${url}/_emulator/rows?table=${table}`)).json() as Promise<Record<string, unknown>[]>;
}

const named = (list: Awaited<ReturnType<typeof rows>>, name: string, key: string): readonly unknown[] =>
  list.filter((row) => row.name === name).map((row) => row[key]);

describe.each([0, 25, 70])('killed after %d ms', (ms) => {
  it('converges when it is started again, with the same ids and nothing twice', async () => {
    await fetch(`${url}/_emulator/reset`, { method: 'POST' });
    await rm(join(folder.path, '.mailboxctl'), { recursive: true, force: true });
    const killed = await killAfter(ms);
    const again = await run(APPLY);
    const { exitCode, stdout } = await folder.run('plan', '--detailed-exitcode', '--url', url);
    expect({ killed, again: again.exitCode, stderr: again.stderr.includes('failed'), exitCode }).toEqual({
      killed: true,
      again: 0,
      stderr: false,
      exitCode: 0,
    });
    expect(stdout).toContain('No changes. The environment matches the configuration.');
    const profiles = named(await rows('emailserverprofile'), 'Support POP3', 'emailserverprofileid');
    const forwards = named(await rows('mailbox'), 'Inbound', 'mailboxid');
    expect({ profiles, forwards }).toEqual({
      profiles: [newRecord(ORGANIZATION_ID, 'profile:Support POP3').id],
      forwards: [newRecord(ORGANIZATION_ID, 'mailbox:forward/Inbound').id],
    });
  });
});

it('ids are version 5, and follow from organization and address alone', () => {
  const ids = ['profile:Support POP3', 'PROFILE:support pop3', 'profile:Support IMAP'].map(
    (address) => newRecord(ORGANIZATION_ID, address).id,
  );
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
});
