/** The configuration reference is fresh, and each of its examples is a project that loads without a finding. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reference } from '../../schemas/reference.ts';
import { loadProject } from '../../src/config/load-project.ts';
import { createEmulator, parseOrganization } from '../../src/emulator/index.ts';
import { memoryFiles, PROJECT } from './memory-files.ts';

const page = await readFile(schemaFile('reference.md'), 'utf8');

const ROOT = 'version: 1\nenvironments: { local: { url: emulator } }\ninclude: [config/*.yaml]\n';

function schemaFile(name: string): string {
  return fileURLToPath(new URL(`../../schemas/${name}`, import.meta.url));
}

/** The examples of each chapter are the files of one project; the first line of each is its path. */
function chapters(): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  return page
    .split(/^## /mu)
    .slice(1)
    .map((chapter) => [chapter.split('\n')[0] ?? '', filesOf(chapter)] as const)
    .filter(([, files]) => Object.keys(files).length > 0);
}

function filesOf(chapter: string): Readonly<Record<string, string>> {
  const blocks = [...chapter.matchAll(/^```(?:yaml|text)\n# (\S+)\n([\s\S]*?)^```$/gmu)];
  return Object.fromEntries(blocks.map(([, path = '', text = '']) => [path, text]));
}

it('is made from the template and the program', async () => {
  expect(reference(await readFile(schemaFile('reference.template.md'), 'utf8'))).toBe(page);
});

it('a template that leaves a table out is refused', () => {
  expect(() => reference('{{guards}}\n{{strange}}')).toThrow('"strange", which is no part');
  expect(() => reference('{{guards}}')).toThrow('leaves out environment-keys');
});

it('every example says which file it is', () => {
  const examples = [...page.matchAll(/^```\w+$/gmu)];
  expect(chapters().flatMap(([, files]) => Object.keys(files))).toHaveLength(examples.length);
  expect(examples.length).toBeGreaterThan(8);
});

it('organization files among them can be read', () => {
  const files = chapters().flatMap(([, chapter]) => chapter['organization.yaml'] ?? []);
  const read = files.map((text) => parseOrganization(text, 'organization.yaml'));
  expect(read.map(({ faults, edits }) => [faults?.length, edits?.length])).toEqual([[3, 1]]);
});

it('the edit that is shown is one that the emulator takes', async () => {
  const [, edit = ''] =
    /^ {4}curl --data '(.+)' http:\/\/127\.0\.0\.1:PORT\/_emulator\/edits$/mu.exec(page) ?? [];
  const text = `version: 1
organizationId: 00000000-0000-0000-0000-000000000001
users: [{ signIn: alice@contoso.com, name: Alice }]
`;
  const emulator = createEmulator({ organization: parseOrganization(text, 'organization.yaml') });
  const ask = (path: string, body?: string): Promise<Response> =>
    emulator.fetch(
      new Request(new URL(path, emulator.baseUrl), body === undefined ? {} : { method: 'POST', body }),
    );
  const methods = async (): Promise<unknown> => {
    const found = await ask("mailboxes?$select=outgoingemaildeliverymethod&$filter=name eq 'Alice'");
    return ((await found.json()) as { value: readonly Record<string, unknown>[] }).value.map(
      (row) => row.outgoingemaildeliverymethod,
    );
  };
  const before = await methods();
  expect((await ask('/_emulator/edits', edit)).status).toBeLessThan(300);
  expect([before, await methods()]).toEqual([[2], [0]]);
  await emulator.close();
});

describe('the examples', () => {
  it.each(chapters())('of "%s" load without a finding', async (_, files) => {
    const { diagnostics, environments } = await loadProject(
      PROJECT,
      memoryFiles({ 'mailboxctl.yaml': ROOT, ...files }),
    );
    expect(diagnostics).toEqual([]);
    expect(environments.length).toBeGreaterThan(0);
  });
});
