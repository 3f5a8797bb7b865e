/** Builds configurations and snapshots for unit tests: a tested and approved world, of which a test changes one thing. */

import { mailboxAddress, profileAddress, SETTINGS_ADDRESS, type Sort } from './address.ts';
import type { Config, DeclaredResource, DeclaredRule, Environment } from './config.ts';
import type { Source } from './diagnostic.ts';
import type { MailboxFacts, Observed, RecordRef, Snapshot } from './snapshot.ts';
import type { FieldValues, Value } from './value.ts';

export const AS_OF = '2026-11-21T09:00:00Z';
export const ONLINE = 'Exchange Online';

export function at(line: number, file = 'mailboxctl.yaml', rule?: string): Source {
  return { file, line, column: 5, ...(rule === undefined ? {} : { rule }) };
}

export function environment(parts: Partial<Environment> = {}): Environment {
  return {
    name: 'prod',
    url: 'https://contoso.crm4.dynamics.com',
    data: null,
    organizationId: null,
    purpose: 'production',
    auth: null,
    approvals: 'apply',
    tests: { perRun: 200, timeoutMs: 15 * 60_000, retestAfterMs: 24 * 3_600_000 },
    guards: { maxChanges: { share: 0.2, from: 10 } },
    mail: null,
    source: at(2),
    ...parts,
  };
}

export function config(parts: Partial<Config> = {}): Config {
  return {
    environment: environment(),
    checksOff: [],
    profiles: [],
    settings: null,
    rules: [],
    mailboxes: [],
    ...parts,
  };
}

type Fields = Readonly<Record<string, Value>>;

function declared(fields: Fields, source: Source): DeclaredResource['fields'] {
  return new Map(Object.entries(fields).map(([key, value]) => [key, { value, source }]));
}

type ItemParts = { readonly id?: string; readonly source?: Source };

export function mailboxItem(
  sort: Sort,
  name: string,
  fields: Fields = {},
  parts: ItemParts = {},
): DeclaredResource {
  const source = parts.source ?? at(50);
  const named = sort === 'forward' ? { name, ...fields } : fields;
  const address = mailboxAddress(sort, name);
  return {
    kind: 'mailbox',
    sort,
    name,
    address,
    id: parts.id ?? null,
    fields: declared(named, source),
    source,
  };
}

export function profileItem(name: string, fields: Fields = {}, parts: ItemParts = {}): DeclaredResource {
  const source = parts.source ?? at(20);
  const all = declared({ name, ...fields }, source);
  return {
    kind: 'profile',
    sort: null,
    name,
    address: profileAddress(name),
    id: parts.id ?? null,
    fields: all,
    source,
  };
}

export function settingsItem(fields: Fields, source: Source = at(30)): DeclaredResource {
  const address = SETTINGS_ADDRESS;
  return {
    kind: 'settings',
    sort: null,
    name: 'email',
    address,
    id: null,
    fields: declared(fields, source),
    source,
  };
}

export function rule(name: string, fields: Fields = {}, parts: Partial<DeclaredRule> = {}): DeclaredRule {
  const source = parts.source ?? at(40, 'mailboxctl.yaml', name);
  return { name, match: {}, except: [], include: [], source, ...parts, fields: declared(fields, source) };
}

interface ObservedParts {
  readonly fields?: Fields;
  readonly facts?: Partial<MailboxFacts>;
  readonly id?: string;
}

function observed(
  address: string,
  kind: Observed['kind'],
  records: readonly RecordRef[],
  fields: FieldValues,
  mailbox: MailboxFacts | null = null,
): Observed {
  return { address, kind, fields, records, mailbox, modified: { on: null, by: null }, alerts: [] };
}

export function profile(name: string = ONLINE, parts: ObservedParts = {}): Observed {
  const records: RecordRef[] = [
    { role: 'self', table: 'emailserverprofile', id: parts.id ?? `id of ${name}` },
  ];
  const fields = { name, type: 'exchange-online', state: 'active', ...parts.fields };
  return observed(profileAddress(name), 'profile', records, fields);
}

