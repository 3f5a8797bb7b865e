/** Opens what `--base` names: the configuration that a plan is compared with, read from the checkout of another branch. */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadProject, type Project, ROOT_FILE } from '../config/load-project.ts';
import { nodeProjectFiles } from '../config/node-project-files.ts';
import { baseInvalid } from '../library/plan-beside.ts';
import type { Config, Environment } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { sameText } from '../model/value.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { pathOf } from './files.ts';
import type { Io } from './io.ts';
import { folderInRepository } from './repository.ts';

export interface BaseProject {
  /** `null`: there is none that could be compared with. */
  readonly config: Config | null;
  /** What is to be said about it in the plan. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Errors: exit 1 where the folder is none. What is wrong in it is a warning of the plan. */
export async function openBase(
  io: Io,
  path: string,
  head: Config,
  headProject: Project,
): Promise<BaseProject> {
  await checkFolder(path, pathOf(io, path));
  const { name } = head.environment;
  const directory = await projectIn(pathOf(io, path), await folderInRepository(headProject.directory, io));
  if (directory === null) {
    const hint = `Name the folder of ${ROOT_FILE} in the checkout, unless it has none yet.`;
    return nothingDeclared(head, `There is no ${ROOT_FILE} in the base folder ${path}`, hint);
  }
  const project = await loadProject(directory, nodeProjectFiles);
  const errors = project.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const hint = 'The plan is complete, but not compared with the base configuration.';
    return { config: null, diagnostics: [baseInvalid(errors, hint)] };
  }
  if (!project.environments.some((environment) => environment.name === name))
    return nothingDeclared(head, `The base configuration does not declare the environment "${name}"`, null);
  const config = project.config(name);
  // Where the command line leads says nothing of the request: what the files declare is compared.
  const other = otherPlace(headProject.config(name).environment, config.environment);
  if (other !== null) return nothingDeclared(head, other, MOVED_HINT);
  return { config, diagnostics: [] };
}

const MOVED_HINT =
  'What the base configuration left to do was for another place. Look at every change as if the environment were new.';

/** What was due elsewhere is not due here: the request itself points the environment at another place. */
function otherPlace(head: Environment, base: Environment): string | null {
  const { name } = head;
  const [id, before] = [head.organizationId, base.organizationId];
  if (id !== null && before !== null && !sameText(id, before))
    return `This request points the environment "${name}" at another organization: ${id} instead of ${before}`;
  if (sameText(withoutSlash(head.url), withoutSlash(base.url))) return null;
  return `This request points the environment "${name}" at another address: ${head.url} instead of ${base.url}`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/u, '');
}

/**
 * Where the project stands in its own repository, or the folder itself. Not looked for upwards: above the checkout there
 * may be the very project that is compared with it.
 */
async function projectIn(checkout: string, inRepository: string): Promise<string | null> {
  for (const folder of [join(checkout, inRepository), checkout])
    if (await nodeProjectFiles.exists(join(folder, ROOT_FILE))) return folder;
  return null;
}

async function checkFolder(path: string, directory: string): Promise<void> {
  const found = await stat(directory).catch(() => null);
  if (found?.isDirectory() === true) return;
  throw new CommandError(
    EXIT.error,
    `--base ${path} is no folder`,
    'Name a checkout of the base branch, such as one that "git worktree add" made.',
  );
}

function nothingDeclared(head: Config, what: string, hint: string | null): BaseProject {
  return {
    config: {
      environment: { ...head.environment, mail: null },
      checksOff: [],
      profiles: [],
      settings: null,
      rules: [],
      mailboxes: [],
    },
    diagnostics: [
      {
        code: 'base-not-declared',
        severity: 'warning',
        address: null,
        source: null,
        message: `${what}: everything that is planned is the effect of this request`,
        hint,
      },
    ],
  };
}
