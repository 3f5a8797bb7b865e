/**
 * `mailboxctl validate --watch`: validates again when a file of the project changes. Folders are watched, not files:
 * editors write a new file and rename it.
 */

import { type FSWatcher, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '../model/ports.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

/** What one validation looked at; relative files are in the folder. */
export interface Validated {
  readonly directory: string;
  readonly files: readonly string[];
}

/** Tells paths that changed, until it is closed. */
export type WatchFolders = (folders: readonly string[], changed: (path: string) => void) => () => void;

/** An editor writes in several strokes; together they are one change. */
const SETTLED_MS = 100;

export interface ValidateWatching {
  /** Which files there are. */
  readonly load: () => Promise<Validated>;
  /** Validates, and shows what is wrong. */
  readonly validate: () => Promise<Validated>;
  readonly clock: Clock;
  readonly watchFolders?: WatchFolders;
}

export async function watchProject(io: Io, watching: ValidateWatching): Promise<ExitCode> {
  const { load, validate, clock, watchFolders = nodeWatch } = watching;
  let known = await load();
  while (!io.interrupted.aborted) {
    const changes = createChanges(io.interrupted);
    // Watched before it is read: what changes in between counts, too.
    const folders = foldersOf(known);
    const stops = [watchFolders(folders, changes.add)];
    try {
      clear(io);
      known = await validate();
      stops.push(watchFolders(without(foldersOf(known), folders), changes.add));
      io.stderr.write('Validated. Waiting for a change; Ctrl-C ends.\n');
      await changeOf(known, changes, load, io.interrupted);
      await clock.sleep(SETTLED_MS, io.interrupted);
    } finally {
      for (const stop of stops) stop();
    }
  }
  return EXIT.interrupted;
}

/** On a terminal what was wrong before goes; elsewhere reports follow each other. */
function clear({ stdout, env }: Io): void {
  if (stdout.isTerminal && env.TERM !== 'dumb') stdout.write('\u001b[H\u001b[2J');
}

function foldersOf({ directory, files }: Validated): readonly string[] {
  return [...new Set([directory, ...files.map((file) => dirname(resolve(directory, file)))])];
}

function without(all: readonly string[], some: readonly string[]): readonly string[] {
  return all.filter((one) => !some.includes(one));
}

/** Resolves when a file of the project changed, or which files it has; or when the command is interrupted. */
async function changeOf(
  known: Validated,
  changes: Changes,
  load: ValidateWatching['load'],
  interrupted: AbortSignal,
): Promise<void> {
  const own = new Set(known.files.map((file) => resolve(known.directory, file)));
  while (!interrupted.aborted) {
    const changed = await changes.next();
    if (changed.some((path) => own.has(path))) return;
    if (!changed.some(mayBecomeFile)) continue;
    const { files } = await load();
    if (files.join('\n') !== known.files.join('\n')) return;
  }
}

/** An `include` may reach it, or what is in it. */
function mayBecomeFile(path: string): boolean {
  return /(?:^|[\\/])(?:[^\\/.]+|[^\\/]+\.(?:ya?ml|txt))$/u.test(path);
}

interface Changes {
  readonly add: (path: string) => void;
  /** Those since the last call, as soon as there are some; none when the command is interrupted. */
  readonly next: () => Promise<readonly string[]>;
}

function createChanges(interrupted: AbortSignal): Changes {
  const paths: string[] = [];
  let wake = (): void => {};
  interrupted.addEventListener('abort', () => wake(), { once: true });
  return {
    add: (path) => {
      paths.push(path);
      wake();
    },
    next: async () => {
      if (paths.length === 0 && !interrupted.aborted)
        await new Promise<void>((resolved) => {
          wake = resolved;
        });
      return paths.splice(0);
    },
  };
}

/** A folder that cannot be watched any more has changed. */
function nodeWatch(folders: readonly string[], changed: (path: string) => void): () => void {
  const watchers = folders.flatMap((folder): FSWatcher[] => {
    try {
      const watcher = watch(folder, (_event, name) => changed(name === null ? folder : join(folder, name)));
      return [watcher.on('error', () => changed(folder))];
    } catch {
      // It is not there: the folder above it says when it comes back.
      return [];
    }
  });
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
