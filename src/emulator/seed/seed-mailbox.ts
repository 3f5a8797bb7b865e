/** The mailbox of a seeded user or queue: made like a fresh one, then as its entry says. */

import { approvalOf } from '../approval-values.ts';
import { freshApproval, ownedMailbox } from '../new-rows.ts';
import type { Row } from '../odata/table.ts';
import type { Columns } from '../organization.ts';
import { linkMailbox } from '../test-and-enable/link-mailbox.ts';
import { text } from '../world.ts';
import { readChoice, readColumns } from './read-columns.ts';
import type { Seed } from './seed-context.ts';

export interface OwnerFacts {
  readonly approval?: string | number;
  readonly tenantApproved?: boolean;
  readonly works?: boolean;
  readonly mailbox?: Columns;
}

/** Approval columns of the owner, and so of its mailbox. */
export function seedApproval(seed: Seed, row: Row, table: 'systemuser' | 'queue', entry: OwnerFacts): Row {
  if (entry.works === true) return { ...approvalOf('approved') };
  if (entry.approval === undefined) return { ...freshApproval(seed.world, row, table) };
  const column = seed.world.tables.get(table)?.columns.get('emailrouteraccessapproval');
  if (column === undefined) return {};
  const status = readChoice(table, column, entry.approval);
  return {
    emailrouteraccessapproval: status,
    isemailaddressapprovedbyo365admin: entry.tenantApproved ?? status === 1,
  };
}

export function seedOwnedMailbox(
  seed: Seed,
  owner: Row,
  table: 'systemuser' | 'queue',
  entry: OwnerFacts,
): void {
  const { world } = seed;
  const facts = world.tables.get('mailbox');
  const ownerId = owner[`${table}id`];
  if (facts === undefined || typeof ownerId !== 'string') return;
  const id = mailboxIdOf(seed, table, ownerId);
  const columns = entry.mailbox === undefined ? {} : readColumns(world, facts, entry.mailbox, seed.names);
  const row = Object.assign(
    ownedMailbox(world, owner, table, id),
    seedTimes(seed),
    disabledOwner(seed, owner),
  );
  if (row.emailrouteraccessapproval === 1) Object.assign(row, approvedBefore(seed));
  Object.assign(row, columns);
  if (entry.works === true) Object.assign(row, workingMailbox(seed, row), columns);
  seed.put('mailbox', id, row);
  // Environments of one tenant: whoever is opened first has synchronized the mailbox until now.
  if (entry.works === true && world.links.shared && world.links.get(text(row.emailaddress)) === undefined)
    linkMailbox(world, row);
}

export function mailboxIdOf(seed: Seed, table: string, ownerId: string): string {
  return seed.idFor('mailbox', `${table} ${ownerId}`);
}

function seedTimes(seed: Seed): Row {
  return {
    createdby: seed.owner(undefined),
    modifiedby: seed.owner(undefined),
    createdon: seed.daysAgo(200),
    modifiedon: seed.daysAgo(30),
  };
}

function disabledOwner(seed: Seed, owner: Row): Row {
  if (owner.isdisabled !== true || seed.world.switches.disabledUserMailbox !== 'inactive') return {};
  return { statecode: 1, statuscode: 2 };
}

function approvedBefore(seed: Seed): Row {
  if (seed.world.switches.newestColumns !== 'true') return {};
  return { emailaddressapprovedon: seed.daysAgo(21), emailaddressapprovedby: seed.owner(undefined) };
}

/** Approved and tested long ago: each direction that uses server-side synchronization passed. */
function workingMailbox(seed: Seed, row: Row): Row {
  const attempted =
    seed.world.switches.newestColumns === 'true'
      ? {
          testandenablelastattemptedon: seed.daysAgo(20),
          testandenablelastattemptedby: seed.owner(undefined),
        }
      : {};
  return {
    incomingemailstatus: row.incomingemaildeliverymethod === 2 ? 1 : 0,
    outgoingemailstatus: row.outgoingemaildeliverymethod === 2 ? 1 : 0,
    actstatus: row.actdeliverymethod === 1 ? 1 : 0,
    mailboxstatus: 1,
    enabledforincomingemail: true,
    enabledforoutgoingemail: true,
    enabledforact: true,
    testemailconfigurationretrycount: 1,
    testmailboxaccesscompletedon: seed.daysAgo(20),
    ...attempted,
  };
}
