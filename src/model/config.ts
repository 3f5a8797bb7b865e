/**
 * The configuration of one environment after validation: YAML as declared, every value with the place it came
 * from. Overlays are merged; rules and defaults are not yet applied (that is resolving).
 */

import type { Address, Kind, Sort } from './address.ts';
import type { Source } from './diagnostic.ts';
import type { Value } from './value.ts';

export interface Declared<T extends Value = Value> {
  readonly value: T;
  readonly source: Source;
  /** It is the value of the settings for new mailboxes, which `applyDefaultEmailSettings` stands for. */
  readonly byDefault?: true;
  /** Written with a shorter key that sets other fields too: `authentication` at the top, for both directions. */
  readonly byShorthand?: true;
}

export type DeclaredFields = ReadonlyMap<string, Declared>;

/** `apply` approves, `hand-off` lists approvals for a person, `fail` counts each hand-off as a failure. */
export type ApprovalMode = 'apply' | 'hand-off' | 'fail';
export type Purpose = 'production' | 'non-production';

/** Which e-mail addresses of an environment may move mail at all; applied after everything else. */
export interface MailCeiling {
  /** Patterns of e-mail addresses; a mailbox whose address fits none, or that has none, is outside. */
  readonly allow: readonly string[];
  /** `leave` caps what the configuration covers; `none` reaches every mailbox of the environment. */
  readonly others: 'leave' | 'none';
  readonly source: Source;
}

export interface Environment {
  readonly name: string;
  /** Base URL of the environment, or `emulator` for the embedded Dataverse. */
  readonly url: string;
  /** The organization file of an embedded environment, as an absolute path. */
  readonly data: string | null;
  /** What WhoAmI must answer; `null` where it is not declared. */
  readonly organizationId: string | null;
  readonly purpose: Purpose;
  readonly auth: Readonly<Record<string, string>> | null;
  readonly approvals: ApprovalMode;
  readonly tests: {
    /** At most so many tests are requested in one run. */
    readonly perRun: number;
    /** How long a requested test is awaited, in milliseconds. */
    readonly timeoutMs: number;
    /** A mailbox that failed is not tested again within this time, in milliseconds. */
    readonly retestAfterMs: number;
  };
  readonly guards: { readonly maxChanges: { readonly share: number; readonly from: number } };
  readonly mail: MailCeiling | null;
  readonly source: Source;
}

/** A single item of `serverProfiles`, `emailSettings` or `mailboxes`. */
export interface DeclaredResource {
  readonly kind: Kind;
  readonly sort: Sort | null;
  /** The natural key as written: profile name, `email`, sign-in name, queue or forward mailbox name. */
  readonly name: string;
  readonly address: Address;
  /** `id:` of the item, where a name is not enough. */
  readonly id: string | null;
  readonly fields: DeclaredFields;
  readonly source: Source;
}

/** A line of a list file: a sign-in name, an e-mail address or the name of a queue. */
export interface ListEntry {
  readonly text: string;
  readonly source: Source;
}

/**
 * Keys are joined by AND, the patterns of one key by OR. An absent key matches everything. `below` widens
 * `businessUnit` to the units below those that it names.
 */
export interface Match {
  readonly mailboxOf?: readonly ('user' | 'queue')[];
  readonly emailAddress?: readonly string[];
  readonly signIn?: readonly string[];
  readonly businessUnit?: readonly string[];
  readonly below?: boolean;
  readonly team?: readonly string[];
  readonly securityRole?: readonly string[];
  readonly licensed?: boolean;
  readonly queue?: readonly string[];
  /** Entries of the list file that `in` names. */
  readonly in?: readonly ListEntry[];
}

export interface DeclaredRule {
  readonly name: string;
  readonly match: Match;
  /** Sign-in names, e-mail addresses and queue names (patterns), and matches. */
  readonly except: readonly (string | Match)[];
  readonly include: readonly RuleInclude[];
  readonly fields: DeclaredFields;
  /** The file it stands in: rules of one file are ordered, rules of different files may not disagree. */
  readonly source: Source;
}

export type RuleInclude = 'disabled-users' | 'application-users' | 'personal-queues';

/** A best-practice check that the configuration switches off, and why. */
export interface CheckSwitchedOff {
  readonly id: string;
  readonly reason: string;
  readonly source: Source;
}

export interface Config {
  readonly environment: Environment;
  readonly checksOff: readonly CheckSwitchedOff[];
  readonly profiles: readonly DeclaredResource[];
  readonly settings: DeclaredResource | null;
  readonly rules: readonly DeclaredRule[];
  readonly mailboxes: readonly DeclaredResource[];
}
