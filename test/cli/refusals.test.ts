/** Runs that are refused as a whole: which exit code, which message, and not one write. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CONFIG,
  environment,
  mailboxctl,
  ORGANIZATION,
  project,
  type Terminal,
  twoEdits,
} from './command-line.ts';

/** Runs apply against a served environment; nothing may be written. */
async function refused(directory: string, args: readonly string[] = [], options: Terminal = {}) {
  const served = await environment(ORGANIZATION);
  const run = await mailboxctl(['apply', directory, '--url', served.url, ...args], options);
  expect(served.writes()).toEqual([]);
  return run;
}

describe('consent', () => {
  it('cannot be asked for without a terminal', async () => {
    const { exitCode, stdout, stderr } = await refused(await twoEdits());
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Plan: 0 to add, 2 to change, 0 to destroy. Actions: 0 approvals, 0 tests.\n');
    expect(stderr).toBe('Error: Nothing was sent: there is no terminal to ask on\n  Consent with --yes.\n');
  });

  it('is not asked for with --no-input', async () => {
    const { exitCode, stderr } = await refused(await twoEdits(), ['--no-input'], { answer: 'yes' });
    expect({ exitCode, asked: stderr.includes('Apply this plan?') }).toEqual({ exitCode: 1, asked: false });
  });

  it.each(['', 'y', 'no', 'yes!'])('is not %j', async (answer) => {
    const { exitCode, stderr } = await refused(await twoEdits(), [], { answer });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('\nApply this plan? Only "yes" applies it: Error: Nothing was sent\n');
  });

  it('is yes, in any case and with spaces', async () => {
    const served = await environment(ORGANIZATION);
    const args = ['apply', await twoEdits(), '--url', served.url];
    const { exitCode, stdout } = await mailboxctl(args, { answer: ' Yes ' });
    expect({ exitCode, writes: served.writes().length }).toEqual({ exitCode: 0, writes: 2 });
    expect(stdout).toContain(
      '\nApply complete! Resources: 0 added, 2 changed, 0 destroyed. Actions: 0 approved, 0 tested.\n',
    );
  });

  it('is not needed where there is nothing to do', async () => {
    const nothing = CONFIG.replaceAll('outgoing: none', 'outgoing: server-side-sync');
    const { exitCode, stdout } = await refused(await twoEdits(nothing));
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\nNo changes. The environment matches the configuration.\n');
  });
});

