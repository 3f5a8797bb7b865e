/**
 * Reads a snapshot instead of an environment: what a query asks for, as the service would have answered then. Knows no
 * network and no sign-in.
 */

import type { StateReader } from '../model/ports.ts';
import {
  type MailboxFacts,
  type Memberships,
  NO_MEMBERSHIPS,
  type Observed,
  type Query,
  type Snapshot,
} from '../model/snapshot.ts';

export function createSnapshotReader(snapshot: Snapshot): StateReader {
  return {
    identify: async () => ({ organizationId: snapshot.organizationId, userId: '' }),
    read: async (query) => askedOf(snapshot, query),
    reread: async () => {
      throw new Error('A snapshot shows one time: nothing of it can be read again');
    },
  };
}

/** What was not asked for is not known: a rule that does not ask may not find out either. */
function askedOf(snapshot: Snapshot, { kinds, memberships }: Query): Snapshot {
  const { capabilities, resources, notSeen, unseenMemberships } = snapshot;
  const withMailboxes = kinds.includes('mailbox');
  const asked = withMailboxes ? memberships : NO_MEMBERSHIPS;
  return {
    ...snapshot,
    capabilities: {
      ...capabilities,
      approvedOn: withMailboxes && capabilities.approvedOn,
      testRequestedOn: withMailboxes && capabilities.testRequestedOn,
    },
    resources: resources
      .filter(({ kind }) => kinds.includes(kind))
      .map((resource) => withMemberships(resource, asked)),
    notSeen: notSeen.filter(({ kind }) => kinds.includes(kind)),
    unseenMemberships: unseenMemberships.filter(({ membership }) => asked[membership]),
  };
}

const NONE: readonly string[] = [];

function withMemberships(resource: Observed, asked: Memberships): Observed {
  if (resource.mailbox === null) return resource;
  const { businessUnits, teams, securityRoles } = resource.mailbox;
  const mailbox: MailboxFacts = {
    ...resource.mailbox,
    businessUnits: asked.businessUnits ? businessUnits : NONE,
    teams: asked.teams ? teams : NONE,
    securityRoles: asked.securityRoles ? securityRoles : NONE,
  };
  return { ...resource, mailbox };
}
