/** `plan --base`: what a request does, apart from what was due before it; through the program, on one environment. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validator } from '../../src/local/plan.validators.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import { basePlan, unchangedPlan } from '../../src/report/fixtures/base-plans.ts';
import { environment, mailboxctl, ORGANIZATION_ID, project } from './command-line.ts';

const ORGANIZATION = `
version: 1
organizationId: ${ORGANIZATION_ID}
clock: 2026-11-21T09:00:00Z
users:
  - { signIn: ann@contoso.com, name: Ann, works: true }
  - { signIn: ben@contoso.com, name: Ben, works: true }
queues:
  - { name: Support, emailAddress: support@contoso.com, works: true }
`;

const ANN = 'mailbox:user/ann@contoso.com';
const BEN = 'mailbox:user/ben@contoso.com';
const SUPPORT = 'mailbox:queue/Support';
const ALLOWED = ['mail-stops', 'max-changes', 'breaks-working-mailbox'].flatMap((guard) => [
  '--allow',
  guard,
]);
const ENV = { OLD: 'an-old-password', NEW: 'a-new-password' };

type Files = Readonly<Record<string, string>>;

interface Branches {
  readonly plan: (...more: readonly string[]) => ReturnType<typeof mailboxctl>;
  readonly json: (...more: readonly string[]) => Promise<Plan>;
  /** Applies these files to the environment, before or beside the two branches. */
  readonly apply: (items: string) => Promise<void>;
  readonly head: string;
  readonly base: string;
}

/** Two checkouts of one project; the environment is that of the one that is planned. */
async function branches(base: string | Files, head: string | Files): Promise<Branches> {
  const [there, here] = [await project(checkout(base)), await project(checkout(head))];
  const plan: Branches['plan'] = (...more) =>
    mailboxctl(['plan', here, '--base', there, ...more], { env: ENV });
  return {
    plan,
    json: async (...more) => JSON.parse((await plan('--format', 'json', ...more)).stdout) as Plan,
    apply: async (items) => {
      const file = join(here, 'mailboxctl.yaml');
      await writeFile(file, rootOf(items));
      const { exitCode, stderr } = await mailboxctl(['apply', here, '--yes', ...ALLOWED], { env: ENV });
      expect([exitCode, stderr]).toEqual([0, expect.anything()]);
      await writeFile(file, checkout(head)['mailboxctl.yaml'] ?? '');
    },
    head: here,
    base: there,
  };
}

function checkout(files: string | Files): Files {
  const { 'mailboxctl.yaml': root = '', ...more } =
    typeof files === 'string' ? { 'mailboxctl.yaml': files } : files;
  return { 'mailboxctl.yaml': rootOf(root), 'organization.yaml': ORGANIZATION, ...more };
}

function rootOf(items: string, address = 'emulator, data: organization.yaml'): string {
  return `version: 1\nenvironments:\n  prod: { url: ${address} }\n${items}`;
}

const rule = (match: string, fields: string): string =>
  `rules:\n  - { name: people, match: { mailboxOf: user, emailAddress: "${match}" }, ${fields} }\n`;
const item = (who: string, fields: string): string => `  - { user: ${who}@contoso.com, ${fields} }\n`;

/** Everything but digests. */
function told({ base, steps }: Plan): unknown {
  const { config_digest: _, ...found } = base ?? { config_digest: '' };
  return { steps: steps.map(({ id }) => id), ...found };
}

const NOTHING = { pending: [], withdrawn: [], no_longer_managed: [], secret_references: [] };