describe('a saved plan', () => {
  async function saved(config: string = CONFIG) {
    const served = await environment(ORGANIZATION);
    const directory = await twoEdits(config);
    const file = join(directory, 'plan.json');
    const { exitCode } = await mailboxctl(['plan', directory, '--url', served.url, '--out', file]);
    expect(exitCode).toBe(0);
    const plan = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    return {
      served,
      directory,
      file,
      plan,
      args: ['apply', directory, '--url', served.url, '--plan', file, '--yes'],
    };
  }

  it('is carried out as it is, with the digest that was expected', async () => {
    const { args, served, plan } = await saved();
    const { exitCode } = await mailboxctl([...args, '--expect', String(plan.plan_digest)]);
    expect({ exitCode, writes: served.writes().length }).toEqual({ exitCode: 0, writes: 2 });
  });

  it.each([
    ['23h', ''],
    ['24h', 'This plan is 1 day old (as of 2026-11-21 09:00 UTC)\n'],
    ['960h', 'This plan is 40 days old (as of 2026-11-21 09:00 UTC)\n'],
  ])('says how old it is before it asks, after %s', async (age, told) => {
    const { args, served } = await saved();
    await served.advance(age);
    const asked = await mailboxctl(args.slice(0, -1), { answer: 'no' });
    expect(asked.stderr).toBe(`${told}\nApply this plan? Only "yes" applies it: Error: Nothing was sent\n`);
    const { stdout } = await mailboxctl(args);
    expect(stdout).toMatch(
      /\nApplied to local {2}\S+\nplan as of 2026-11-21 09:00 UTC, applied \d{4}-\d\d-\d\d \d\d:\d\d UTC\n/u,
    );
  });

  it('is refused with another digest than the expected one', async () => {
    const { args, served, plan } = await saved();
    const { exitCode, stdout, stderr } = await mailboxctl([...args, '--expect', 'sha256:00']);
    expect({ exitCode, stdout, writes: served.writes() }).toEqual({ exitCode: 6, stdout: '', writes: [] });
    expect(stderr).toContain(`Error: The plan's digest is ${plan.plan_digest}, expected was sha256:00\n`);
  });

  it('is refused once it was changed', async () => {
    const { args, served, file } = await saved();
    await writeFile(file, (await readFile(file, 'utf8')).replace('"to": "none"', '"to": "outlook"'));
    const { exitCode, stdout, stderr } = await mailboxctl(args);
    expect({ exitCode, stdout, writes: served.writes() }).toEqual({ exitCode: 6, stdout: '', writes: [] });
    expect(stderr).toBe(
      `Error: ${file} was changed since it was written: its digest does not match. Plan again.\n`,
    );
  });

  it.each([
    [
      'another format',
      (plan: object) => JSON.stringify({ ...plan, format_version: '9.0' }),
      'has the format "9.0"',
    ],
    ['a missing part', (plan: object) => JSON.stringify({ ...plan, steps: undefined }), 'is no plan'],
    ['half of it', (plan: object) => JSON.stringify(plan).slice(0, 400), 'it is not JSON'],
  ])('is refused with %s', async (_what, change, says) => {
    const { args, served, file, plan } = await saved();
    await writeFile(file, change(plan));
    const { exitCode, stderr } = await mailboxctl(args);
    expect({ exitCode, writes: served.writes() }).toEqual({ exitCode: 6, writes: [] });
    expect(stderr).toContain(says);
  });

  it('is refused for another configuration', async () => {
    const { args, served, directory } = await saved();
    await writeFile(
      join(directory, 'mailboxctl.yaml'),
      CONFIG.replace('outgoing: none', 'outgoing: outlook'),
    );
    const { exitCode, stderr } = await mailboxctl(args);
    expect({ exitCode, writes: served.writes() }).toEqual({ exitCode: 6, writes: [] });
    expect(stderr).toContain('Error: The plan was made from another configuration\n');
  });

  it('is refused by another organization', async () => {
    const { args, directory, file } = await saved();
    const other = await environment(ORGANIZATION.replace('000000000001', '00000000ffff'));
    const run = await mailboxctl(['apply', directory, '--url', other.url, '--plan', file, '--yes']);
    expect({ exitCode: run.exitCode, writes: other.writes() }).toEqual({ exitCode: 6, writes: [] });
    expect(run.stderr).toContain('7d000000-0000-4000-8000-00000000ffff answered\n');
    expect(args).toContain('--plan');
  });

  describe('of a project with several environments', () => {
    const several = CONFIG.replace('environments:\n', 'environments:\n  test: { url: emulator }\n');

    async function savedOfSeveral(): Promise<string> {
      const directory = await twoEdits(several);
      const run = await mailboxctl(['plan', '-e', 'local', '--out', 'plan.json'], { cwd: directory });
      expect(run.exitCode).toBe(0);
      return directory;
    }

    it('says itself for which one it is', async () => {
      const cwd = await savedOfSeveral();
      const { exitCode, stdout } = await mailboxctl(['apply', '--plan', 'plan.json', '--yes'], { cwd });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Applied to local');
    });

    it('is refused for another one', async () => {
      const cwd = await savedOfSeveral();
      const args = ['apply', '-e', 'test', '--plan', 'plan.json', '--yes'];
      expect(await mailboxctl(args, { cwd })).toEqual({
        exitCode: 6,
        stdout: '',
        stderr:
          'Error: The plan was made for the environment "local", not for "test"; nothing was written\n  Leave --env out, or plan again with --env test.\n',
      });
    });

    it('is refused when its environment is declared no more', async () => {
      const cwd = await savedOfSeveral();
      await writeFile(join(cwd, 'mailboxctl.yaml'), several.replace('  local:', '  other:'));
      const { exitCode, stderr } = await mailboxctl(['apply', '--plan', 'plan.json', '--yes'], { cwd });
      expect(exitCode).toBe(6);
      expect(stderr).toBe(
        'Error: The plan was made for the environment "local", which the project does not declare; nothing was written\n  Plan again. Environments: test, other.\n',
      );
    });
  });

  it('is not shaped any more', async () => {
    const { args, served } = await saved();
    const { exitCode, stderr } = await mailboxctl([...args, '--target', 'mailbox:*']);
    expect({ exitCode, writes: served.writes() }).toEqual({ exitCode: 1, writes: [] });
    expect(stderr).toContain('--plan carries out one that is made');
  });

  it('has to be there', async () => {
    const { exitCode, stderr } = await refused(await twoEdits(), ['--plan', '/does/not/exist.json', '--yes']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('The plan /does/not/exist.json cannot be read');
  });
});

const STOPS = CONFIG.replace(
  / {2}- user: alice[\s\S]*/u,
  '  - queue: Support\n    incoming: none\n    outgoing: none\n',
);

describe('a guard', () => {
  it('refuses before the first write and names the way out', async () => {
    const { exitCode, stdout, stderr } = await refused(await twoEdits(STOPS), ['--yes']);
    expect(exitCode).toBe(5);
    expect(stdout).toContain('refused mail-stops');
    expect(stderr).toBe(
      'Error: Refused by mail-stops; nothing was written\n  If this is what you want: --allow mail-stops\n',
    );
  });

  it('says that a run before was not finished', async () => {
    const directory = await twoEdits(STOPS);
    const lines = [
      { event: 'run-started', steps: 717 },
      { event: 'settled', step: 'mailbox:queue/A#edit', outcome: 'applied' },
      { event: 'settled', step: 'mailbox:queue/B#edit', outcome: 'failed', reason: 'stale' },
    ];
    const text = lines.map((line, seq) =>
      JSON.stringify({ time: '2026-11-20T09:00:00.000Z', run: 'r', seq, ...line }),
    );
    const runs = join(directory, '.mailboxctl', 'local', 'runs');
    await mkdir(runs, { recursive: true });
    await writeFile(join(runs, '2026-11-20.jsonl'), text.join('\n'));
    const { exitCode, stderr } = await refused(directory, ['--yes']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 5,
      stderr:
        'Error: Refused by mail-stops; nothing was written\n  A run of 2026-11-20 09:00 UTC was not finished: 1 of 717 steps were applied.\n  If this is what you want: --allow mail-stops\n',
    });
  });

  it('is accepted by its name', async () => {
    const served = await environment(ORGANIZATION);
    const args = ['apply', await twoEdits(STOPS), '--url', served.url, '--yes', '--allow', 'mail-stops'];
    const { exitCode } = await mailboxctl(args);
    expect({ exitCode, writes: served.writes().length }).toEqual({ exitCode: 0, writes: 1 });
  });

  it('is shown as accepted by who carries out a saved plan that did not accept it', async () => {
    const served = await environment(ORGANIZATION);
    const directory = await twoEdits(STOPS);
    const file = join(directory, 'plan.json');
    const where = [directory, '--url', served.url];
    await mailboxctl(['plan', ...where, '--out', file]);
    const allowed = ['--plan', file, '--yes', '--allow', 'mail-stops'];
    const { exitCode, stdout } = await mailboxctl(['apply', ...where, ...allowed]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('allowed mail-stops');
    expect(stdout).toContain('Accepted by --allow mail-stops.');
    expect(stdout).not.toContain('To accept it');
  });

  it('is not accepted by the name of another', async () => {
    const { exitCode } = await refused(await twoEdits(STOPS), ['--yes', '--allow', 'deactivate']);
    expect(exitCode).toBe(5);
  });

  it.each(['older-mail', 'cascade', 'max-messages'])(
    'that never refuses, %s, cannot be allowed',
    async (name) => {
      const { exitCode, stderr } = await refused(await twoEdits(STOPS), ['--yes', '--allow', name]);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`The guard "${name}" is only shown: it never refuses, and needs no consent.`);
    },
  );

  it('that never refuses is not among those that can be allowed', async () => {
    const { stdout } = await mailboxctl(['help', 'apply']);
    expect(stdout).toContain('personal-queue-address');
    expect(stdout).not.toContain('cascade');
  });

  it('has to exist', async () => {
    const { exitCode, stderr } = await refused(await twoEdits(STOPS), ['--yes', '--allow', 'everything']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('There is no guard "everything"');
  });
});

describe('a secret', () => {
  const secret = `
version: 1
environments: { local: { url: emulator, data: organization.yaml } }
serverProfiles:
  - name: POP3
    type: pop3-smtp
    incoming: { server: pop3.contoso.com }
    outgoing: { server: smtp.contoso.com }
mailboxes:
  - user: alice@contoso.com
    serverProfile: POP3
    credentials: { username: alice, password: { env: ALICE_PASSWORD } }
`;

  it('that is not set ends the run before the first write', async () => {
    const { exitCode, stderr } = await refused(await twoEdits(secret), ['--yes']);
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      'Error: Secrets cannot be resolved; nothing was written\n  env:ALICE_PASSWORD: the environment variable is not set\n    Set it for this command, for example as a secret of the pipeline.\n',
    );
  });

  it('is not needed to plan', async () => {
    const { exitCode, stderr } = await mailboxctl(['plan', await twoEdits(secret)]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('appears in no output and in no file but the environment', async () => {
    const value = 'a-canary-in-a-coal-mine';
    const directory = await twoEdits(secret);
    const served = await environment(ORGANIZATION);
    const events = join(directory, 'events.jsonl');
    const args = ['apply', directory, '--url', served.url, '--yes', '--verbose', '--events', events];
    const run = await mailboxctl(args, { env: { ALICE_PASSWORD: value } });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('env:ALICE_PASSWORD');
    const written = run.stdout + run.stderr + (await readFile(events, 'utf8'));
    for (const form of [value, Buffer.from(value).toString('base64')]) expect(written).not.toContain(form);
  });
});

describe('the strongest exit code wins', () => {
  it.each<readonly [string, number, string, readonly string[]]>([
    ['3 before 1: wrong files and no environment named', 3, `${CONFIG}    outgoin: none\n`, []],
    ['6 before 5: another digest and a guard', 6, STOPS, ['--yes', '--expect', 'sha256:00']],
    ['5 before 1: a guard and no consent', 5, STOPS, []],
  ])('%s', async (_what, exitCode, config, args) => {
    const several =
      exitCode === 3 ? config.replace('environments:\n', 'environments:\n  b: { url: emulator }\n') : config;
    expect((await refused(await twoEdits(several), args)).exitCode).toBe(exitCode);
  });

  it('3 before 5: a secret that is missing and a guard', async () => {
    const both = `
version: 1
environments: { local: { url: emulator, data: organization.yaml } }
serverProfiles:
  - { name: POP3, type: pop3-smtp, incoming: { server: a.contoso.com }, outgoing: { server: b.contoso.com } }
mailboxes:
  - queue: Support
    incoming: none
    serverProfile: POP3
    credentials: { username: support, password: { env: SUPPORT_PASSWORD } }
`;
    expect((await refused(await twoEdits(both), ['--yes'])).exitCode).toBe(3);
  });

  it('4 before 6: no sign-in and another digest', async () => {
    const served = await environment(ORGANIZATION);
    await served.fault({ status: 401 });
    const args = ['apply', await twoEdits(), '--url', served.url, '--yes', '--expect', 'sha256:00'];
    expect((await mailboxctl(args)).exitCode).toBe(4);
  });
});

describe('a wrong command line', () => {
  it.each<readonly [string, readonly string[], string]>([
    ['an unknown command', ['plann'], "error: unknown command 'plann'\n(Did you mean plan?)"],
    ['an unknown option', ['plan', '--nope'], "error: unknown option '--nope'"],
    [
      'a form that the command does not have',
      ['plan', '--format', 'xml'],
      'Allowed choices are text, json, markdown, html, sarif, junit, github.',
    ],
    ['too many folders', ['plan', 'a', 'b'], "error: too many arguments for 'plan'"],
    ['no value', ['plan', '--env'], "error: option '-e, --env <name>' argument missing"],
    ['no number', ['apply', '--parallelism', 'many'], 'Give a whole number from 1.'],
    [
      'no duration',
      ['apply', '--timeout', '5'],
      'Give one number with one unit, such as 90s, 15m, 24h or 7d',
    ],
    ['two units', ['apply', '--timeout', '1h30m'], 'an hour and a half is 90m.'],
    ['no time', ['apply', '--timeout', '0s'], 'Give a time in which something can be done, such as 15m.'],
    ['no class of drift', ['drift', '--fail-on', 'nothing'], 'There is no class "nothing"'],
    ['no schema', ['schema', 'everything'], "'everything' is invalid for argument 'name'"],
    ['no command', [], 'Usage: mailboxctl [options] [command]'],
  ])('%s', async (_what, args, says) => {
    const { exitCode, stdout, stderr } = await mailboxctl(args, { cwd: await project({}) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(says);
  });

  it.each([['--help'], ['help', 'plan'], ['plan', '--help'], ['--version']])(
    '%s %s is none',
    async (...args) => {
      const { exitCode, stdout, stderr } = await mailboxctl(args.filter((arg) => arg !== undefined));
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).not.toBe('');
    },
  );
});

describe('names that fit nothing', () => {
  it.each([
    ['--target', 'mailbox:queue/Nope', 'such as mailbox:queue/Support'],
    ['--retest', 'alice@contoso.com', 'Write the whole address: mailbox:user/alice@contoso.com'],
    ['--rotate', 'profile:Nope', 'such as mailbox:queue/Support'],
  ])('%s %s is an error, not "nothing to do"', async (option, name, hint) => {
    const { exitCode, stdout, stderr } = await mailboxctl(['plan', await twoEdits(), option, name]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`Error: ${option} ${name} fits no resource; nothing was planned\n`);
    expect(stderr).toContain(hint);
  });
});

it.each([
  ['--retest', 'mailbox:user/*', 'or "failed" for all that failed, or profile:NAME for all of a profile'],
  ['--rotate', 'profile:*', 'or "all"'],
])('%s %s: only --target takes patterns', async (option, name, others) => {
  const { exitCode, stdout, stderr } = await mailboxctl(['plan', await twoEdits(), option, name]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(
    `Error: ${option} takes no pattern, and ${name} fits no resource; nothing was planned\n`,
  );
  expect(stderr).toContain(`Repeat it for each address, ${others}. Patterns are for --target.`);
});

it('a damaged state of the embedded Dataverse is named, with the way out', async () => {
  const directory = await twoEdits();
  await mailboxctl(['plan', directory]);
  await writeFile(join(directory, '.mailboxctl', 'local', 'emulator', 'state.json'), '{');
  const { exitCode, stderr } = await mailboxctl(['plan', directory]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /state\.json is damaged\. Remove the folder .*\/\.mailboxctl\/local\/emulator to start the embedded Dataverse afresh\.\n$/u,
  );
});
