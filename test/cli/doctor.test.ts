/** The doctor, from the command line: who it looks at, what it finds, how it ends, and that it only reads. */

import { describe, expect, it } from 'vitest';
import type { Doctor } from '../../src/model/doctor.generated.ts';
import { closedPort, contoso, environment, mailboxctl, ORGANIZATION_ID, project } from './command-line.ts';

const ORGANIZATION = `
version: 1
organizationId: ${ORGANIZATION_ID}
clock: ${new Date().toISOString()}
callers:
  - { token: robot, application: Robot, roles: [Mail robot] }
  - { token: blind, application: Blind, roles: [Nothing] }
  - { token: ada, user: ada@contoso.com, roles: [System Administrator, Delegated Mailbox Approver] }
roles:
  - name: Mail robot
    privileges:
      [prvReadMailbox, prvReadEmailServerProfile, prvReadUser, prvReadQueue, prvWriteQueue, prvReadOrganization,
       prvReadRole, prvReadTeam, prvReadPrivilege, "prvWriteMailbox:local"]
  - { name: Nothing, privileges: [prvReadUser, prvReadRole, prvReadTeam, prvReadPrivilege] }
queues:
  - { name: Support, emailAddress: support@contoso.com, approval: Pending Approval }
`;

const CONFIG = `
version: 1
environments: { test: { url: emulator, data: organization.yaml } }
mailboxes:
  - queue: Support
    emailAddress: support@contoso.com
    incoming: server-side-sync
    approved: true
`;

async function examined(token: string, ...args: readonly string[]) {
  const served = await environment(ORGANIZATION);
  const directory = await project({ 'mailboxctl.yaml': CONFIG, 'organization.yaml': ORGANIZATION });
  const options = { env: { MAILBOXCTL_TOKEN: token } };
  const given = ['doctor', directory, '--url', served.url, '--format', 'json', ...args];
  const { exitCode, stdout, stderr } = await mailboxctl(given, options);
  return { exitCode, stderr, doctor: JSON.parse(stdout) as Doctor, writes: served.writes() };
}

const TROUBLES = (doctor: Doctor): readonly string[] =>
  doctor.findings.filter(({ level }) => level !== 'ok').map(({ level, what }) => `${level}: ${what}`);

it('an administrator: all in order', async () => {
  const { exitCode, stderr, doctor, writes } = await examined('ada', '--detailed-exitcode');
  expect({ exitCode, stderr, writes, troubles: TROUBLES(doctor) }).toEqual({
    exitCode: 0,
    stderr: '',
    writes: [],
    troubles: [],
  });
  expect(doctor.caller).toEqual({
    name: 'Ada',
    kind: 'person',
    sign_in: 'ada@contoso.com',
    authentication: 'the token of MAILBOXCTL_TOKEN',
    roles: ['Delegated Mailbox Approver', 'System Administrator'],
    system_administrator: true,
    delegated_mailbox_approver: true,
  });
});

describe('an application user that lacks some', () => {
  it('is told what, and which approvals it would hand off', async () => {
    const { exitCode, doctor, writes } = await examined('robot');
    expect({ exitCode, writes }).toEqual({ exitCode: 0, writes: [] });
    expect(TROUBLES(doctor)).toEqual([
      'warning: The account may write only some mailboxes (prvWriteMailbox: local).',
      'warning: The account cannot approve 1 of 1 mailboxes through "Microsoft Exchange Online": the account lacks the privilege to approve.',
      'warning: The account may not read alerts.',
    ]);
  });

  it('makes no difference to the exit code without a problem', async () => {
    expect((await examined('robot', '--detailed-exitcode')).exitCode).toBe(0);
  });
});

describe('an account to which tables are closed', () => {
  it('ends with 4, as plan does', async () => {
    const { exitCode, doctor } = await examined('blind', '--detailed-exitcode');
    expect(exitCode).toBe(4);
    expect(TROUBLES(doctor).slice(0, 3)).toEqual([
      'problem: The account may not read server profiles.',
      'problem: The account may not read e-mail settings.',
      'problem: The account may not read mailboxes of sort user.',
    ]);
  });
});

it('an environment that does not answer is exit 1, as for every verb', async () => {
  const { exitCode, stdout } = await mailboxctl(['doctor', await contoso(), '--url', await closedPort()]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
});

it('as text ends with the counts', async () => {
  const { exitCode, stdout } = await mailboxctl(['doctor', await contoso()]);
  expect(exitCode).toBe(0);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('Doctor: 0 problems, 0 warnings, 9 ok.');
});
