/** The example of one configuration for three environments: what its page promises, each environment to the end. */

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Plan } from '../../src/model/plan.generated.ts';
import { mailboxctl, type Run } from './command-line.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/three-environments', import.meta.url));
const ENV = { SUPPORT_PASSWORD: 'a-password-for-prod', SUPPORT_TEST_PASSWORD: 'a-password-for-test' };
const ALLOWED = ['mail-stops', 'delete', 'protected'].flatMap((guard) => ['--allow', guard]);

async function example(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-three-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await cp(EXAMPLE, directory, { recursive: true, filter: (path) => !path.includes('.mailboxctl') });
  return directory;
}

function run(directory: string, verb: string, environment: string, ...more: readonly string[]): Promise<Run> {
  return mailboxctl([verb, directory, '--env', environment, ...more], { env: ENV });
}

async function planOf(environment: string): Promise<Plan> {
  const { exitCode, stdout } = await run(await example(), 'plan', environment, '--format', 'json');
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as Plan;
}

it('is valid in all three, without a warning', async () => {
  expect(await mailboxctl(['validate', EXAMPLE])).toEqual({
    exitCode: 0,
    stdout: [
      'Errors: 0. Warnings: 0.',
      'Checked: dev (items: 10), test (items: 12), prod (items: 12).',
      'Valid. Environments: 3. Files: 9.',
      '',
    ].join('\n'),
    stderr: '',
  });
});

describe('to the end', () => {
  it.each([
    ['dev', 'No changes. The environment matches the configuration.'],
    ['test', 'No changes. The environment matches the configuration.'],
    ['prod', 'Waiting for a person: 2 approvals.'],
  ])('%s has nothing left for the tool to do', async (environment, last) => {
    const directory = await example();
    const applied = await run(directory, 'apply', environment, '--yes', ...ALLOWED);
    expect(applied.exitCode).toBe(0);
    const { stdout } = await run(directory, 'plan', environment);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(last);
    const drift = await run(directory, 'drift', environment, '--fail-on', 'configuration,missing');
    expect(drift.exitCode).toBe(0);
  });
});

describe('what the page says about the plans', () => {
  it('nobody is approved or tested in dev', async () => {
    const { steps, summary } = await planOf('dev');
    expect(steps.filter(({ verb }) => verb === 'approve' || verb === 'test')).toEqual([]);
    expect(summary.change).toBeGreaterThan(0);
  });

  it('the ceiling of test silences production’s people, also those whom no rule covers', async () => {
    const { steps } = await planOf('test');
    const silenced = steps.filter(({ because }) => because.some(({ kind }) => kind === 'ceiling'));
    const addresses = silenced.map(({ address }) => address);
    expect(addresses).toEqual(
      expect.arrayContaining(
        ['admin', 'chief', 'kim', 'sara'].map((name) => `mailbox:user/${name}@contoso.com`),
      ),
    );
    expect(steps.some(({ address }) => address === 'mailbox:user/tess@test.contoso.com')).toBe(true);
  });

  it('prod renames, deletes, protects, and leaves approvals to a person', async () => {
    const { steps, risks, handoffs } = await planOf('prod');
    const ids = steps.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'profile:Helpdesk#edit',
        'profile:Old POP3#delete',
        'mailbox:forward/Order intake#delete',
      ]),
    );
    expect(ids.filter((id) => id.endsWith('#create'))).toEqual([]);
    expect(risks.map(({ guard }) => guard)).toEqual(expect.arrayContaining(['delete', 'protected']));
    expect(handoffs.map(({ step }) => step).sort()).toEqual([
      'mailbox:queue/Support#approve',
      'mailbox:user/juna@contoso.com#approve',
    ]);
  });
});
