/** The library keeps every safety of the command line, and takes a token, a fetch and a clock of one's own. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmulator, parseOrganization } from '../../src/emulator/index.ts';
import {
  applyReport,
  type Clock,
  loadProject,
  type OpenOptions,
  openForReading,
  openForWriting,
  type Project,
  RefusedError,
  readPlan,
  writePlan,
} from '../../src/index.ts';

const ORGANIZATION_ID = '7d000000-0000-4000-8000-000000000001';
const ORGANIZATION = `
version: 1
organizationId: ${ORGANIZATION_ID}
clock: 2026-11-21T09:00:00Z
callers:
  - { token: ada, user: ada@contoso.com, roles: [System Administrator, Delegated Mailbox Approver] }
  - { token: blind, application: Blind, roles: [Nothing] }
roles:
  - { name: Nothing, privileges: [prvReadUser, prvReadRole, prvReadTeam, prvReadPrivilege] }
users:
  - { signIn: alice@contoso.com, name: Alice, works: true }
queues:
  - { name: Support, emailAddress: support@contoso.com, approval: Pending Approval }
`;

const CONFIG = `
version: 1
environments: { test: { url: "https://contoso-test.crm4.dynamics.com", purpose: non-production, organizationId: ${ORGANIZATION_ID} } }
mailboxes:
  - queue: Support
    emailAddress: support@contoso.com
    incoming: server-side-sync
    outgoing: none
    appointmentsContactsTasks: none
    approved: true
`;

async function projectOf(config: string): Promise<Project> {
  const directory = await mkdtemp(join(tmpdir(), 'mailboxctl-library-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'mailboxctl.yaml'), config);
  return loadProject(directory);
}

/** More than a page holds, so that whole lists take more requests. */
function manyMailboxes(): ReturnType<typeof parseOrganization> {
  const organization = parseOrganization(ORGANIZATION, 'organization.yaml');
  const more = Array.from({ length: 5100 }, (_, at) => ({
    signIn: `u${at}@contoso.com`,
    name: `User ${at}`,
  }));
  return { ...organization, users: [...(organization.users ?? []), ...more] };
}

/** A Dataverse that is reached by a `fetch` of one's own, in its own time. */
function service(
  token = 'ada',
  emulator = createEmulator({ organization: parseOrganization(ORGANIZATION, 'organization.yaml') }),
): OpenOptions & { readonly requests: string[]; readonly clock: Clock } {
  onTestFinished(() => emulator.close());
  const requests: string[] = [];
  const base = new URL(emulator.baseUrl);
  return {
    token,
    requests,
    env: {},
    clock: { now: () => emulator.clock.now(), sleep: (ms, signal) => emulator.sleep(ms, signal) },
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      requests.push(`${request.method} ${pathname}`);
      return emulator.fetch(new Request(new URL(pathname + search, base.origin), request));
    },
  };
}

function refusal(reason: string, details: readonly string[] = []): object {
  return expect.objectContaining({ name: 'RefusedError', reason, details });
}

it('plans, saves, applies and finds no drift', async () => {
  const project = await projectOf(CONFIG);
  const environment = await openForWriting(project, 'test', service());
  const plan = await environment.plan(await environment.see());
  expect(plan.steps.map(({ id }) => id)).toEqual([
    'mailbox:queue/Support#edit',
    'mailbox:queue/Support#approve',
  ]);
  const file = join(project.directory, 'plan.json');
  await writePlan(file, plan);
  const events: string[] = [];
  const { outcomes, stopped } = await environment.apply(await readPlan(file), {
    onEvent: ({ event }) => events.push(event),
  });
  expect(outcomes.map(({ kind }) => kind)).toEqual(['applied', 'applied']);
  expect(applyReport(plan, { outcomes, stopped }).trimEnd().split('\n').at(-1)).toBe(
    'Apply complete! Resources: 0 added, 1 changed, 0 destroyed. Actions: 1 approved, 0 tested.',
  );
  expect(stopped).toBeNull();
  expect(events.at(-1)).toBe('run-ended');
  const seen = await environment.see();
  expect((await environment.plan(seen)).steps).toEqual([]);
  expect((await environment.drift(seen)).clean).toBe(true);
  await environment.close();
});

