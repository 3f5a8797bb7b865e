/** A file made of pieces: whole or not at all. */

import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writePieces } from './write-pieces.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailboxctl-pieces-'));
});
afterEach(() => rm(directory, { recursive: true }));

function* broken(): Iterable<string> {
  yield 'begun';
  throw new Error('no more');
}

it('the pieces one after the other', async () => {
  const pieces = Array.from({ length: 40_000 }, (_, index) => `piece ${index}\n`);
  await writePieces(join(directory, 'a'), pieces, 0o600);
  expect(await readFile(join(directory, 'a'), 'utf8')).toBe(pieces.join(''));
  expect((await stat(join(directory, 'a'))).mode & 0o777).toBe(0o600);
});

it('an earlier file stays as it is when the pieces end in an error', async () => {
  await writeFile(join(directory, 'a'), 'earlier');
  await expect(writePieces(join(directory, 'a'), broken())).rejects.toThrow('no more');
  expect(await readFile(join(directory, 'a'), 'utf8')).toBe('earlier');
  expect(await readdir(directory)).toEqual(['a']);
});

it('what a link names is replaced, not the link', async () => {
  await writeFile(join(directory, 'a'), 'earlier');
  await symlink(join(directory, 'a'), join(directory, 'link'));
  await writePieces(join(directory, 'link'), ['later']);
  expect(await readFile(join(directory, 'a'), 'utf8')).toBe('later');
  expect((await readdir(directory)).sort()).toEqual(['a', 'link']);
});

it.each([
  ['no folder', ['no', 'a'], 'ENOENT'],
  ['a folder of the name', ['.'], 'EISDIR'],
])('%s', async (_name, path, code) => {
  await expect(writePieces(join(directory, ...path), ['x'])).rejects.toMatchObject({ code });
});
