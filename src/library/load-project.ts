/** Loads a project folder from this machine's disk. */

import * as config from '../config/load-project.ts';
import { nodeProjectFiles } from '../config/node-project-files.ts';

/**
 * Reads `mailboxctl.yaml` and what it includes, and checks everything. `start` is a folder of the project: the file is
 * looked for there, then upwards. What is wrong stands in `diagnostics`; nothing is thrown for it.
 */
export function loadProject(start: string = '.'): Promise<config.Project> {
  return config.loadProject(start, nodeProjectFiles);
}