it('plans by itself, and reads no more than the plan needs', async () => {
  const emulator = createEmulator({ organization: manyMailboxes() });
  const options = service('ada', emulator);
  // Links to further pages lead to where the service says that it is.
  const config = CONFIG.replace('https://contoso-test.crm4.dynamics.com', new URL(emulator.baseUrl).origin);
  const environment = await openForWriting(await projectOf(config), 'test', options);
  const whole = await environment.plan(await environment.see());
  const wholeLists = options.requests.splice(0).length;
  const plan = await environment.plan();
  expect([plan.steps, plan.plan_digest]).toEqual([whole.steps, whole.plan_digest]);
  expect(options.requests.length).toBeLessThan(wholeLists);
  const { outcomes } = await environment.apply(plan);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['applied', 'applied']);
  await environment.close();
});

it('opened to read, nothing but reading leaves this machine, and there is no apply', async () => {
  const options = service();
  const environment = await openForReading(await projectOf(CONFIG), 'test', options);
  const seen = await environment.see({ alerts: true });
  await environment.plan(seen);
  await environment.drift(seen);
  environment.check(seen);
  expect(options.requests.filter((line) => !/^(GET |POST .*\$batch$)/u.test(line))).toEqual([]);
  expect(Object.keys(environment)).not.toContain('apply');
  await environment.close();
});

describe('is refused before anything is written', () => {
  it('a project with errors', async () => {
    const project = await projectOf(CONFIG.replace('incoming: server-side-sync', 'incoming: imap'));
    await expect(openForReading(project, 'test', service())).rejects.toThrow(RefusedError);
  });

  it('another organization', async () => {
    const project = await projectOf(CONFIG.replaceAll(ORGANIZATION_ID, ORGANIZATION_ID.replace('7d', '8e')));
    const environment = await openForReading(project, 'test', service());
    await expect(environment.see()).rejects.toThrow(refusal('organization'));
  });

  it('a plan of another configuration', async () => {
    const options = service();
    const other = await openForReading(
      await projectOf(CONFIG.replace('outgoing: none', '')),
      'test',
      options,
    );
    const plan = await other.plan(await other.see());
    const environment = await openForWriting(await projectOf(CONFIG), 'test', options);
    await expect(environment.apply(plan)).rejects.toThrow(refusal('plan'));
  });

  it('a plan that a guard refuses, until it is allowed', async () => {
    const config = `${CONFIG}  - user: alice@contoso.com\n    incoming: none\n    outgoing: none\n    appointmentsContactsTasks: none\n`;
    const environment = await openForWriting(await projectOf(config), 'test', service());
    const plan = await environment.plan(await environment.see());
    await expect(environment.apply(plan)).rejects.toThrow(refusal('guard', ['mail-stops']));
    const { outcomes } = await environment.apply(plan, { allow: ['mail-stops'] });
    expect(outcomes.every(({ kind }) => kind === 'applied')).toBe(true);
  });

  it('a plan that a guard refuses, and not for the approvals of it, which do nothing of the kind', async () => {
    const config = `${CONFIG.replace(' } }', ', approvals: hand-off } }')}  - user: alice@contoso.com\n    incoming: none\n    outgoing: none\n`;
    const environment = await openForWriting(await projectOf(config), 'test', service());
    const plan = await environment.plan(await environment.see());
    await expect(environment.apply(plan)).rejects.toThrow(refusal('guard', ['mail-stops']));
    await environment.apply(plan, { allow: ['mail-stops'] });
    const { outcomes } = await environment.apply(plan, { onlyApprovals: true });
    expect(outcomes.map(({ step, kind }) => [step, kind])).toEqual([
      ['mailbox:queue/Support#approve', 'applied'],
    ]);
  });

  it('a secret that cannot be resolved', async () => {
    const config = CONFIG.replace(
      'mailboxes:\n  - queue: Support\n',
      `serverProfiles:
  - name: Own
    type: pop3-smtp
    incoming: { server: pop3.contoso.com, ssl: true }
    outgoing: { server: smtp.contoso.com, ssl: true }
    authentication: user-or-queue
mailboxes:
  - queue: Support
    serverProfile: Own
    credentials: { username: support, password: { env: NOBODY_SET_IT } }
`,
    );
    const environment = await openForWriting(await projectOf(config), 'test', service());
    const plan = await environment.plan(await environment.see());
    await expect(environment.apply(plan)).rejects.toThrow(
      expect.objectContaining({ name: 'RefusedError', reason: 'secret' }),
    );
  });

  it('a caller to whom tables are closed', async () => {
    const environment = await openForWriting(await projectOf(CONFIG), 'test', service('blind'));
    const plan = await environment.plan(await environment.see());
    await expect(environment.apply(plan)).rejects.toThrow(
      refusal('permission', ['profile', 'settings', 'mailbox', 'mailbox', 'mailbox']),
    );
  });
});
