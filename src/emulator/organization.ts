/**
 * The shape of an organization file: everything the embedded Dataverse is started from. Data only.
 * schemas/organization.schema.json says the same to editors and checks a file.
 */

export type Columns = Readonly<Record<string, unknown>>;
export type Depth = 'none' | 'basic' | 'local' | 'deep' | 'global';
export type TenantRole = 'global-admin' | 'exchange-admin';

export interface CallerEntry {
  readonly token: string;
  /** Sign-in name of the person. */
  readonly user?: string;
  /** Name or application id of the application user. */
  readonly application?: string;
  readonly roles?: readonly string[];
  readonly tenantRoles?: readonly TenantRole[];
  /** Names, optionally with a depth: prvReadMailbox or prvReadMailbox:Local. */
  readonly privileges?: readonly string[];
  readonly readDepth?: Readonly<Record<string, Depth>>;
  readonly writes?: Readonly<Record<string, boolean>>;
  readonly approval?: 'works' | 'silent' | '403' | 403;
}

export interface BusinessUnitEntry {
  readonly name: string;
  readonly parent?: string;
  readonly id?: string;
}

export interface RoleEntry {
  readonly name: string;
  readonly privileges?: readonly string[];
  readonly id?: string;
}

interface MailboxOwner {
  readonly id?: string;
  readonly emailAddress?: string | null;
  readonly businessUnit?: string;
  readonly approval?: string | number;
  readonly tenantApproved?: boolean;
  /** Approved by the tenant, tested long ago with success, enabled. */
  readonly works?: boolean;
  readonly mailbox?: Columns;
  readonly columns?: Columns;
}

export interface UserEntry extends MailboxOwner {
  readonly signIn: string;
  readonly name?: string;
  readonly disabled?: boolean;
  readonly licensed?: boolean;
  readonly accessMode?: string | number;
  readonly applicationId?: string;
  readonly objectId?: string;
  readonly roles?: readonly string[];
  /** Name of the user's default queue; without it the private queue "<name>". */
  readonly queue?: string;
}

export interface QueueEntry extends MailboxOwner {
  readonly name: string;
  readonly private?: boolean;
  /** Sign-in name of a user or name of a team. */
  readonly owner?: string;
}

export interface TeamEntry {
  readonly name: string;
  readonly id?: string;
  readonly businessUnit?: string;
  readonly members?: readonly string[];
  readonly roles?: readonly string[];
}

export interface NamedEntry {
  readonly name: string;
  readonly id?: string;
  readonly [column: string]: unknown;
}

export interface MailServerEntry {
  /** E-mail address, `*` as wildcard; the first entry that fits counts. */
  readonly emailAddress: string;
  readonly incoming?: string;
  readonly outgoing?: string;
  readonly appointmentsContactsTasks?: string;
  readonly duration?: string;
  /** With credentials by user or queue: what the server accepts. */
  readonly username?: string;
  readonly password?: string;
}

export interface FaultEntry {
  readonly method?: string;
  readonly path?: string;
  readonly table?: string;
  /** Fits a request whose row or body holds this e-mail address. */
  readonly emailAddress?: string;
  /** Only the parts of batches, or only whole requests. */
  readonly part?: boolean;
  readonly nth?: number;
  /** Each so many from there on, without end unless `times` says so. */
  readonly every?: number;
  readonly times?: number;
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly retryAfter?: number;
  readonly html?: boolean;
  readonly cut?: number;
  /** The body takes this long to arrive, in small pieces. */
  readonly trickle?: string;
  readonly drop?: 'before' | 'after';
  readonly delay?: string;
  readonly hang?: boolean;
}

export interface EditEntry {
  /** Date-time or a duration from the start; without at and nth: now. */
  readonly at?: string;
  /** Before the nth request from here on. */
  readonly nth?: number;
  /** Token of the caller it is done as; without it the engine. */
  readonly as?: string;
  readonly table: string;
  readonly id?: string;
  readonly name?: string;
  readonly emailAddress?: string;
  readonly set?: Columns;
  readonly delete?: boolean;
  /** Another environment makes itself primary for this mailbox. */
  readonly taken?: boolean;
}

export interface AlertEntry {
  readonly mailbox?: string;
  readonly profile?: string;
  readonly level?: string | number;
  readonly text: string;
  readonly at?: string;
}

export interface CostEntry {
  readonly latency?: string;
  readonly operationTime?: string;
  readonly workers?: number;
  /** Share by which the time of an operation differs from the mean, at most. */
  readonly operationSpread?: number;
  /** Of the differences. */
  readonly seed?: number;
}

export interface LimitsEntry {
  readonly requests?: number;
  readonly executionTime?: string;
  readonly concurrent?: number;
  readonly window?: string;
  readonly dopHint?: number;
}

export interface Organization {
  readonly version: 1;
  readonly organizationId: string;
  readonly name?: string;
  readonly clock?: string;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly testDuration?: string;
  /** File in which environments of one tenant note who synchronizes which Exchange mailbox. */
  readonly exchange?: string;
  readonly limits?: LimitsEntry;
  readonly cost?: CostEntry;
  readonly callers?: readonly CallerEntry[];
  readonly businessUnits?: readonly BusinessUnitEntry[];
  readonly roles?: readonly RoleEntry[];
  readonly profiles?: readonly NamedEntry[];
  readonly users?: readonly UserEntry[];
  readonly queues?: readonly QueueEntry[];
  readonly teams?: readonly TeamEntry[];
  readonly forwardMailboxes?: readonly NamedEntry[];
  readonly organization?: Columns;
  readonly mailServers?: readonly MailServerEntry[];
  readonly faults?: readonly FaultEntry[];
  readonly edits?: readonly EditEntry[];
  readonly alerts?: readonly AlertEntry[];
}
