/** The example: it holds what its page promises, and one apply leaves nothing but what a person has to do. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseOrganization } from '../../src/emulator/index.ts';
import { contoso, mailboxctl } from './command-line.ts';

it('has sixty people in four business units, and eight shared queues', async () => {
  const file = join(await contoso(), 'organization.yaml');
  const { users = [], queues = [] } = parseOrganization(await readFile(file, 'utf8'), file);
  const units = new Map<string, number>();
  for (const { businessUnit } of users) {
    if (businessUnit !== undefined) units.set(businessUnit, (units.get(businessUnit) ?? 0) + 1);
  }
  expect(Object.fromEntries(units)).toEqual({ Sales: 20, Service: 16, Finance: 10, 'Asia Pacific': 14 });
  expect(queues).toHaveLength(8);
});

it('converges but for what a person has to do', async () => {
  const directory = await contoso();
  const args = ['apply', directory, '--yes', '--allow', 'mail-stops'];
  expect((await mailboxctl(args)).exitCode).toBe(8);
  const { exitCode, stdout } = await mailboxctl(['plan', directory, '--detailed-exitcode']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\nNo changes\. 4 mailboxes held back\.\n$/u);
  expect((await mailboxctl(['drift', directory, '--fail-on', 'configuration,missing'])).exitCode).toBe(0);
});

it('never shows the password of the support queue', async () => {
  const directory = await contoso();
  const password = (await readFile(join(directory, 'secrets', 'support-password'), 'utf8')).trim();
  for (const verb of ['validate', 'plan', 'drift', 'status', 'apply']) {
    const consent = verb === 'apply' ? ['--yes', '--allow', 'mail-stops'] : [];
    const { stdout, stderr } = await mailboxctl([verb, directory, '--verbose', ...consent]);
    expect(stdout + stderr).not.toContain(password);
  }
});
