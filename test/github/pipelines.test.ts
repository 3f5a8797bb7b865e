/** What goes another way: forks, an environment that fails beside a good one, guards, plans that fit no longer. */

import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { closedPort } from '../cli/command-line.ts';
import { buildProgram, type Program } from '../program.ts';
import {
  aliceAlone,
  comments,
  type Environment,
  everybody,
  type Life,
  ORGANIZATION,
  onMain,
  results,
  serveEnvironment,
  stable,
  startLife,
} from './life.ts';

let program: Program;

beforeAll(async () => {
  program = await buildProgram();
}, 120_000);
afterAll(() => program.remove());

const TIME = { timeout: 240_000 };

interface Started extends Environment {
  readonly life: Life;
  /** Everybody; main has Alice alone. */
  readonly config: string;
}

async function started(organization = ORGANIZATION): Promise<Started> {
  const life = await startLife(program);
  await life.write({ '../organization.yaml': organization });
  const environment = await serveEnvironment(program, join(life.folder, 'organization.yaml'));
  await life.person('mailboxctl init .');
  const config = everybody(await life.read('mailboxctl.yaml'), environment.url);
  await life.write({ 'mailboxctl.yaml': aliceAlone(config) });
  life.commit('main', 'Begin with Alice');
  return { ...environment, life, config };
}

async function golden(name: string, text: string, url?: string): Promise<void> {
  await expect(stable(text, url === undefined ? {} : { url })).toMatchFileSnapshot(
    `golden/${name}.golden.md`,
  );
}

describe('a pull request of a fork', () => {
  it(
    'is planned against a snapshot, without access to the environment; the summary holds the report',
    TIME,
    async () => {
      // How old a snapshot is, the clock of this machine tells.
      const hoursAgo = new Date(Date.now() - 6 * 3_600_000).toISOString();
      const { life, url, requests, config } = await started(
        ORGANIZATION.replace(/clock: .*/u, `clock: ${hoursAgo}`),
      );
      const { github } = life;
      await mkdir(join(life.repository, 'snapshots'));
      await life.person('mailboxctl export --snapshot snapshots/prod.json');
      life.commit('main', 'Keep a snapshot for forks');
      await life.write({ 'mailboxctl.yaml': config });
      life.commit('theirs', 'Take in everybody');
      const before = await requests();
      const run = await life.run('plan', life.pullRequest(8, 'theirs', 'mallory/mail'), {
        snapshot: 'snapshots/{environment}.json',
      });
      expect(results(run)).toEqual(['environments: success', 'plan prod: success', 'comment: success']);
      expect((await requests()) - before).toBe(0);
      expect({ comments: comments(life, 8), checks: github.checks }).toEqual({ comments: [], checks: [] });
      const { log, summary } = run.result('plan prod');
      await golden('fork-summary', summary, url);
      expect(log).toContain(
        'The pull request comes from a fork, and its token only reads: nothing was posted.',
      );
      expect(log).toMatch(/^::notice file=mailboxctl\.yaml,line=\d+,/mu);

      // Its kept plan is the work of its own workflow file: after the merge it is not applied.
      const applied = await life.run('apply', life.merge(8, 'theirs'));
      expect(results(applied)).toEqual(['environments: success', 'apply prod: failure']);
      expect(comments(life, 8)[0]).toContain('#8 came from a fork, whose files are not taken.');
    },
  );
});

describe('many environments', () => {
  it('one that fails hides no other: one comment for all', TIME, async () => {
    const { life, url, config } = await started();
    const closed = await closedPort();
    const two = config.replace(
      'environments:\n',
      `environments:\n  test: { url: "${closed}", purpose: non-production }\n`,
    );
    await life.write({ 'mailboxctl.yaml': two });
    life.commit('everybody', 'Take in everybody');
    const run = await life.run('plan', life.pullRequest(9, 'everybody'));
    expect(results(run)).toEqual([
      'environments: success',
      'plan test: failure',
      'plan prod: success',
      'comment: success',
    ]);
    expect(comments(life, 9)).toHaveLength(1);
    const text = (comments(life, 9)[0] ?? '').replaceAll(
      closed.replace('http://', ''),
      'contoso-test.crm4.dynamics.com',
    );
    await golden('two-environments-comment', text.replaceAll('http://contoso', 'https://contoso'), url);
    expect(life.github.checks.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
      'mailboxctl plan test: failure',
      'mailboxctl plan prod: success',
    ]);
  });
});

