/** Where this machine keeps journals and the state of embedded environments. */

import { join } from 'node:path';

/** Of one environment, or of all. */
export function localDirectory(projectDirectory: string, environment = ''): string {
  return join(projectDirectory, '.mailboxctl', environment);
}