describe('a request', () => {
  it('that widens a rule has its steps, and what was due before is apart', async () => {
    const { json, plan } = await branches(
      rule('ann@*', 'outgoing: none'),
      rule('*@contoso.com', 'outgoing: none'),
    );
    expect(told(await json())).toEqual({
      ...NOTHING,
      steps: [`${ANN}#edit`, `${BEN}#edit`],
      pending: [`${ANN}#edit`],
    });
    const { stdout } = await plan();
    expect(stdout).toContain('1 step of this plan is its effect; 1 step was due before it.');
    expect(stdout).toMatch(/\nChanges\n {2}~ mailbox:user\/ben@/u);
    expect(stdout).toMatch(/\nDue before this request\n {2}~ mailbox:user\/ann@/u);
  });

  it('that removes an item leaves it to nobody, or to the rule that covers it', async () => {
    const everyone = rule('ann@*', 'outgoing: none');
    const items = `mailboxes:\n${item('ann', 'outgoing: server-side-sync')}${item('ben', 'incoming: none')}`;
    const { json } = await branches(`${everyone}${items}`, everyone);
    expect(told(await json())).toEqual({
      ...NOTHING,
      steps: [`${ANN}#edit`],
      withdrawn: [
        {
          id: `${BEN}#edit`,
          verb: 'edit',
          address: BEN,
          set: [{ field: 'incoming', from: 'server-side-sync', to: 'none' }],
        },
      ],
      no_longer_managed: [
        {
          address: ANN,
          field: 'outgoing',
          was: { file: 'mailboxctl.yaml', line: 7, column: 40 },
          now: { file: 'mailboxctl.yaml', line: 5, column: 82, rule: 'people' },
          value: 'none',
        },
        {
          address: BEN,
          field: null,
          was: { file: 'mailboxctl.yaml', line: 8, column: 5 },
          now: null,
          value: null,
        },
      ],
    });
  });

  it('that equals the base has no effect', async () => {
    const items = `mailboxes:\n${item('ann', 'outgoing: none')}`;
    const { json, plan } = await branches(items, `# reworded\n${items}`);
    expect(told(await json())).toEqual({ ...NOTHING, steps: [`${ANN}#edit`], pending: [`${ANN}#edit`] });
    expect((await plan()).stdout).toContain('No step of this plan is its effect: 1 step was due before it.');
  });

  it('that only renames files has no effect', async () => {
    const files = (first: string, second: string): Files => ({
      'mailboxctl.yaml': 'include: [config/*.yaml]\n',
      [`config/${first}.yaml`]: `mailboxes:\n${item('ann', 'outgoing: none')}`,
      [`config/${second}.yaml`]: rule('ben@*', 'incoming: none'),
    });
    const { json } = await branches(files('a', 'b'), files('y', 'x'));
    expect(told(await json())).toEqual({
      ...NOTHING,
      steps: [`${ANN}#edit`, `${BEN}#edit`],
      pending: [`${ANN}#edit`, `${BEN}#edit`],
    });
  });

  it('stands apart from what somebody changed by hand', async () => {
    const base = `mailboxes:\n${item('ann', 'outgoing: none')}${item('ben', 'outgoing: none')}`;
    const head = `${base}  - { queue: Support, outgoing: none }\n`;
    const { json, apply } = await branches(base, head);
    await apply(base);
    expect(told(await json())).toEqual({ ...NOTHING, steps: [`${SUPPORT}#edit`] });
    await apply(`mailboxes:\n${item('ben', 'outgoing: server-side-sync')}`);
    expect(told(await json())).toEqual({
      ...NOTHING,
      steps: [`${SUPPORT}#edit`, `${BEN}#edit`],
      pending: [`${BEN}#edit`],
    });
  });
});

