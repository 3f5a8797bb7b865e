/** The digest of an environment's configuration covers what overlays make of it, not how the files are laid out. */

import { expect, it } from 'vitest';
import { loadProject } from '../../src/config/load-project.ts';
import { configDigest } from '../../src/local/digest.ts';
import { memoryFiles, PROJECT } from './memory-files.ts';

const BASE = 'mailboxes:\n  - queue: Support\n    incoming: none\n    outgoing: none\n';
const RULES = 'rules: [{ name: pilot, match: { in: list.txt }, outgoing: none }]\n';

async function digestOf(files: Readonly<Record<string, string>>, overlay = ''): Promise<string> {
  const root = `version: 1\nenvironments: { test: { url: emulator${overlay} } }\ninclude: [config/*.yaml]\n`;
  const { config, diagnostics } = await loadProject(
    PROJECT,
    memoryFiles({ 'mailboxctl.yaml': root, 'list.txt': 'b@contoso.com\na@contoso.com\n', ...files }),
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return configDigest(config('test'));
}

const CHANGE = 'mailboxes: [{ queue: Support, outgoing: server-side-sync }]\n';
const changed = BASE.replace('outgoing: none', 'outgoing: server-side-sync');

it('an overlay counts by its effect', async () => {
  const merged = await digestOf({ 'config/a.yaml': BASE, 'over/t.yaml': CHANGE }, ', overlay: over/t.yaml');
  expect(merged).toBe(await digestOf({ 'config/a.yaml': changed }));
  expect(merged).not.toBe(await digestOf({ 'config/a.yaml': BASE }));
});

it('two overlays are as good as one', async () => {
  const files = { 'config/a.yaml': BASE, 'over/1.yaml': CHANGE, 'over/2.yaml': 'version: 1\n' };
  expect(await digestOf(files, ', overlay: [over/1.yaml, over/2.yaml]')).toBe(
    await digestOf({ 'config/a.yaml': BASE, 'other.yaml': `\n\n${CHANGE}` }, ', overlay: other.yaml'),
  );
});

it('a list file counts by its entries, in whatever order', async () => {
  const digest = await digestOf({ 'config/a.yaml': RULES });
  const ordered = { 'config/a.yaml': RULES, 'list.txt': '# sorted\r\na@contoso.com\r\nb@contoso.com\r\n' };
  expect(await digestOf(ordered)).toBe(digest);
  expect(await digestOf({ ...ordered, 'list.txt': 'a@contoso.com\n' })).not.toBe(digest);
});

it('a ceiling counts', async () => {
  const files = { 'config/a.yaml': BASE };
  const [none, all] = [', mail: { allow: [], others: none }', ', mail: { allow: [] }'];
  expect(await digestOf(files, none)).not.toBe(await digestOf(files, all));
  expect(await digestOf(files, all)).not.toBe(await digestOf(files));
});
