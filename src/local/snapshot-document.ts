/** A snapshot as a document and back: what a plan needs of it, and nothing else. Equal snapshots give equal documents. */

import { addressKey, KINDS } from '../model/address.ts';
import type { SnapshotDocument, SnapshotMailbox, SnapshotResource } from '../model/snapshot.generated.ts';
import type { MailboxFacts, Observed, Snapshot } from '../model/snapshot.ts';
import { compareText, type FieldValues } from '../model/value.ts';
import { APPROVE_PRIVILEGE } from '../plan/hand-off.ts';

export const SNAPSHOT_FORMAT = '1.0';

/** Everything but the resources, which are many and are made one by one. */
export type SnapshotHead = Omit<SnapshotDocument, 'resources'>;

export function snapshotHead(snapshot: Snapshot, toolVersion: string): SnapshotHead {
  const { caller, capabilities, notSeen, unseenMemberships } = snapshot;
  return {
    format_version: SNAPSHOT_FORMAT,
    tool_version: toolVersion,
    as_of: snapshot.asOf,
    organization_id: snapshot.organizationId,
    caller: {
      sign_in: caller.signIn,
      application_user: caller.applicationUser,
      // An account's other rights are nobody's business.
      privileges: caller.privileges.filter((name) => name === APPROVE_PRIVILEGE),
      system_administrator: caller.systemAdministrator,
      mailbox_approver: caller.mailboxApprover,
    },
    capabilities: {
      approved_on: capabilities.approvedOn,
      test_requested_on: capabilities.testRequestedOn,
    },
    not_seen: notSeen,
    unseen_memberships: unseenMemberships,
  };
}

/** In one order, whatever the order in which the service answered. */
export function* snapshotResources({ resources }: Snapshot): Iterable<SnapshotResource> {
  const keyed = resources.map((resource) => ({ resource, key: orderKey(resource) }));
  keyed.sort((a, b) => compareText(a.key, b.key));
  for (const { resource } of keyed) yield resourceDocument(resource);
}

function orderKey({ kind, address, records }: Observed): string {
  return `${KINDS.indexOf(kind)} ${addressKey(address)}\n${records.map(({ id }) => id).join(' ')}`;
}

function resourceDocument({ address, kind, fields, records, mailbox, modified }: Observed): SnapshotResource {
  return {
    address,
    kind,
    fields: inOrder(fields),
    records: records.map(({ role, table, id }) => ({ role, table, id })),
    ...(mailbox === null ? {} : { mailbox: mailboxDocument(mailbox) }),
    // Who changed a mailbox or the settings, and when, is told by drift alone.
    ...(kind === 'profile' ? { modified: { on: modified.on, by: modified.by } } : {}),
  };
}

function inOrder(fields: FieldValues): FieldValues {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => compareText(a, b)));
}

function mailboxDocument(facts: MailboxFacts): SnapshotMailbox {
  return {
    sort: facts.sort,
    name: facts.name,
    display_name: facts.displayName,
    sign_in: facts.signIn,
    email_address: facts.emailAddress,
    owner_enabled: facts.ownerEnabled,
    person: facts.person,
    application_user: facts.applicationUser,
    personal_queue: facts.personalQueue,
    queue_owner: facts.queueOwner,
    active: facts.active,
    licensed: facts.licensed,
    business_units: facts.businessUnits,
    teams: facts.teams.toSorted(compareText),
    security_roles: facts.securityRoles.toSorted(compareText),
    ids: facts.ids,
  };
}

export function snapshotOf(document: SnapshotDocument): Snapshot {
  const { caller, capabilities } = document;
  return {
    asOf: document.as_of,
    organizationId: document.organization_id,
    caller: {
      // No plan asks for its name, its roles and how deep it reads.
      name: caller.sign_in ?? '',
      roles: [],
      depths: {},
      signIn: caller.sign_in,
      applicationUser: caller.application_user,
      privileges: caller.privileges,
      systemAdministrator: caller.system_administrator,
      mailboxApprover: caller.mailbox_approver,
    },
    capabilities: {
      approvedOn: capabilities.approved_on,
      testRequestedOn: capabilities.test_requested_on,
      parallelism: null,
      absentColumns: [],
      alerts: null,
    },
    resources: document.resources.map(observedOf),
    notSeen: document.not_seen,
    unseenMemberships: document.unseen_memberships,
    requests: 0,
  };
}

const NOT_TOLD = { on: null, by: null } as const;

function observedOf({ address, kind, fields, records, mailbox, modified }: SnapshotResource): Observed {
  return {
    address,
    kind,
    fields,
    records,
    mailbox: mailbox === undefined ? null : factsOf(mailbox),
    modified: modified ?? NOT_TOLD,
    alerts: [],
  };
}

function factsOf(mailbox: SnapshotMailbox): MailboxFacts {
  return {
    sort: mailbox.sort,
    name: mailbox.name,
    displayName: mailbox.display_name,
    signIn: mailbox.sign_in,
    emailAddress: mailbox.email_address,
    ownerEnabled: mailbox.owner_enabled,
    person: mailbox.person,
    applicationUser: mailbox.application_user,
    personalQueue: mailbox.personal_queue,
    queueOwner: mailbox.queue_owner,
    active: mailbox.active,
    licensed: mailbox.licensed,
    businessUnits: mailbox.business_units,
    teams: mailbox.teams,
    securityRoles: mailbox.security_roles,
    ids: mailbox.ids,
  };
}