describe('a changed reference to a secret', () => {
  const profile = (secret: string): string => `serverProfiles:
  - name: Support POP3
    type: pop3-smtp
    incoming: { server: pop3.contoso.com }
    outgoing: { server: smtp.contoso.com }
    authentication: user-or-queue
mailboxes:
  - queue: Support
    emailAddress: support@contoso.com
    serverProfile: Support POP3
    incoming: server-side-sync
    outgoing: server-side-sync
    appointmentsContactsTasks: none
    credentials: { username: support, password: ${secret} }
    approved: true
    testAndEnable: true
`;
  const REFERENCE = {
    address: SUPPORT,
    field: 'credentials.password',
    from: 'env:OLD',
    to: 'env:NEW',
    source: { file: 'mailboxctl.yaml', line: 17, column: 49 },
  };

  it('writes the secret and tests the mailbox; without --base nobody can tell', async () => {
    const { json, plan, apply, head, base } = await branches(
      profile('{ env: OLD }'),
      profile('{ env: NEW }'),
    );
    await apply(profile('{ env: OLD }'));
    const alone = await mailboxctl(['plan', head], { env: ENV });
    expect(alone.stdout).toContain('No changes. The environment matches the configuration.');

    const document = await json();
    expect(told(document)).toEqual({
      ...NOTHING,
      steps: [`${SUPPORT}#edit`, `${SUPPORT}#test`],
      secret_references: [REFERENCE],
    });
    expect(document.steps[0]?.set).toEqual([
      {
        field: 'credentials.password',
        from: { is_set: true },
        to: { secret: 'env:NEW', why: 'reference-changed' },
      },
    ]);
    expect((await plan()).stdout).toContain('because the reference changed');

    const { exitCode, stdout } = await mailboxctl(['apply', head, '--base', base, '--yes'], {
      env: { NEW: ENV.NEW },
    });
    expect(stdout).toContain(
      'Apply complete! Resources: 0 added, 1 changed, 0 destroyed. Actions: 0 approved, 1 tested.',
    );
    expect(exitCode).toBe(0);
  });

  it('is applied from a saved plan, too', async () => {
    const { plan, apply, head } = await branches(profile('{ env: OLD }'), profile('{ env: NEW }'));
    await apply(profile('{ env: OLD }'));
    const file = join(head, 'plan.json');
    expect((await plan('--out', file)).exitCode).toBe(0);
    const { exitCode, stdout } = await mailboxctl(['apply', head, '--plan', file, '--yes'], { env: ENV });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Resources: 0 added, 1 changed, 0 destroyed. Actions: 0 approved, 1 tested.');
  });

  it('may be one of a key vault', async () => {
    const vault = 'https://contoso.vault.azure.net/secrets/support';
    const { json, apply } = await branches(profile('{ env: OLD }'), profile(`{ keyVault: "${vault}" }`));
    await apply(profile('{ env: OLD }'));
    const { base } = await json();
    expect(base?.secret_references).toEqual([{ ...REFERENCE, to: `keyVault:${vault}` }]);
  });
});

it.each([
  ['with everything that a comparison can say', basePlan()],
  ['with nothing of it', unchangedPlan()],
])('a plan %s is one of the published schema', (_name, plan) => {
  const validate = validator('plan');
  expect([validate(plan), validate.errors]).toEqual([true, null]);
});

