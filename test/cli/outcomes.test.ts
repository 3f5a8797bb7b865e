/** Exit codes of runs that went on to the end, or were interrupted; and the texts that scripts look for. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT, strongest } from '../../src/commands/exit-codes.ts';
import { CONFIG, environment, mailboxctl, ORGANIZATION, project, twoEdits } from './command-line.ts';

describe('--detailed-exitcode', () => {
  const nothing = CONFIG.replaceAll('outgoing: none', 'outgoing: server-side-sync');

  it.each<readonly [string, string, number, number]>([
    ['plan', CONFIG, 0, 2],
    ['plan', nothing, 0, 0],
    ['drift', CONFIG, 0, 2],
    ['drift', nothing, 0, 0],
  ])('%s', async (verb, config, without, withIt) => {
    const directory = await twoEdits(config);
    expect((await mailboxctl([verb, directory])).exitCode).toBe(without);
    expect((await mailboxctl([verb, directory, '--detailed-exitcode'])).exitCode).toBe(withIt);
  });

  it.each<readonly [string, number]>([
    ['configuration', 2],
    ['approval,configuration', 2],
    ['health', 0],
    // Not declared at all: the queue Support.
    ['unmanaged', 2],
  ])('drift --fail-on %s', async (classes, exitCode) => {
    const run = await mailboxctl(['drift', await twoEdits(), '--fail-on', classes]);
    expect(run.exitCode).toBe(exitCode);
    expect(run.stdout).toContain('\nDrift: 2 configuration, 0 approval, 0 health, 0 missing, 0 new, ');
  });
});

/** One mailbox is approved and tested with success, one fails its test. */
const TESTED = `
version: 1
environments: { local: { url: emulator, data: organization.yaml } }
rules:
  - name: everyone
    match: { mailboxOf: user, emailAddress: "*@contoso.com" }
    approved: true
    testAndEnable: true
`;
const FAILING = `${ORGANIZATION}
mailServers:
  - { emailAddress: bob@contoso.com, outgoing: permanent:8005E274 }
`;

describe('a test that fails', () => {
  it('is exit 8, with its alert, and is held back in the next plan', async () => {
    const directory = await project({ 'mailboxctl.yaml': TESTED, 'organization.yaml': FAILING });
    const { exitCode, stdout } = await mailboxctl(['apply', directory, '--yes']);
    expect(exitCode).toBe(8);
    expect(stdout).toContain('\nPlan: 0 to add, 0 to change, 0 to destroy. Actions: 2 approvals, 2 tests.\n');
    expect(stdout).toContain('\nFailed tests: 1 of 2.\n');
    expect(stdout).toContain('mailbox:user/bob@contoso.com  incoming success, outgoing failure');
    expect(stdout).toContain('8005E274');
    expect(stdout).toMatch(
      /\nApply complete! Resources: 0 added, 0 changed, 0 destroyed\. Actions: 2 approved, 2 tested\.\n$/u,
    );
    const again = await mailboxctl(['plan', directory, '--detailed-exitcode']);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toMatch(/\nNo changes\. 1 mailboxes held back\.\n$/u);
  });

  it('is weaker than something that is missing', async () => {
    const config = `${TESTED}mailboxes:\n  - user: nobody@contoso.com\n    outgoing: none\n`;
    const directory = await project({ 'mailboxctl.yaml': config, 'organization.yaml': FAILING });
    const { exitCode, stdout } = await mailboxctl(['apply', directory, '--yes']);
    expect(exitCode).toBe(7);
    expect(stdout).toContain('\nFailed tests: 1 of 2.\n');
    expect(stdout).toMatch(
      /\nApply incomplete\. Resources: 0 added, 0 changed, 0 destroyed\. Actions: 2 approved, 2 tested\. 0 failed, 0 skipped, 0 unknown\.\n$/u,
    );
  });
});