describe('a plan that a guard refuses', () => {
  it('makes a check that asks for action, and is not applied until the risk is accepted', TIME, async () => {
    const { life, url, config } = await started();
    const stops = `${aliceAlone(config)}`.replace('incoming: server-side-sync', 'incoming: none');
    await life.write({ 'mailboxctl.yaml': stops });
    life.commit('stops', 'No mail for Alice');
    const run = await life.run('plan', life.pullRequest(10, 'stops'));
    expect(run.result('plan prod').result).toBe('success');
    expect(life.github.checks.map(({ conclusion }) => conclusion)).toEqual(['action_required']);
    await golden('guard-comment', comments(life, 10)[0] ?? '', url);

    const merged = life.merge(10, 'stops');
    const refused = await life.run('apply', merged);
    expect(refused.result('apply prod').result).toBe('failure');
    await golden('guard-apply-comment', comments(life, 10)[1] ?? '', url);
    const [, digest = ''] = /notes prod=(\S+)/u.exec(comments(life, 10)[0] ?? '') ?? [];
    const inputs = { environments: 'prod', expect: digest, allow: 'mail-stops breaks-working-mailbox' };
    const allowed = await life.run('apply', onMain('workflow_dispatch', merged.sha, inputs));
    expect(results(allowed)).toEqual(['environments: success', 'apply prod: success']);
    expect(allowed.result('apply prod').summary).toContain('Apply complete!');
  });
});

describe('a plan that fits no longer', () => {
  it('of another configuration is not applied: it is planned again, and said', TIME, async () => {
    const { life, url, config } = await started();
    await life.write({ 'mailboxctl.yaml': config });
    life.commit('everybody', 'Take in everybody');
    await life.run('plan', life.pullRequest(11, 'everybody'));
    // Meanwhile something else came to main.
    await life.person(`git checkout --quiet main`);
    await life.write({
      'mailboxctl.yaml': aliceAlone(config).replace(
        '- name: Microsoft',
        '- description: Shared\n    name: Microsoft',
      ),
    });
    life.commit('main', 'Describe the profile');
    const merged = life.merge(11, 'everybody');
    const run = await life.run('apply', merged);
    expect(results(run)).toEqual(['environments: success', 'apply prod: failure']);
    expect(comments(life, 11)).toHaveLength(2);
    await golden('other-configuration-comment', comments(life, 11)[1] ?? '', url);

    // Looked at and started by hand, it is applied; who approves finds that plan in the run.
    const [, digest = ''] = /expect: (sha256:\S+)/u.exec(comments(life, 11)[1] ?? '') ?? [];
    const inputs = { environments: '', expect: digest, allow: '' };
    const byHand = await life.run('apply', onMain('workflow_dispatch', merged.sha, inputs));
    expect(results(byHand)).toEqual(['environments: success', 'apply prod: success']);
    const kept = '--name mailboxctl-apply-prod --dir mailboxctl-apply-prod';
    const { summary } = byHand.result('apply prod');
    expect(summary).toContain(`gh run download ${byHand.id} --repo contoso/mail ${kept}\n`);
    expect(summary).toContain(
      `mailboxctl apply --env prod --plan mailboxctl-apply-prod/plan.json --expect ${digest} --only approvals\n`,
    );
  });

  it('a push without a pull request is planned and not applied', TIME, async () => {
    const { life, config } = await started();
    await life.write({ 'mailboxctl.yaml': config });
    const sha = life.commit('main', 'Without review');
    const run = await life.run('apply', onMain('push', sha));
    expect(results(run)).toEqual(['environments: success', 'apply prod: failure']);
    expect(run.result('apply prod').summary).toContain('came by no pull request');
    expect(run.result('apply prod').summary).toContain('Plan: 0 to add, 4 to change');
    expect(life.github.comments.size).toBe(0);
  });

  it('a push of documents alone ends well, and says what is due all the same', TIME, async () => {
    const { life, config } = await started();
    await life.write({ 'mailboxctl.yaml': config });
    life.commit('main', 'Without review');
    await life.write({ 'NOTES.md': 'Nothing of the configuration.' });
    const run = await life.run('apply', onMain('push', life.commit('main', 'Notes')));
    expect(results(run)).toEqual(['environments: success', 'apply prod: success']);
    const { summary } = run.result('apply prod');
    expect(summary).toContain('nothing was applied. The configuration is that of the commit before.');
    expect(summary).toContain('Plan: 0 to add, 4 to change');
  });
});

const AZURE_PLAN = azureStep(0, 3);
const AZURE_APPLY = [
  'stages',
  1,
  'jobs',
  0,
  'strategy',
  'runOnce',
  'deploy',
  'steps',
  4,
  'inputs',
  'inlineScript',
];