describe('the base', () => {
  const items = `mailboxes:\n${item('ann', 'outgoing: none')}`;

  it('costs no further read, and leaves the plan as it is', async () => {
    const { url, requests } = await environment(ORGANIZATION);
    const files = (own: string): Files => ({ 'mailboxctl.yaml': rootOf(own, `"${url}"`) });
    const [there, here] = [
      await project(files(items)),
      await project(files(`${items}${item('ben', 'incoming: none')}`)),
    ];
    const run = async (...more: readonly string[]): Promise<{ plan: Plan; taken: number }> => {
      const before = requests();
      const { stdout } = await mailboxctl(['plan', here, '--format', 'json', ...more]);
      return { plan: JSON.parse(stdout) as Plan, taken: requests() - before };
    };
    const [alone, beside] = [await run(), await run('--base', there)];
    expect(beside.plan.base?.pending).toEqual([`${ANN}#edit`]);
    expect(beside.taken).toBe(alone.taken);
    expect(beside.plan.plan_digest).toBe(alone.plan.plan_digest);
  });

  it.each([
    ['--url', (url: string) => ({ more: ['--url', url], env: {} })],
    ['MAILBOXCTL_URL', (url: string) => ({ more: [], env: { MAILBOXCTL_URL: url } })],
  ])('is of the same place when %s leads the command elsewhere', async (_name, given) => {
    const { url } = await environment(ORGANIZATION);
    const files: Files = {
      'mailboxctl.yaml': rootOf(items, 'https://contoso.crm4.dynamics.com, purpose: production'),
    };
    const [there, here] = [await project(files), await project(files)];
    const { more, env } = given(url);
    const { stdout } = await mailboxctl(['plan', here, '--base', there, '--format', 'json', ...more], {
      env,
    });
    const { base, diagnostics } = JSON.parse(stdout) as Plan;
    expect([base?.pending, diagnostics.map(({ code }) => code)]).toEqual([[`${ANN}#edit`], []]);
  });

  it('that is not valid is a warning with its problems, and the plan goes on', async () => {
    const { json } = await branches('mailboxes:\n  - { user: ann@contoso.com, outgoig: none }\n', items);
    const { base, steps, applyable, diagnostics } = await json();
    expect({ base, applyable, steps: steps.length }).toEqual({ base: undefined, applyable: true, steps: 1 });
    expect(diagnostics.filter(({ code }) => code === 'base-invalid')).toEqual([
      {
        code: 'base-invalid',
        severity: 'warning',
        address: null,
        file: null,
        line: null,
        column: null,
        message: expect.stringMatching(/^The base configuration is not valid: mailboxctl\.yaml:5 .*outgoig/u),
        hint: 'The plan is complete, but not compared with the base configuration.',
      },
    ]);
  });

  it.each<[string, string | null, string]>([
    [
      'without the environment',
      'version: 1\nenvironments:\n  test: { url: emulator }\n',
      'The base configuration does not declare the environment "prod": everything that is planned is the effect of this request',
    ],
    ['without a project', null, 'There is no mailboxctl.yaml in the base folder'],
  ])('%s makes everything the effect of the request, and says so', async (_name, root, message) => {
    const { json, base } = await branches(items, items);
    const file = join(base, 'mailboxctl.yaml');
    await (root === null ? rm(file) : writeFile(file, root));
    const document = await json();
    expect(told(document)).toEqual({ ...NOTHING, steps: [`${ANN}#edit`] });
    expect(document.diagnostics.map((one) => one.message)).toEqual(
      expect.arrayContaining([expect.stringContaining(message)]),
    );
  });

  const OTHER = '7d000000-0000-4000-8000-000000000002';
  const at = (url: string, id: string): string => `"${url}", data: organization.yaml, organizationId: ${id}`;

  it.each<[string, string, string, string | null]>([
    [
      'at another organization',
      at('emulator', ORGANIZATION_ID),
      at('emulator', OTHER),
      `organization: ${ORGANIZATION_ID} instead of ${OTHER}`,
    ],
    [
      'at another address',
      at('emulator', ORGANIZATION_ID),
      `"https://other.crm4.dynamics.com", organizationId: ${ORGANIZATION_ID}, purpose: production`,
      'address: emulator instead of https://other.crm4.dynamics.com',
    ],
    ['that declares no organization yet', at('emulator', ORGANIZATION_ID), 'emulator', null],
  ])('%s: due is only what was due here', async (_name, here, there, moved) => {
    const { json, head, base } = await branches(items, items);
    await writeFile(join(head, 'mailboxctl.yaml'), rootOf(items, here));
    await writeFile(join(base, 'mailboxctl.yaml'), rootOf(items, there));
    const document = await json();
    const step = `${ANN}#edit`;
    expect(told(document)).toEqual({ ...NOTHING, steps: [step], pending: moved === null ? [step] : [] });
    const messages = document.diagnostics.filter(({ code }) => code === 'base-not-declared');
    expect(messages.map(({ message }) => message)).toEqual(
      moved === null
        ? []
        : [
            `This request points the environment "prod" at another ${moved}: everything that is planned is the effect of this request`,
          ],
    );
  });

  it('inside the project is not mistaken for the project', async () => {
    const { head } = await branches(items, items);
    await mkdir(join(head, 'base'));
    const args = ['plan', head, '--base', join(head, 'base'), '--format', 'json'];
    expect((await mailboxctl(args)).stdout).toContain('"base-not-declared"');
  });

  it('is found where the project stands in its repository', async () => {
    const here = { '.git/HEAD': '', 'mail/mailboxctl.yaml': rootOf(items, 'emulator') };
    const [head, base] = [await project(here), await project(here)];
    const { stdout } = await mailboxctl(['plan', join(head, 'mail'), '--base', base, '--format', 'json']);
    expect(stdout).not.toContain('"base-not-declared"');
  });

  it('has to be a folder', async () => {
    const { head } = await branches(items, items);
    const { exitCode, stdout, stderr } = await mailboxctl(['plan', head, '--base', '/nowhere']);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Error: --base /nowhere is no folder\n  Name a checkout of the base branch, such as one that "git worktree add" made.\n',
    });
  });

  it('goes with --target', async () => {
    const { json } = await branches(items, `mailboxes:\n${item('ben', 'outgoing: none')}`);
    expect(told(await json('--target', BEN))).toEqual({ ...NOTHING, steps: [`${BEN}#edit`] });
  });

  it('does not go with a plan that is made', async () => {
    const { head, base } = await branches(items, items);
    const { exitCode, stderr } = await mailboxctl(['apply', head, '--plan', 'plan.json', '--base', base]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('--target, --retest, --rotate and --base shape a plan');
  });
});
