/** What is kept of an organization file is used as long as the file is the same, and never trusted beyond that. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readOrganization } from './read-organization.ts';

const text = (name: string): string =>
  `version: 1\norganizationId: d76771b5-0b80-ef11-ac1c-0022482cc906\nname: ${name}\n`;

it.each<readonly [string, (file: string, kept: string) => Promise<void>, string]>([
  ['the same file is not parsed again', async () => {}, 'from what is kept'],
  ['a file that changed is', (file) => writeFile(file, text('changed')), 'changed'],
  ['and so it is when what is kept is damaged', (_file, kept) => writeFile(kept, '{"digest"'), 'first'],
  ['or gone', (_file, kept) => rm(kept), 'first'],
])('%s', async (_name, happens, expected) => {
  const directory = await mkdtemp(join(tmpdir(), 'organization-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const [file, state] = [join(directory, 'organization.yaml'), join(directory, 'state')];
  const kept = join(state, 'organization.json');
  await writeFile(file, text('first'));
  await readOrganization(file, state);
  await writeFile(kept, (await readFile(kept, 'utf8')).replace('"first"', '"from what is kept"'));
  await happens(file, kept);
  expect((await readOrganization(file, state)).name).toBe(expected);
});