describe('a change that the service refuses', () => {
  it('is exit 7, stops nothing else, and is done by the next run', async () => {
    const served = await environment(ORGANIZATION);
    const directory = await twoEdits();
    await served.fault({
      method: 'PATCH',
      emailAddress: 'bob@contoso.com',
      status: 400,
      message: 'No.',
      times: 1,
    });
    const args = ['apply', directory, '--url', served.url, '--yes'];
    const { exitCode, stdout } = await mailboxctl(args);
    expect(exitCode).toBe(7);
    expect(stdout).toContain('mailbox:user/bob@contoso.com');
    expect(stdout).toMatch(
      /\nApply incomplete\. Resources: 0 added, 1 changed, 0 destroyed\. Actions: 0 approved, 0 tested\. 1 failed, 0 skipped, 0 unknown\.\n$/u,
    );
    const again = await mailboxctl(args);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain(
      '\nApply complete! Resources: 0 added, 1 changed, 0 destroyed. Actions: 0 approved, 0 tested.\n',
    );
    const planned = await mailboxctl(['plan', directory, '--url', served.url]);
    expect(planned.stdout).toMatch(/\nNo changes\. The environment matches the configuration\.\n$/u);
  });
});

describe('approvals that somebody else gives', () => {
  const handOff = (approvals: string): string =>
    TESTED.replace('data: organization.yaml', `data: organization.yaml, approvals: ${approvals}`);

  /** Not allowed to approve addresses in Exchange Online. */
  const BY_ROBOT = `${ORGANIZATION}
callers:
  - { token: robot, application: Robot, roles: [System Administrator] }
`;

  it.each<readonly [string, string, number]>([
    ['hand-off', ORGANIZATION, 0],
    ['apply', BY_ROBOT, 0],
    ['fail', BY_ROBOT, 7],
  ])('approvals: %s', async (approvals, organization, exitCode) => {
    const directory = await project({
      'mailboxctl.yaml': handOff(approvals),
      'organization.yaml': organization,
    });
    const { exitCode: actual, stdout } = await mailboxctl(['apply', directory, '--yes']);
    expect(stdout).toContain('\nWaiting for a person: 2 approvals.\n');
    expect(actual).toBe(exitCode);
  });

  it('approvals: fail approves where it can', async () => {
    const directory = await project({
      'mailboxctl.yaml': handOff('fail'),
      'organization.yaml': ORGANIZATION,
    });
    const { exitCode, stdout } = await mailboxctl(['apply', directory, '--yes']);
    expect(stdout).toContain('Actions: 2 approved, 2 tested.');
    expect(exitCode).toBe(0);
  });

  it('are given by --only approvals, and nothing else with them', async () => {
    const served = await environment(ORGANIZATION);
    const directory = await project({
      'mailboxctl.yaml': handOff('hand-off'),
      'organization.yaml': ORGANIZATION,
    });
    const file = join(directory, 'plan.json');
    await mailboxctl(['plan', directory, '--url', served.url, '--out', file]);
    const args = ['apply', directory, '--url', served.url, '--plan', file, '--only', 'approvals', '--yes'];
    const { exitCode, stdout } = await mailboxctl(args);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(' Actions: 2 approved, 0 tested.\n');
    expect(served.writes().every((write) => write.startsWith('PATCH systemusers('))).toBe(true);
  });

  it('show and ask for nothing but the approvals: no edit, and no secret that only the edits need', async () => {
    const served = await environment(ORGANIZATION);
    const queue = `
mailboxes:
  - queue: Support
    serverProfile: Support POP3
    credentials: { username: support, password: { env: A_PASSWORD_THAT_IS_NOT_SET } }
serverProfiles:
  - name: Support POP3
    type: pop3-smtp
    incoming: { server: pop3.contoso.com }
    outgoing: { server: smtp.contoso.com }
`;
    const config = handOff('hand-off') + queue;
    const directory = await project({ 'mailboxctl.yaml': config, 'organization.yaml': ORGANIZATION });
    const file = join(directory, 'plan.json');
    const planned = await mailboxctl(['plan', directory, '--url', served.url, '--out', file]);
    const command = `mailboxctl apply ${directory} --env local --plan ${file} --only approvals`;
    expect(planned.stdout.replaceAll(/ \\\n +/gu, ' ')).toContain(command);
    const args = ['apply', directory, '--url', served.url, '--plan', file, '--only', 'approvals', '--yes'];
    const { exitCode, stdout } = await mailboxctl(args);
    expect(stdout).toContain('\nPlan: 0 to add, 0 to change, 0 to destroy. Actions: 2 approvals, 0 tests.\n');
    expect(stdout).not.toContain('Support POP3');
    expect(exitCode).toBe(0);
  });
});

