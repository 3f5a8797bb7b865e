/** Names of the project that can be values of options: its environments, its resources. Reads its files, and no network. */

import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { loadProject, type Project } from '../../config/load-project.ts';
import { nodeProjectFiles } from '../../config/node-project-files.ts';
import { compareText } from '../../model/value.ts';
import type { Io } from '../io.ts';
import type { Named } from '../option-values.ts';
import type { Wanted } from './complete-words.ts';

/** Which names there are does not depend on whether they are right. */
const NO_RULES = { ofEach: [], acrossAll: [] };

export async function namesOf(
  named: Named,
  { environment, directory = '.' }: Wanted['given'],
  { cwd }: Pick<Io, 'cwd'>,
): Promise<readonly string[]> {
  // No shell replaces "~" in a word that it asks us to complete.
  const start = resolve(cwd, directory.replace(/^~(?=\/|$)/u, homedir()));
  const project = await loadProject(start, nodeProjectFiles, NO_RULES);
  switch (named) {
    case 'environments':
      return project.environments.map(({ name }) => name);
    case 'environment-patterns':
      return project.environments.map(({ name }) => asPattern(name));
    case 'addresses':
      return addressesOf(project, environment);
    case 'address-patterns':
      return addressesOf(project, environment).map(asPattern);
    default:
      return named satisfies never;
  }
}

/** A star in a name is no wildcard. */
function asPattern(name: string): string {
  return name.replaceAll('*', '\\*');
}

/** Of the environment that is named, else of all of them: an overlay may add what the base does not have. */
function addressesOf(project: Project, environment: string | undefined): readonly string[] {
  const named = project.environments.filter(({ name }) => name === environment);
  const looked = named.length > 0 ? named : project.environments;
  const addresses = looked.flatMap(({ name }) => {
    const { profiles, settings, mailboxes } = project.config(name);
    return [...profiles, ...(settings === null ? [] : [settings]), ...mailboxes];
  });
  return [...new Set(addresses.map(({ address }) => address))].sort(compareText);
}
