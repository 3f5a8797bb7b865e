/** The program as one file: copied alone to an empty folder it does all that the package does. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundleSingle } from '../../.build/single.ts';
import manifest from '../../package.json' with { type: 'json' };
import { CLIENT, startAuthority, TENANT } from '../../src/dataverse/local-authority.test-support.ts';
import { makeCertificate } from '../../src/dataverse/local-servers.test-support.ts';
import { environment } from '../cli/command-line.ts';
import { type Ended, ended } from './packed.ts';

const PLAN = 'Plan: 0 to add, 5 to change, 0 to destroy. Actions: 3 approvals, 4 tests.';

let directory = '';
let built = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailboxctl-single-'));
  built = join(directory, 'built', 'mailboxctl.mjs');
  await bundleSingle(built);
}, 60_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

/** A new folder with nothing in it but the file. */
async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(directory, 'empty-'));
  await copyFile(built, join(folder, 'mailboxctl.mjs'));
  return folder;
}

/** Runs it as a shell would, by its first line. */
function mailboxctl(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ended(join(cwd, 'mailboxctl.mjs'), args, { cwd, env: { PATH: process.env.PATH ?? '', ...env } });
}

const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1);

describe('the file', () => {
  it('can be executed, and is of the size that it should be', async () => {
    const { mode, size } = await stat(built);
    expect(mode & 0o777).toBe(0o755);
    expect(size).toBeGreaterThan(3_000_000);
    expect(size).toBeLessThan(8_000_000);
  });

  it('ends with the licences of everything in it', async () => {
    const [code = '', licences = ''] = (await readFile(built, 'utf8')).split(
      '/*\nThe licences of the packages in this file:\n',
    );
    for (const name of ['@azure/identity', '@azure/msal-node', 'commander', 'selfsigned', 'undici', 'yaml'])
      expect(licences).toContain(`${name} (`);
    expect(licences.indexOf('*/')).toBe(licences.length - 3);
    expect(code).toMatch(/^#!\/usr\/bin\/env node\n/u);
  });
});

describe('alone in an empty folder', () => {
  it('says its version, and writes nothing', async () => {
    const cwd = await emptyFolder();
    expect(await mailboxctl(cwd, ['--version'])).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
    expect(await readdir(cwd)).toEqual(['mailboxctl.mjs']);
  });

  it('says on a Node that is too old what it needs', async () => {
    const cwd = await emptyFolder();
    const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})`;
    expect(await mailboxctl(cwd, ['--version'], { NODE_OPTIONS: `--import=${pretend}` })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mailboxctl needs Node 20.19 or newer; this is 18.20.4.\n',
    });
  });

  it('starts a project, plans and applies it, and then there is nothing left to do', async () => {
    const cwd = await emptyFolder();
    expect((await mailboxctl(cwd, ['init', 'mail'])).code).toBe(0);
    const planned = await mailboxctl(cwd, ['plan', 'mail']);
    expect([planned.code, lastLine(planned.stdout)]).toEqual([0, PLAN]);
    const applied = await mailboxctl(cwd, ['apply', 'mail', '--yes']);
    // One of the mailboxes of that project fails its test, for people to see how that looks.
    expect([applied.code, lastLine(applied.stdout)]).toEqual([
      8,
      'Apply complete! Resources: 0 added, 5 changed, 0 destroyed. Actions: 3 approved, 4 tested.',
    ]);
    const again = await mailboxctl(cwd, ['plan', 'mail']);
    expect([again.code, lastLine(again.stdout)?.startsWith('No changes. ')]).toEqual([0, true]);
  });

  it('writes a page, whose script is in the file, too', async () => {
    const cwd = await emptyFolder();
    await mailboxctl(cwd, ['init', 'mail']);
    const { code, stdout } = await mailboxctl(cwd, ['plan', 'mail', '--format', 'html']);
    expect([code, stdout.slice(0, 15).toLowerCase()]).toEqual([0, '<!doctype html>']);
    expect(/<script>([\s\S]*?)<\/script>/u.exec(stdout)?.[1]?.length).toBeGreaterThan(1_000);
  });

  it('signs in, and says why that was refused', async () => {
    const certificate = await makeCertificate();
    const authority = await startAuthority(certificate);
    onTestFinished(async () => {
      await authority.close();
      certificate.remove();
    });
    const cwd = await emptyFolder();
    const config = `
version: 1
environments:
  test:
    url: https://environment.contoso.test
    purpose: non-production
    auth: { tenantId: ${TENANT}, clientId: ${CLIENT} }
`;
    await writeFile(join(cwd, 'mailboxctl.yaml'), config);
    const { code, stderr } = await mailboxctl(cwd, ['plan'], {
      NODE_EXTRA_CA_CERTS: certificate.file,
      AZURE_AUTHORITY_HOST: authority.url,
      AZURE_CLIENT_SECRET: 'canary-other',
    });
    expect([code, stderr.split('\n')[0]]).toEqual([
      4,
      `Error: Signing in by client-secret failed (AADSTS7000215): AZURE_CLIENT_SECRET holds no secret of the application ${CLIENT}`,
    ]);
    expect(authority.asked.length).toBe(1);
  });

  it('makes the certificate of its embedded Dataverse', async () => {
    const cwd = await emptyFolder();
    const args = ['emulator', '--https', '--generate', 'users=1,queues=1,seed=1'];
    const child = spawn(join(cwd, 'mailboxctl.mjs'), args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    expect(line).toMatch(/^listening on https:\/\/127\.0\.0\.1:\d+\n$/u);
  });
});

/** Root may write anywhere: then somebody else runs it. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};

it('plans for somebody who may write nowhere', async () => {
  const cwd = await emptyFolder();
  await mailboxctl(cwd, ['init', 'mail']);
  const served = await environment(await readFile(join(cwd, 'mail', 'organization.yaml'), 'utf8'));
  const temporary = join(cwd, 'tmp');
  await mkdir(temporary);
  const folders = [cwd, join(cwd, 'mail'), temporary];
  for (const folder of folders) await chmod(folder, 0o555);
  await chmod(directory, 0o755);
  onTestFinished(async () => {
    for (const folder of folders) await chmod(folder, 0o755);
  });
  const env = { PATH: process.env.PATH ?? '', TMPDIR: temporary, HOME: '/nonexistent' };
  const args = ['plan', 'mail', '--url', served.url];
  const { code, stdout, stderr } = await ended(join(cwd, 'mailboxctl.mjs'), args, { cwd, env, ...nobody });
  expect({ code, last: lastLine(stdout), stderr }).toEqual({ code: 0, last: PLAN, stderr: '' });
});
