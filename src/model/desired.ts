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
  /** To be deleted: profiles and forward mailboxes alone. */
  readonly absent: boolean;
  /** No step changes it without consent (guard `protected`). */
  readonly isProtected: boolean;
  /** Where the environment's mail ceiling stands, if it caps this mailbox or is all that covers it. */
  readonly ceiling: { readonly source: Source; readonly covers: boolean } | null;
  /** Ids of best-practice checks that the item accepts findings of, with the reason. */
  readonly accepted: ReadonlyMap<string, string>;
  /** The single item, or the first rule that covers it; the ceiling where nothing else does. */
  readonly source: Source;
}

/** A mailbox that rules would cover if its row were active: they reach active rows alone. */
export interface Unreached {
  readonly address: Address;
  readonly actual: Observed;
  /** The first rule that would cover it. */
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
  readonly unreached: readonly Unreached[];
  readonly diagnostics: readonly Diagnostic[];
  readonly notSeen: readonly NotSeen[];
}