describe('Ctrl-C', () => {
  it('during the tests is exit 130, and the next run awaits what was begun', async () => {
    const directory = await project({ 'mailboxctl.yaml': TESTED, 'organization.yaml': ORGANIZATION });
    const interruption = new AbortController();
    const run = await mailboxctl(['apply', directory, '--yes'], {
      interrupted: interruption.signal,
      onStderr: (text) => {
        if (text.includes('testing')) interruption.abort();
      },
    });
    expect(run.exitCode).toBe(130);
    expect(run.stdout).toContain('\nApply incomplete. Resources: 0 added, 0 changed, 0 destroyed.');
    const again = await mailboxctl(['apply', directory, '--yes']);
    expect(again.exitCode).toBe(0);
    const planned = await mailboxctl(['plan', directory]);
    expect(planned.stdout).toMatch(/\nNo changes\. The environment matches the configuration\.\n$/u);
  });

  it('is stronger than a failed test', async () => {
    const hanging = `${FAILING}  - { emailAddress: alice@contoso.com, outgoing: hang }\n`;
    const directory = await project({ 'mailboxctl.yaml': TESTED, 'organization.yaml': hanging });
    const interruption = new AbortController();
    const run = await mailboxctl(['apply', directory, '--yes'], {
      interrupted: interruption.signal,
      onStderr: (text) => {
        if (text.includes('test failed')) interruption.abort();
      },
    });
    expect(run.exitCode).toBe(130);
    expect(run.stdout).toContain('\nFailed tests: 1 of 1.\n');
    expect(run.stdout).toMatch(/ Actions: 2 approved, 1 tested\. 0 failed, 0 skipped, 1 unknown\.\n$/u);
  });

  it('before anything was sent sends nothing', async () => {
    const served = await environment(ORGANIZATION);
    const args = ['apply', await twoEdits(), '--url', served.url, '--yes'];
    const { exitCode, stderr } = await mailboxctl(args, { interrupted: AbortSignal.abort() });
    expect({ exitCode, writes: served.writes() }).toEqual({ exitCode: 130, writes: [] });
    expect(stderr).toContain('Error: Interrupted; nothing was sent\n');
  });

  it.each(['plan', 'drift', 'status', 'apply'])(
    'ends %s at once while it waits for a service that asks for patience',
    async (verb) => {
      const served = await environment(
        `${ORGANIZATION}faults:\n  - { path: '.*', times: 1000, status: 429, retryAfter: 600 }\n`,
      );
      const interruption = new AbortController();
      const args = [verb, await twoEdits(), '--url', served.url, ...(verb === 'apply' ? ['--yes'] : [])];
      const running = mailboxctl(args, { interrupted: interruption.signal });
      while (served.requests() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      interruption.abort();
      expect((await running).exitCode).toBe(130);
    },
  );
});

it('--timeout ends the wait, not the test, and is exit 7', async () => {
  const hanging = `${ORGANIZATION}mailServers:\n  - { emailAddress: bob@contoso.com, outgoing: hang }\n`;
  const directory = await project({ 'mailboxctl.yaml': TESTED, 'organization.yaml': hanging });
  const { exitCode, stdout } = await mailboxctl(['apply', directory, '--yes', '--timeout', '5m']);
  expect(exitCode).toBe(7);
  expect(stdout).toMatch(/ Actions: 2 approved, 1 tested\. 0 failed, 0 skipped, 1 unknown\.\n$/u);
});

describe('the order of exit codes', () => {
  const order = [130, 4, 3, 6, 5, 1, 7, 8, 2, 0] as const;

  it('has every code once', () => {
    expect(Object.values(EXIT).sort((a, b) => a - b)).toEqual([...order].sort((a, b) => a - b));
  });

  it.each(order.flatMap((first, index) => order.slice(index).map((second) => [first, second] as const)))(
    '%i wins over %i',
    (first, second) => {
      expect([strongest([first, second]), strongest([second, first])]).toEqual([first, first]);
    },
  );

  it('is 0 for nothing', () => {
    expect(strongest([])).toBe(0);
  });
});

it('a run can be retried with another organization file, which is said', async () => {
  const directory = await twoEdits();
  expect((await mailboxctl(['apply', directory, '--yes'])).exitCode).toBe(0);
  await writeFile(join(directory, 'organization.yaml'), `${ORGANIZATION}name: Other\n`);
  const { exitCode, stdout, stderr } = await mailboxctl(['plan', directory, '--detailed-exitcode']);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: 'The organization file has changed: the embedded Dataverse starts afresh.\n',
  });
  expect(stdout).toContain('Plan: 0 to add, 2 to change, 0 to destroy.');
});