function azureStep(stage: number, step: number): readonly (string | number)[] {
  return ['stages', stage, 'jobs', 0, 'steps', step, 'inputs', 'inlineScript'];
}

async function recipeOf(file: string): Promise<unknown> {
  return parse(await readFile(new URL(`../../examples/pipelines/${file}`, import.meta.url), 'utf8'));
}

function scriptAt(recipe: unknown, keys: readonly (string | number)[]): string {
  return String(keys.reduce((value, key) => (value as Record<string | number, unknown>)[key], recipe));
}

/** A mailbox with a password of its own, by the name of the variable that holds it. */
function withPassword(url: string, name: string): string {
  return `version: 1
environments:
  prod: { url: "${url}", purpose: production }
serverProfiles:
  - name: Support POP3
    type: pop3-smtp
    incoming: { server: pop3.contoso.com }
    outgoing: { server: smtp.contoso.com }
    authentication: user-or-queue
mailboxes:
  - queue: Support
    emailAddress: suport@contoso.com
    serverProfile: Support POP3
    incoming: server-side-sync
    credentials: { username: support, password: { env: ${name} } }
`;
}

/** The environment is as main says, up to the push that changes the reference. */
async function passwordMoved(): Promise<Started & { readonly before: string; readonly sha: string }> {
  const all = await started();
  const { life, url } = all;
  await life.write({ 'mailboxctl.yaml': withPassword(url, 'OLD') });
  const before = life.commit('main', 'A password');
  const first = await life.person('OLD=hunter-one mailboxctl apply --yes --allow first-apply');
  expect(first).toMatchObject({ exitCode: 0 });
  await life.write({ 'mailboxctl.yaml': withPassword(url, 'NEW') });
  life.commit('main', 'Move the password');
  await life.write({ 'NOTES.md': 'Moved.' });
  return { ...all, before, sha: life.commit('main', 'Tell of it') };
}

const REWRITTEN = 'Apply complete! Resources: 0 added, 1 changed, 0 destroyed.';

describe('a secret whose reference changed', () => {
  it('is in what is planned again after a push, and applied by hand', TIME, async () => {
    const { life, before, sha } = await passwordMoved();
    const pushed = await life.run('apply', { ...onMain('push', sha), payload: { before } });
    expect(results(pushed)).toEqual(['environments: success', 'apply prod: failure']);
    const { summary } = pushed.result('apply prod');
    expect(summary).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
    const [, base = '', expected = ''] = /^base-ref: (\S+)\nexpect: (\S+)$/mu.exec(summary) ?? [];
    expect(base).toBe(before);

    const byHand = (inputs: Readonly<Record<string, string>>): ReturnType<Life['run']> => {
      const all = { environments: 'prod', expect: '', allow: '', 'base-ref': '', ...inputs };
      const secrets = { MAILBOXCTL_VARIABLES: 'NEW=hunter-two' };
      return life.run('apply', onMain('workflow_dispatch', sha, all), {}, { secrets });
    };
    // The parent of the last commit knows the new reference already.
    expect((await byHand({})).result('apply prod').summary).toContain('Nothing is left to do');
    const applied = await byHand({ expect: expected, 'base-ref': base });
    expect(results(applied)).toEqual(['environments: success', 'apply prod: success']);
    expect(applied.result('apply prod').summary).toContain(REWRITTEN);
    const unknown = (await byHand({ 'base-ref': 'nowhere' })).result('apply prod');
    expect(unknown.result).toBe('failure');
    expect(unknown.log).toContain('There is no commit "nowhere" to compare with.');
  });

  it.each<{ name: string; file: string; scripts: readonly (readonly (string | number)[])[] }>([
    {
      name: 'GitLab CI',
      file: 'gitlab-ci.yml',
      scripts: [
        ['plan', 'script', 0],
        ['apply', 'script', 0],
      ],
    },
    { name: 'Azure DevOps', file: 'azure-pipelines.yml', scripts: [AZURE_PLAN, AZURE_APPLY] },
  ])('is written by the recipe of $name on the default branch', TIME, async ({ file, scripts }) => {
    const { life, before } = await passwordMoved();
    // Azure knows the first parent alone.
    if (file.startsWith('azure')) await life.person('git reset --quiet --hard HEAD^');
    await life.person('git clone --quiet repository clone', life.folder);
    const variables =
      `export ENVIRONMENT=prod MAILBOXCTLENVIRONMENT=prod BUILD_REASON=IndividualCI PIPELINE_WORKSPACE=. NEW=hunter-two\n` +
      `export CI_COMMIT_BEFORE_SHA=${before}\nif [ -f plan.env ]; then . ./plan.env; fi\n` +
      `if [ -f plan/plan.json ]; then DIGEST=$(node -p 'require(process.argv[1]).plan_digest' "$PWD/plan/plan.json"); fi\n`;
    const recipe = await recipeOf(file);
    let output = '';
    for (const keys of scripts) {
      await life.write({ '../script.sh': `${variables}${scriptAt(recipe, keys)}` });
      const ran = await life.person('bash ../script.sh', join(life.folder, 'clone'));
      expect(ran.exitCode, ran.output).toBe(0);
      output += ran.output;
    }
    const { outcomes } = JSON.parse(await life.read('../clone/apply.json')) as { outcomes: object[] };
    expect(outcomes, output).toMatchObject([{ kind: 'applied' }]);
  });
});

