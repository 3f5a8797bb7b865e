/** The configuration reference is fresh, and each of its examples is a project that loads without a finding. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reference } from '../../schemas/reference.ts';
import { loadProject } from '../../src/config/load-project.ts';
import { parseOrganization } from '../../src/emulator/index.ts';
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
  expect(files.map((text) => parseOrganization(text, 'organization.yaml').faults?.length)).toEqual([3]);
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
