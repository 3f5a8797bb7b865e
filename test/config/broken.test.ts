/** The page of slips: what people really get wrong, and the exact text they are told. */

import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/config/load-project.ts';
import { diagnosticsText } from '../../src/report/text/diagnostics-text.ts';
import { memoryFiles, PROJECT } from './memory-files.ts';

const FOLDER = fileURLToPath(new URL('./broken/', import.meta.url));
const GOLDEN = fileURLToPath(new URL('./broken.golden.txt', import.meta.url));
const ROOT = 'version: 1\nenvironments: { local: { url: emulator } }\ninclude: [config/*.yaml]\n';
const PASSWORDS = ['Winter2026', 'Summer2026', 'Autumn2026', 'Spring-2026', 'support_password'];

const names = (await readdir(FOLDER)).sort();
const pages = new Map(await Promise.all(names.map(async (name) => [name, await pageOf(name)] as const)));

async function pageOf(name: string): Promise<string> {
  const { diagnostics } = await loadProject(PROJECT, memoryFiles(await contentsOf(name)));
  return diagnosticsText(diagnostics, { colors: createColors(false) });
}

/** A folder is a whole project; `root-*` files are the root file itself; the others are included by one that is fine. */
async function contentsOf(name: string): Promise<Readonly<Record<string, string | Uint8Array>>> {
  if (!name.endsWith('.yaml')) return projectIn(`${FOLDER}${name}`);
  const bytes = await readFile(`${FOLDER}${name}`);
  return name.startsWith('root-')
    ? { 'mailboxctl.yaml': bytes }
    : { 'mailboxctl.yaml': ROOT, [`config/${name}`]: bytes };
}

async function projectIn(folder: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(paths.sort().map(async (path) => [path, await readFile(path)] as const));
  return Object.fromEntries(
    contents.map(([path, bytes]) => [relative(folder, path).replaceAll(sep, '/'), bytes]),
  );
}

function title(name: string): string {
  const text = name.replace('.yaml', '').replaceAll('-', ' ');
  return `${text}\n${'='.repeat(text.length)}`;
}

describe('slips that people make', () => {
  it('are explained as on the golden page', async () => {
    const page = [...pages].map(([name, text]) => `${title(name)}\n\n${text}`).join('\n\n');
    await expect(page).toMatchFileSnapshot(GOLDEN);
  });

  it.each(names)('%s is told', (name) => {
    expect(pages.get(name)).toMatch(/Errors: [1-9]/u);
  });

  it.each(PASSWORDS)('the password %s is not told', (password) => {
    expect([...pages.values()].filter((text) => text.includes(password))).toEqual([]);
  });
});
