/** What drift, status, apply and validate say of health, alerts and best practices, as somebody at a terminal sees it. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contoso, mailboxctl, ORGANIZATION_ID, project } from './command-line.ts';

const CONFIG = `
version: 1
environments:
  local: { url: emulator, data: organization.yaml }
mailboxes:
  - user: alice@contoso.com
    testAndEnable: true
`;

/** Alice's mailbox has no licence, so that its tests fail. */
function organization(parts = ''): string {
  return `
version: 1
organizationId: ${ORGANIZATION_ID}
clock: 2026-11-21T09:00:00Z
users:
  - { signIn: alice@contoso.com, approval: Approved }
mailServers:
  - { emailAddress: alice@contoso.com, incoming: "permanent:8005E274" }
${parts}`;
}

function folder(config: string = CONFIG, parts = ''): Promise<string> {
  return project({ 'mailboxctl.yaml': config, 'organization.yaml': organization(parts) });
}

const NO_ERROR_ALERTS = 'organization: { generatealertsforerrors: false }';

describe('a failed test', () => {
  it('is told by apply with its alert, what it means, why it comes, and what happens next', async () => {
    const { exitCode, stdout } = await mailboxctl(['apply', await folder(), '--yes'], { terminal: 200 });
    expect(exitCode).toBe(8);
    expect(stdout).toContain('8005E274');
    expect(stdout).toContain(
      'The mailbox is not reachable through the REST API of Exchange Online. Give the licence; for a mailbox on-premises use a profile of type exchange-hybrid.',
    );
    expect(stdout).toContain(
      'It has no Exchange Online licence, is disabled, or lies on-premises. The service has turned it off until it is tested again.',
    );
    expect(stdout).toContain('/email-exchange-synchronization/error-code-8005e274');
  });

  it('is told by drift and by status in the same words', async () => {
    const directory = await folder();
    await mailboxctl(['apply', directory, '--yes']);
    const drift = await mailboxctl(['drift', directory], { terminal: 200 });
    const status = await mailboxctl(['status', directory, '--view', 'test-and-enable-failed'], {
      terminal: 200,
    });
    for (const { stdout } of [drift, status])
      expect(stdout).toContain('The mailbox is not reachable through the REST API of Exchange Online.');
  });

  it('has no alert where the environment writes none, and apply and status say so', async () => {
    const directory = await folder(CONFIG, NO_ERROR_ALERTS);
    const applied = await mailboxctl(['apply', directory, '--yes']);
    expect(applied.stderr).toContain(
      'The environment writes no error alerts: failed tests leave none. Set alerts.errors to true in emailSettings.',
    );
    const text = await mailboxctl(['status', directory], { terminal: 200 });
    expect(text.stdout).toContain(
      'The environment writes no error alerts (emailSettings alerts.errors is off): a failed test leaves none. Those that failed may have none to show.',
    );
    const { stdout } = await mailboxctl(['status', directory, '--format', 'json']);
    expect((JSON.parse(stdout) as { alerts: unknown }).alerts).toEqual({
      readable: true,
      written: { errors: false, warnings: true, information: true },
    });
  });
});

describe('on a narrow terminal', () => {
  it('the last line of apply breaks at a space, and in a pipe nowhere', async () => {
    const narrow = await mailboxctl(['apply', await folder(), '--yes', '--color', 'never'], { terminal: 60 });
    const piped = await mailboxctl(['apply', await folder(), '--yes']);
    const last = 'Apply complete! Resources: 0 added, 0 changed, 0 destroyed. Actions: 0 approved, 1 tested.';
    expect(piped.stdout).toContain(`\n${last}\n`);
    expect(narrow.stdout).not.toContain(last);
    expect(narrow.stdout.replace(/\s+/gu, ' ')).toContain(last);
    expect(tooWide(narrow.stdout, 60)).toEqual([]);
  });

  it('what validate found breaks at a space', async () => {
    const forward = '\n  - forward: Inbound\n    emailAddress: inbound@contoso.com\n';
    const { stdout } = await mailboxctl(
      ['validate', await folder(CONFIG.trimEnd() + forward), '--color', 'never'],
      {
        terminal: 60,
      },
    );
    expect(stdout).toContain('  warning  ');
    expect(stdout.replace(/\s+/gu, ' ')).toContain(
      'a forward mailbox is a single point of failure; Microsoft prefers individual mailboxes [practice-forward-mailbox]',
    );
    expect(tooWide(stdout, 60)).toEqual([]);
  });
});

