/** The action that the others begin with: what it installs, and what it hands to later steps. */

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { VERSION } from '../../src/version.ts';
import { serveGithub } from './fake-github.ts';
import { type JobResult, runWorkflow } from './runner.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Says how it was called, and puts a program there as npm would. */
const NPM = `#!/bin/sh
echo "npm $*"
mkdir -p "$3/node_modules/.bin"
printf '#!/bin/sh\\necho installed' > "$3/node_modules/.bin/mailboxctl"
chmod +x "$3/node_modules/.bin/mailboxctl"
`;

async function runSetup(inputs: Readonly<Record<string, string>>): Promise<JobResult> {
  const folder = await mkdtemp(join(tmpdir(), 'mailboxctl-setup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const [name, text] of [
    ['npm', NPM],
    ['mailboxctl', `#!/bin/sh\necho ${VERSION}\n`],
  ] as const) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  const uses = `mailboxctl/mailboxctl/.github/actions/setup@v${VERSION}`;
  const steps = [
    { uses, with: inputs },
    { name: 'use', run: 'mailboxctl --version; echo "$FIRST, $SECOND"' },
  ];
  const workflow = { on: {}, jobs: { job: { permissions: {}, steps } } };
  await writeFile(join(folder, 'workflow.yml'), JSON.stringify(workflow));
  const event = { name: 'push', payload: {}, sha: 'a'.repeat(40), ref: 'refs/heads/main' } as const;
  const options = { github: await serveGithub(), repository: folder, folder, bin };
  return (await runWorkflow(relative(ROOT, join(folder, 'workflow.yml')), event, options)).result('job');
}

it('takes what is there in this version, and installs nothing', async () => {
  const { result, log } = await runSetup({});
  expect(result).toBe('success');
  expect(log).toContain(`mailboxctl ${VERSION} is here already.\n`);
  expect(log).toContain(`=== use\n${VERSION}\n`);
});

it.each([
  [{ version: '9.9.9' }, 'mailboxctl@9.9.9'],
  [{ package: './mailboxctl.tgz' }, './mailboxctl.tgz'],
])('installs %j, for later steps', async (inputs, installed) => {
  const { result, log } = await runSetup(inputs);
  expect(result).toBe('success');
  expect(log).toMatch(/npm install --prefix \S+\/mailboxctl --no-audit --no-fund --no-save (?<what>\S+)\n/u);
  expect(log).toContain(` --no-save ${installed}\n`);
  expect(log).toContain('=== use\ninstalled\n');
});

it('hands variables to later steps, and has their values masked', async () => {
  const { log } = await runSetup({ variables: 'FIRST=one\n\nSECOND=two=2 "and" $(more)\n' });
  expect(log).toContain('::add-mask::one\n::add-mask::two=2 "and" $(more)\n');
  expect(log).toContain('one, two=2 "and" $(more)\n');
});

it('masks a value as it is, with what a command escapes, and without the end of a Windows line', async () => {
  const { log } = await runSetup({ variables: 'FIRST=50%25\r\n\r\nSECOND=a%0Ab\rc\r\n' });
  expect(log).toContain('::add-mask::50%2525\n::add-mask::a%250Ab%0Dc\n');
  expect(log).toContain('\n50%25, a%0Ab\rc\n');
});

it('refuses what is no variable, and does not print it', async () => {
  const { result, log } = await runSetup({ variables: 'FIRST=one\nhunter2' });
  expect(result).toBe('failure');
  expect(log).toContain('The secret with variables has a line that is not NAME=VALUE.');
  expect(log).not.toContain('hunter2');
});