describe('sign-in', () => {
  it('plans and compares as who reads, and applies as who writes', TIME, async () => {
    const { life, config } = await started();
    await life.write({ 'mailboxctl.yaml': config });
    life.commit('everybody', 'Take in everybody');
    const accounts = {
      variables: { AZURE_CLIENT_ID: 'reader' },
      environmentVariables: { AZURE_CLIENT_ID: 'writer' },
    };
    const planned = await life.run('plan', life.pullRequest(12, 'everybody'), {}, accounts);
    const merged = life.merge(12, 'everybody');
    const applied = await life.run('apply', merged, {}, accounts);
    const compared = await life.run('drift', onMain('schedule', merged.sha), {}, accounts);
    const other = await life.run(
      'drift',
      onMain('schedule', merged.sha),
      { 'client-id': 'another' },
      accounts,
    );
    expect([
      planned.result('plan prod').env.AZURE_CLIENT_ID,
      applied.result('apply prod').env.AZURE_CLIENT_ID,
      compared.result('drift prod').env.AZURE_CLIENT_ID,
      other.result('drift prod').env.AZURE_CLIENT_ID,
    ]).toEqual(['reader', 'writer', 'reader', 'another']);
  });
});

describe('recipes', () => {
  interface Recipe {
    readonly name: string;
    readonly file: string;
    readonly env: Readonly<Record<string, string>>;
    /** Keys down to each script, in the order in which they run. */
    readonly scripts: readonly (readonly (string | number)[])[];
    readonly results: readonly string[];
  }

  it.each<Recipe>([
    {
      name: 'GitLab CI',
      file: 'gitlab-ci.yml',
      env: {
        ENVIRONMENT: 'prod',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: 'main',
        PLAN_DIGEST: '$(node -p \'require(process.argv[1]).plan_digest\' "$PWD/plan.json")',
      },
      scripts: [
        ['plan', 'script', 0],
        ['apply', 'script', 0],
        ['drift', 'script', 0],
      ],
      results: ['plan.json', 'plan.md', 'plan.html', 'junit.xml', 'apply.json', 'drift.json'],
    },
    {
      name: 'Azure DevOps',
      file: 'azure-pipelines.yml',
      env: {
        MAILBOXCTLENVIRONMENT: 'prod',
        BUILD_REASON: 'PullRequest',
        BASE: 'main',
        PIPELINE_WORKSPACE: '.',
        DIGEST: '$(node -p \'require(process.argv[1]).plan_digest\' "$PWD/plan/plan.json")',
      },
      scripts: [AZURE_PLAN, AZURE_APPLY, azureStep(2, 3)],
      results: [
        'plan/plan.json',
        'reports/junit.xml',
        'reports/mailboxctl.sarif',
        'apply.md',
        'junit.xml',
        'drift.md',
      ],
    },
  ])('of $name run', TIME, async ({ file, env, scripts, results: files }) => {
    const { life, config } = await started();
    const recipe = await recipeOf(file);
    await life.write({ 'mailboxctl.yaml': config });
    life.commit('everybody', 'Take in everybody');
    const clone = join(life.folder, 'clone');
    await life.person(`git clone --quiet repository clone`, life.folder);
    const variables = Object.entries(env).map(([name, value]) => `export ${name}="${value}"`);
    for (const keys of scripts) {
      const text = `${variables.join('\n')}\n${scriptAt(recipe, keys)}`;
      await life.write({ '../script.sh': text.replaceAll(/^export (\w*DIGEST)="(.*)"$/gmu, 'export $1=$2') });
      const { exitCode, output } = await life.person('bash ../script.sh', clone);
      // Mailboxes that wait for an approval are health drift.
      expect([0, keys.includes(2) || keys.includes('drift') ? 2 : 0], output).toContain(exitCode);
    }
    const there = await Promise.all(files.map(async (name) => (await stat(join(clone, name))).size > 0));
    expect(there).toEqual(files.map(() => true));
  });
});
