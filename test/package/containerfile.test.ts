/**
 * The container, as far as it can be known without building it (ci.yml does that): what it is made of is pinned and is
 * there, its build needs no other files, and what runs in the end is not root and has nothing to build with.
 */

import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type Instruction, parseContainerfile } from './containerfile.ts';
import { ended } from './packed.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const stages = parseContainerfile(await readFile(join(ROOT, '.build', 'Containerfile'), 'utf8'));
const ignored = (await readFile(join(ROOT, '.build', 'Containerfile.dockerignore'), 'utf8')).split('\n');
const last = stages.at(-1);
const instructions = stages.flatMap((stage) => stage.instructions);

const KNOWN = ['RUN', 'COPY', 'ENV', 'LABEL', 'USER', 'WORKDIR', 'ENTRYPOINT'];

/** What a COPY takes, without where to. */
function sourcesOf({ text }: Instruction): readonly string[] {
  return text.split(/\s+/u).slice(0, -1);
}

const fromHere = instructions
  .filter(({ name, flags }) => name === 'COPY' && flags.from === undefined)
  .flatMap(sourcesOf);

function inLast(name: string): readonly string[] {
  return (last?.instructions ?? []).filter((each) => each.name === name).map(({ text }) => text);
}

describe('the Containerfile', () => {
  it('has instructions that are known', () => {
    expect(instructions.map(({ name }) => name).filter((name) => !KNOWN.includes(name))).toEqual([]);
  });

  it('begins with images of one exact version each', () => {
    expect(stages.length).toBe(2);
    for (const { image } of stages)
      expect(image).toMatch(/^[a-z]+:\d+\.\d+\.\d+(-[a-z]+[\d.]+)?(@sha256:[0-9a-f]{64})?$/u);
  });

  it('runs on the Alpine that its Node is built for, on a Node that is new enough', () => {
    const [, node = '', alpine = ''] = /^node:([\d.]+)-alpine([\d.]+)/u.exec(stages[0]?.image ?? '') ?? [];
    expect(last?.image.startsWith(`alpine:${alpine}.`)).toBe(true);
    expect(Number(node.split('.')[0])).toBeGreaterThanOrEqual(
      Number(/\d+/u.exec(manifest.engines.node)?.[0]),
    );
  });

  it('takes from stages that there are', () => {
    const from = instructions.flatMap(({ flags }) => flags.from ?? []);
    expect(new Set(from)).toEqual(new Set([stages[0]?.alias]));
  });

  it('is given what it copies, and nothing else', () => {
    const given = ignored.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(given).toEqual([...fromHere].sort());
    expect(ignored).toContain('*');
  });

  it('ends as somebody who is not root, with the program', () => {
    expect(inLast('USER')).toEqual(['65532:65532']);
    expect(inLast('ENTRYPOINT')).toEqual(['["mailboxctl"]']);
    expect(inLast('WORKDIR')).toEqual(['/project']);
    expect(last?.instructions.at(-1)?.name).toBe('ENTRYPOINT');
  });

  it('ends with nothing to build with', () => {
    expect(inLast('RUN')).toEqual([
      'apk add --no-cache libstdc++ && ln -s /usr/local/lib/mailboxctl.mjs /usr/local/bin/mailboxctl',
    ]);
    expect(last?.image).not.toMatch(/^node/u);
  });

  it('carries no secret', () => {
    expect(instructions.filter(({ name }) => name === 'ENV').map(({ text }) => text)).toEqual([
      'NODE_ENV=production',
    ]);
  });
});

it('builds the program from nothing but what is copied', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mailboxctl-container-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const source of fromHere) await cp(join(ROOT, source), join(folder, source), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const build = instructions.find(({ text }) => text.startsWith('npm run '))?.text ?? '';
  const { code, stdout, stderr } = await ended('sh', ['-c', build], { cwd: folder });
  expect({ code, version: stdout.trim().split('\n').at(-1) }, stderr).toEqual({
    code: 0,
    version: manifest.version,
  });
  // As "sha256sum --check" takes it.
  const built = await readFile(join(folder, 'dist-single', 'mailboxctl.mjs'));
  expect(await readFile(join(folder, 'dist-single', 'mailboxctl.mjs.sha256'), 'utf8')).toBe(
    `${createHash('sha256').update(built).digest('hex')}  mailboxctl.mjs\n`,
  );
});
