/** What the configuration asks of each resource of this environment, with where every value comes from. */

import type { Address, Kind, Sort } from './address.ts';
import type { Declared } from './config.ts';
import type { Diagnostic, Source } from './diagnostic.ts';
import type { NotSeen, Observed } from './snapshot.ts';
import type { Value } from './value.ts';

export interface DesiredResource {
  readonly address: Address;
  readonly kind: Kind;
  readonly sort: Sort | null;
  /** `null`: to be created. */
  readonly actual: Observed | null;
  readonly fields: ReadonlyMap<string, Declared>;
  /** The e-mail address that the configuration vouches for; only that one is approved. */
  readonly vouchedAddress: string | null;
  /** The single item, or the first rule that covers it. */
  readonly source: Source;
}

/** A declared item that the environment does not have, or has more than once. */
export interface Finding {
  readonly kind: 'missing' | 'ambiguous';
  readonly address: Address;
  readonly source: Source;
  readonly message: string;
  readonly hint: string | null;
  /** Record ids of the candidates, opaque. */
  readonly candidates: readonly string[];
}

/** An approval that was asked for but vouches for no address, so that none is given. */
export interface WithheldApproval {
  readonly address: Address;
  readonly source: Source;
  /** How it stands now. */
  readonly approval: Value;
  readonly emailAddress: string | null;
  /** What the address would have to be; `null` where only an item can say. */
  readonly vouchedFor: string | null;
}

export interface Desired {
  readonly resources: readonly DesiredResource[];
  readonly findings: readonly Finding[];
  readonly withheldApprovals: readonly WithheldApproval[];
  readonly unmanaged: readonly Observed[];
  readonly diagnostics: readonly Diagnostic[];
  readonly notSeen: readonly NotSeen[];
}