export function settings(fields: Fields = {}): Observed {
  return observed(
    SETTINGS_ADDRESS,
    'settings',
    [{ role: 'self', table: 'organization', id: 'id of the organization' }],
    { 'onlyApproved.users': true, 'onlyApproved.queues': true, ...fields },
  );
}

/** Approved, tested and enabled for mail both ways. */
const WORKING: Fields = {
  serverProfile: { ref: profileAddress(ONLINE) },
  incoming: 'server-side-sync',
  outgoing: 'server-side-sync',
  appointmentsContactsTasks: 'none',
  credentials: 'none',
  'credentials.username': null,
  'credentials.password': { is_set: false },
  approved: 'approved',
  testAndEnable: false,
  state: 'active',
  'tests.incoming': 'success',
  'tests.outgoing': 'success',
  'tests.appointmentsContactsTasks': 'not-run',
  'enabled.incoming': true,
  'enabled.outgoing': true,
  'enabled.appointmentsContactsTasks': false,
  'tests.scheduled': false,
  'tests.completedOn': '2026-11-01T08:00:00Z',
  'tests.requestedOn': '2026-11-01T07:57:00Z',
  'approval.on': '2026-11-01T07:00:00Z',
  'approval.byTenant': true,
};

function mailbox(sort: Sort, name: string, emailAddress: string | null, parts: ObservedParts): Observed {
  const id = parts.id ?? `id of ${name}`;
  const facts: MailboxFacts = {
    sort,
    name,
    displayName: name,
    signIn: sort === 'user' ? name : null,
    emailAddress,
    ownerEnabled: true,
    person: sort === 'user',
    applicationUser: false,
    personalQueue: false,
    queueOwner: null,
    active: true,
    licensed: sort === 'user' ? true : null,
    businessUnits: [],
    teams: [],
    securityRoles: [],
    ids: sort === 'forward' ? [] : [`owner ${id}`],
    ...parts.facts,
  };
  const owner: readonly RecordRef[] =
    sort === 'forward'
      ? []
      : [{ role: 'owner', table: sort === 'user' ? 'systemuser' : 'queue', id: `owner ${id}` }];
  const fields = { ...WORKING, name, emailAddress: facts.emailAddress, ...parts.fields };
  const records: RecordRef[] = [{ role: 'self', table: 'mailbox', id }, ...owner];
  return observed(mailboxAddress(sort, name), 'mailbox', records, fields, facts);
}

/** A person whose e-mail address is the sign-in name. */
export function user(name: string, parts: ObservedParts = {}): Observed {
  return mailbox('user', name, name, parts);
}

export function queue(name: string, parts: ObservedParts = {}): Observed {
  return mailbox('queue', name, `${name.toLowerCase()}@contoso.com`, parts);
}

export function forward(name: string, parts: ObservedParts = {}): Observed {
  return mailbox('forward', name, `${name.toLowerCase()}@contoso.com`, parts);
}

/** The same with the address of one that is not alone with its name. */
export function namesake(resource: Observed): Observed {
  const record = resource.records.find(({ role }) => role === 'owner') ?? resource.records[0];
  return { ...resource, address: `${resource.address} (${record?.id})` };
}

export function snapshot(resources: readonly Observed[], parts: Partial<Snapshot> = {}): Snapshot {
  return {
    asOf: AS_OF,
    organizationId: '7d000000-0000-0000-0000-000000000001',
    caller: {
      name: 'ada',
      applicationUser: false,
      roles: ['System Administrator'],
      privileges: ['prvApproveRejectEmailAddress'],
      systemAdministrator: true,
      mailboxApprover: false,
      signIn: 'ada@contoso.com',
      depths: {},
    },
    capabilities: {
      approvedOn: true,
      testRequestedOn: true,
      parallelism: null,
      absentColumns: [],
      alerts: null,
    },
    resources,
    notSeen: [],
    unseenMemberships: [],
    requests: 5,
    ...parts,
  };
}
