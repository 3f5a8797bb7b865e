/**
 * The privileges of the embedded Dataverse and what its ready-made roles hold. Depths as in Microsoft Learn,
 * "Security roles and privileges": a deeper depth includes the shallower ones.
 */

import type { Depth } from '../organization.ts';
import type { Tables } from '../tables/tables.ts';

export type Privileges = ReadonlyMap<string, Depth>;

const rowRights = ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const;
export type RowRight = (typeof rowRights)[number];

export const approveEmailPrivilege = 'prvApproveRejectEmailAddress';
const miscellaneous = [
  approveEmailPrivilege,
  'prvActOnBehalfOfAnotherUser',
  'prvWriteOrgSettings',
  'prvPublishCustomization',
];

export const systemAdministrator = 'System Administrator';
export const delegatedMailboxApprover = 'Delegated Mailbox Approver';

export const depths: readonly Depth[] = ['none', 'basic', 'local', 'deep', 'global'];

export function privilegeName(right: RowRight, privilege: string): string {
  return `prv${right}${privilege}`;
}

export function allPrivileges(tables: Tables): readonly string[] {
  const rows = [...tables.values()].filter((table) => table.ownership !== 'none');
  const names = rows.flatMap((table) => rowRights.map((right) => privilegeName(right, table.privilege)));
  return [...names, ...miscellaneous];
}

/** What the ready-made roles give; any other role of an organization file lists its privileges itself. */
export function readyMadeRoles(tables: Tables): ReadonlyMap<string, Privileges> {
  const known = readyMade.get(tables) ?? makeRoles(tables);
  readyMade.set(tables, known);
  return known;
}

const readyMade = new WeakMap<Tables, ReadonlyMap<string, Privileges>>();

function makeRoles(tables: Tables): ReadonlyMap<string, Privileges> {
  const everything = new Map(allPrivileges(tables).map((name): [string, Depth] => [name, 'global']));
  const readAll = [...everything].filter(([name]) => name.startsWith('prvRead'));
  return new Map<string, Privileges>([
    [systemAdministrator, everything],
    [delegatedMailboxApprover, new Map([[approveEmailPrivilege, 'global']])],
    ['System Customizer', new Map(readAll)],
    ['Basic User', basicUser(readAll.map(([name]) => name))],
  ]);
}

function basicUser(readNames: readonly string[]): Privileges {
  const own = new Set(['prvReadMailbox', 'prvReadEmailServerProfile', 'prvReadTraceLog']);
  const reads = readNames.map((name): [string, Depth] => [name, own.has(name) ? 'basic' : 'global']);
  return new Map<string, Depth>([...reads, ['prvWriteMailbox', 'basic']]);
}

export function parsePrivilege(entry: string): readonly [string, Depth] {
  const [name = '', depth = 'global'] = entry.split(':');
  const found = depths.find((known) => known === depth.toLowerCase());
  if (found === undefined) throw new Error(`privilege "${entry}": the depth is none of ${depths.join(', ')}`);
  return [name, found];
}

export function deeper(left: Depth, right: Depth): Depth {
  return depths.indexOf(left) >= depths.indexOf(right) ? left : right;
}
