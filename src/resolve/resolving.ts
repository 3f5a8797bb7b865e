/** What resolving one environment has so far; the parts of this folder add to it, nothing else sees it. */

import type { Config } from '../model/config.ts';
import type { DesiredResource, Finding, Unreached, WithheldApproval } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { type Ceiling, compileCeiling } from './ceiling.ts';
import { ResourceIndex } from './find-resource.ts';
import type { LeftAlone } from './left-outside.ts';

export interface Resolving {
  readonly config: Config;
  readonly snapshot: Snapshot;
  readonly index: ResourceIndex;
  readonly ceiling: Ceiling | null;
  readonly resources: DesiredResource[];
  readonly findings: Finding[];
  readonly withheld: WithheldApproval[];
  readonly unreached: Unreached[];
  readonly diagnostics: Diagnostic[];
  /** Hands off, and not unmanaged: records that cannot be told apart, or that an item or rule takes out. */
  readonly setAside: Set<Observed>;
  /** Mailboxes that no rule and no item is about. */
  readonly uncovered: Observed[];
  /** Of those, the mailboxes that `managed: false` takes out. */
  readonly leftAlone: LeftAlone[];
  /** Mailboxes of which nobody knows whether a rule covers them: not unmanaged for certain. */
  readonly uncertain: Set<Observed>;
}

export function beginResolving(config: Config, snapshot: Snapshot): Resolving {
  return {
    config,
    snapshot,
    index: new ResourceIndex(snapshot),
    ceiling: compileCeiling(config.environment.mail),
    resources: [],
    findings: [],
    withheld: [],
    unreached: [],
    diagnostics: [],
    setAside: new Set(),
    uncovered: [],
    leftAlone: [],
    uncertain: new Set(),
  };
}