describe('status on a narrow terminal', () => {
  it('says of a mailbox in trouble which directions are, though their columns do not fit', async () => {
    const directory = await folder();
    await mailboxctl(['apply', directory, '--yes']);
    const { stdout } = await mailboxctl(['status', directory, '--color', 'never'], { terminal: 40 });
    expect(stdout).toContain(
      '\nMailbox            Condition\nalice@contoso.com  failed\n  In failed, Out ok, Appts none\n',
    );
  });

  it('needs no second line where they fit', async () => {
    const directory = await folder();
    await mailboxctl(['apply', directory, '--yes']);
    const { stdout } = await mailboxctl(['status', directory, '--color', 'never'], { terminal: 80 });
    expect(stdout).not.toContain('\n  In ');
  });
});

it('the embedded Dataverse is given secrets of a file that others may read without a word', async () => {
  const directory = await contoso();
  const { stderr } = await mailboxctl([
    'apply',
    directory,
    '--env',
    'local',
    '--yes',
    '--allow',
    'mail-stops',
  ]);
  expect(stderr).not.toContain('can be read by other users');
});

/** Lines that could have been broken and were not. */
function tooWide(text: string, width: number): readonly string[] {
  return text.split('\n').filter((line) => line.length > width && line.trim().includes(' '));
}

describe('alerts that the caller may not read', () => {
  it('are not passed off as none', async () => {
    const caller = `callers:
  - { token: reader, user: admin@contoso.com, privileges: [prvReadMailbox, prvReadEmailServerProfile, prvReadUser, prvReadQueue, prvReadOrganization, prvReadRole, prvReadTeam, prvReadPrivilege] }`;
    const directory = await folder(CONFIG, caller);
    const text = await mailboxctl(['status', directory], { terminal: 200 });
    expect(text.stdout).toContain('Alerts are not shown: the caller may not read them');
    const { stdout } = await mailboxctl(['status', directory, '--format', 'json']);
    expect((JSON.parse(stdout) as { alerts: { readable: boolean } }).alerts.readable).toBe(false);
  });
});

describe('drift --previous', () => {
  const report = async (directory: string): Promise<string> => {
    const file = join(directory, 'drift.json');
    await mailboxctl(['drift', directory, '--format', 'json', '--output', file]);
    return file;
  };

  it('carries over since when', async () => {
    const directory = await folder(CONFIG.replace('testAndEnable: true', 'outgoing: none'));
    const file = await report(directory);
    const early = (await readFile(file, 'utf8')).replace(
      /"as_of": "[^"]+"/u,
      '"as_of": "2026-11-01T00:00:00Z"',
    );
    await writeFile(file, early);
    const { stdout } = await mailboxctl(['drift', directory, '--previous', file, '--format', 'json']);
    const { findings } = JSON.parse(stdout) as { findings: { field: string | null; since: string }[] };
    expect(findings.find(({ field }) => field === 'outgoing')?.since).toBe('2026-11-01T00:00:00Z');
  });

  it('refuses the report of another environment', async () => {
    const directory = await folder();
    const file = await report(directory);
    const other = '00000000-0000-4000-8000-00000000000f';
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(ORGANIZATION_ID, other));
    const { exitCode, stderr } = await mailboxctl(['drift', directory, '--previous', file]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`is of another environment: "local" (organization ${other})`);
  });
});

describe('best practices', () => {
  const FORWARD = '\n  - forward: Inbound\n    emailAddress: inbound@contoso.com\n';

  it('are told by validate with id and line', async () => {
    const { exitCode, stdout } = await mailboxctl(['validate', await folder(CONFIG.trimEnd() + FORWARD)]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'mailboxctl.yaml:8:5  warning  mailbox:forward/Inbound  a forward mailbox is a single point of failure; Microsoft prefers individual mailboxes  [practice-forward-mailbox]',
    );
  });

  it('can be switched off with a reason', async () => {
    const off = 'checks: { forward-mailbox: { off: The scanner knows one address only. } }\n';
    const directory = await folder(CONFIG.trimEnd() + FORWARD + off);
    for (const verb of ['validate', 'plan']) {
      const { stdout } = await mailboxctl([verb, directory]);
      expect(stdout).not.toContain('practice-forward-mailbox');
    }
  });

  it('that do not exist cannot', async () => {
    const off = 'checks: { forward-mailboxes: { off: The scanner knows one address only. } }\n';
    const { exitCode, stdout } = await mailboxctl(['validate', await folder(CONFIG + off)]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('Did you mean "forward-mailbox"?');
  });
});
