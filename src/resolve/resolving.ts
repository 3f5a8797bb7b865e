/** What resolving one environment has so far; the parts of this folder add to it, nothing else sees it. */

import type { Config } from '../model/config.ts';
import type { DesiredResource, Finding, WithheldApproval } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { indexResources, type ResourceIndex } from './find-resource.ts';

/** Neither to be deleted, nor protected, nor capped. */
export const PLAIN = { absent: false, isProtected: false, ceiling: null, accepted: new Map() } as const;

export interface Resolving {
  readonly config: Config;
  readonly snapshot: Snapshot;
  readonly index: ResourceIndex;
  readonly resources: DesiredResource[];
  readonly findings: Finding[];
  readonly withheld: WithheldApproval[];
  readonly diagnostics: Diagnostic[];
  /** Records that are covered but cannot be told apart by address: neither managed nor unmanaged. */
  readonly setAside: Set<Observed>;
}

export function beginResolving(config: Config, snapshot: Snapshot): Resolving {
  const index = indexResources(snapshot);
  return {
    config,
    snapshot,
    index,
    resources: [],
    findings: [],
    withheld: [],
    diagnostics: [],
    setAside: new Set(),
  };
}
