/** A project folder, and the command line run in it in this process: what it printed, and what it took from the environment. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitCode } from '../../src/commands/exit-codes.ts';
import { runCommandLine } from '../../src/commands/program.ts';

export interface Printed {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** Names of the environment variables that were looked up. */
  readonly lookedUp: ReadonlySet<string>;
}

export interface Folder {
  readonly path: string;
  readonly run: (...args: readonly string[]) => Promise<Printed>;
  /** Text of every file below the folder, by relative path. */
  readonly texts: () => Promise<Readonly<Record<string, string>>>;
  readonly remove: () => Promise<void>;
}

/** Paths of `files` are relative to the folder. */
export async function openFolder(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'mailboxctl-folder-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text, { mode: 0o600 });
  }
  return {
    path,
    run: (...args) => runIn(path, env, args),
    texts: () => textsBelow(path),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

async function runIn(
  cwd: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Printed> {
  const lookedUp = new Set<string>();
  const watched = new Proxy<Record<string, string | undefined>>(
    { ...env },
    {
      get: (target, name) => {
        lookedUp.add(String(name));
        return target[String(name)];
      },
    },
  );
  const printed = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      printed[name] += text;
    },
    isTerminal: false,
    width: 100,
  });
  const exitCode = await runCommandLine(args, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: watched,
    cwd,
    ask: null,
    interrupted: new AbortController().signal,
  });
  return { exitCode, ...printed, lookedUp };
}

async function textsBelow(path: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const texts = files.map(
    async (file) => [file.slice(path.length + 1), await readFile(file, 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(texts));
}
