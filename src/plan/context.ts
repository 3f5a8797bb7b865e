/** What a plan is made from besides the desired state, and the options of the verbs that plan. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Address } from '../model/address.ts';
import type { Environment } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { History } from '../model/ports.ts';
import type { RecordRef, Snapshot } from '../model/snapshot.ts';

export interface PlanOptions {
  /** Only these addresses and what they need; all when empty. */
  readonly targets: readonly ((address: Address) => boolean)[];
  /** Mailboxes that are tested although they failed recently, or succeeded; `null`: none. */
  readonly retest:
    | ((resource: { address: Address; serverProfile: Address | null; failed: boolean }) => boolean)
    | null;
  /** Resources whose secrets are written again. */
  readonly rotate: (address: Address) => boolean;
  /** Secrets whose reference is another than in the base configuration: they are written, too. */
  readonly referenceChanged: (address: Address, field: string) => boolean;
  /** Names of guards that the caller accepts. */
  readonly allow: ReadonlySet<string>;
}

export const NO_OPTIONS: PlanOptions = {
  targets: [],
  retest: null,
  rotate: () => false,
  referenceChanged: () => false,
  allow: new Set(),
};

export interface PlanContext {
  readonly catalogue: Catalogue;
  readonly environment: Environment;
  readonly snapshot: Snapshot;
  readonly desired: Desired;
  readonly history: History;
  readonly options: PlanOptions;
  readonly diagnostics: readonly Diagnostic[];
  /** The record that a resource will be created as. */
  readonly newRecord: (address: Address) => RecordRef;
  /** `sha256:` and the hexadecimal digest of the text that the pieces make. */
  readonly digest: (pieces: Iterable<string>) => string;
  readonly configDigest: string;
  readonly toolVersion: string;
  /** Local time, ISO 8601; shown only. */
  readonly timestamp: string;
}
