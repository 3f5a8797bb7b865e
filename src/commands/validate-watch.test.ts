/** What makes a validation happen again, with watchers and a clock of the test's own. */

import { expect, it } from 'vitest';
import type { Io } from './io.ts';
import { type Validated, watchProject } from './validate-watch.ts';

const PROJECT: Validated = {
  directory: '/p',
  files: ['mailboxctl.yaml', 'config/people.yaml', 'lists/chiefs.txt'],
};

interface Watched {
  readonly exitCode: number;
  readonly validations: number;
  readonly folders: ReadonlySet<string>;
}

/** Paths change one after the other while it waits; then Ctrl-C. `appears`: a file that an include then reaches. */
async function watched(changes: readonly string[], appears: string | null = null): Promise<Watched> {
  const interruption = new AbortController();
  const output = { write: () => {}, isTerminal: false, width: 80 };
  const io: Io = {
    stdout: output,
    stderr: output,
    env: {},
    cwd: '/',
    ask: null,
    interrupted: interruption.signal,
  };
  const folders = new Set<string>();
  const watching = new Set<(path: string) => void>();
  const left = [...changes];
  let validations = 0;
  let files = PROJECT.files;
  const next = (): void => {
    const path = left.shift();
    if (path === undefined) {
      interruption.abort();
      return;
    }
    if (path === appears) files = [...files, path.slice('/p/'.length)];
    for (const tell of watching) tell(path);
    setImmediate(next);
  };
  const exitCode = await watchProject(io, {
    clock: { now: () => 0, sleep: async () => {} },
    load: async () => ({ ...PROJECT, files }),
    validate: async () => {
      validations += 1;
      if (validations === 1) setImmediate(next);
      return { ...PROJECT, files };
    },
    watchFolders: (wanted, changed) => {
      for (const folder of wanted) folders.add(folder);
      watching.add(changed);
      return () => watching.delete(changed);
    },
  });
  return { exitCode, validations, folders };
}

it('watches the folders of its files, and ends with 130', async () => {
  expect(await watched([])).toEqual({
    exitCode: 130,
    validations: 1,
    folders: new Set(['/p', '/p/config', '/p/lists']),
  });
});

it.each<[string, readonly string[], number]>([
  ['a file of the project', ['/p/config/people.yaml'], 2],
  ['a list', ['/p/lists/chiefs.txt'], 2],
  ['one after the other', ['/p/mailboxctl.yaml', '/p/lists/chiefs.txt'], 3],
  ['not another file', ['/p/README.md', '/p/.git', '/p/config/people.yaml~'], 1],
  ['not YAML that the project does not load', ['/p/config/draft.yaml'], 1],
])('%s', async (_, changes, validations) => {
  expect((await watched(changes)).validations).toBe(validations);
});

it('a file that an include reaches', async () => {
  expect((await watched(['/p/config/new.yaml'], '/p/config/new.yaml')).validations).toBe(2);
});
