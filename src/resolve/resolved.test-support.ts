/** What a configuration asks of a world, each told by what is special about it. */

import type { Config } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { config, snapshot } from '../model/world.test-support.ts';
import { resolve } from './resolve.ts';

export function resolved(
  parts: Partial<Config>,
  resources: readonly Observed[],
  seen: Partial<Snapshot> = {},
): Desired {
  return resolve(config(parts), snapshot(resources, seen));
}
