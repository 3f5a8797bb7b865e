/** What the few actions do that are not ours, with folders of this machine. Any other is an error. */

import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface StandInWorld {
  /** The repository of this machine that stands for the one on GitHub. */
  readonly repository: string;
  readonly workspace: string;
  /** What `actions/checkout` checks out where no ref is named. */
  readonly ref: string;
  readonly runId: number;
  /** Folders of all kept files: `run/name`. */
  readonly artifacts: string;
  readonly caches: string;
  readonly onArtifact: (name: string) => void;
}

type With = Readonly<Record<string, string>>;
type StandIn = (world: StandInWorld, given: With) => Promise<void>;

interface Facts {
  readonly inputs: readonly string[];
  readonly run: StandIn;
}

const STAND_INS: Readonly<Record<string, Facts>> = {
  'actions/checkout': { inputs: ['ref', 'path', 'fetch-depth', 'persist-credentials'], run: checkout },
  'actions/upload-artifact': { inputs: ['name', 'path', 'overwrite'], run: upload },
  'actions/download-artifact': {
    inputs: ['name', 'pattern', 'path', 'run-id', 'github-token'],
    run: download,
  },
  'actions/cache/restore': { inputs: ['path', 'key', 'restore-keys'], run: restore },
  'actions/cache/save': { inputs: ['path', 'key'], run: save },
};

export async function standIn(action: string, world: StandInWorld, given: With): Promise<void> {
  const facts = STAND_INS[action.replace(/@.*$/u, '')];
  if (facts === undefined) throw new Error(`No stand-in for the action ${action}`);
  const unknown = Object.keys(given).filter((name) => !facts.inputs.includes(name));
  if (unknown.length > 0) throw new Error(`${action} is not known to take ${unknown.join(', ')}`);
  await facts.run(world, given);
}

async function checkout({ repository, workspace, ref }: StandInWorld, given: With): Promise<void> {
  const to = join(workspace, given.path ?? '.');
  const temporary = `${workspace}.clone`;
  execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', repository, temporary]);
  execFileSync('git', ['-C', temporary, 'fetch', '--quiet', 'origin', given.ref || ref]);
  execFileSync('git', ['-C', temporary, 'checkout', '--quiet', 'FETCH_HEAD']);
  await mkdir(to, { recursive: true });
  for (const name of await readdir(temporary)) await rename(join(temporary, name), join(to, name));
  await rm(temporary, { recursive: true });
}

async function upload(world: StandInWorld, { name = '', path = '' }: With): Promise<void> {
  const from = join(world.workspace, path);
  const to = join(world.artifacts, String(world.runId), name);
  await rm(to, { recursive: true, force: true });
  const isFolder = (await stat(from)).isDirectory();
  await cp(from, isFolder ? to : join(to, basename(path)), { recursive: true });
  world.onArtifact(name);
}

async function download(world: StandInWorld, given: With): Promise<void> {
  const kept = join(world.artifacts, given['run-id'] ?? String(world.runId));
  const to = join(world.workspace, given.path ?? '.');
  if (given.name !== undefined) return cp(join(kept, given.name), to, { recursive: true });
  const prefix = (given.pattern ?? '').replace(/\*$/u, '');
  // Each into a folder of its name, where several are asked for.
  for (const name of await readdir(kept))
    if (name.startsWith(prefix)) await cp(join(kept, name), join(to, name), { recursive: true });
}

async function restore(world: StandInWorld, given: With): Promise<void> {
  const names = (await readdir(world.caches)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const wanted = [given.key ?? '', ...(given['restore-keys'] ?? '').split('\n')].filter((key) => key !== '');
  for (const key of wanted) {
    const found = names.findLast((name) => name.startsWith(key));
    if (found !== undefined)
      return cp(join(world.caches, found), join(world.workspace, given.path ?? ''), { recursive: true });
  }
}

async function save(world: StandInWorld, { path = '', key = '' }: With): Promise<void> {
  await cp(join(world.workspace, path), join(world.caches, key), { recursive: true });
}
