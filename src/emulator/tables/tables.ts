/** The tables of the embedded Dataverse: names, kinds of ownership, columns, navigation. Knows no rows. */

import type { Collection, Table } from '../odata/table.ts';
import { emailserverprofileFacts } from './emailserverprofile.ts';
import { mailboxFacts } from './mailbox.ts';
import { mailboxtrackingfolderFacts } from './mailboxtrackingfolder.ts';
import { sdkmessageFacts, sdkmessagefilterFacts } from './messages.ts';
import { organizationFacts } from './organization.ts';
import { type ColumnFacts, parseFacts } from './parse-facts.ts';
import { queueFacts } from './queue.ts';
import { relationships } from './relationships.ts';
import {
  businessunitFacts,
  privilegeFacts,
  roleFacts,
  systemuserrolesFacts,
  teamFacts,
  teammembershipFacts,
  teamrolesFacts,
} from './security-tables.ts';
import { systemuserFacts } from './systemuser.ts';
import { tracelogFacts } from './tracelog.ts';

export type Operation = 'create' | 'update' | 'delete';

export interface TableFacts extends Table {
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  readonly schemaName: string;
  readonly objectTypeCode: number;
  readonly ownership: 'user' | 'business' | 'organization' | 'none';
  /** The middle of the names of its privileges, as in prvReadMailbox. */
  readonly privilege: string;
  readonly operations: ReadonlySet<Operation>;
  readonly changeTracking: boolean;
}

type Shape = Omit<TableFacts, 'columns' | 'operations'> & { readonly operations: readonly Operation[] };

const everything: readonly Operation[] = ['create', 'update', 'delete'];

const shapes: readonly (readonly [Shape, string])[] = [
  // ChangeTrackingEnabled of a recorded entity definition; no such record of the others.
  [
    { ...shape('mailbox', 'mailboxes', 'Mailbox', 9606, 'user', everything), changeTracking: true },
    mailboxFacts,
  ],
  [
    shape('emailserverprofile', 'emailserverprofiles', 'EmailServerProfile', 9605, 'user', everything),
    emailserverprofileFacts,
  ],
  [
    shape('organization', 'organizations', 'Organization', 1019, 'organization', ['update']),
    organizationFacts,
  ],
  [shape('queue', 'queues', 'Queue', 2020, 'user', everything), queueFacts],
  [
    {
      ...shape('systemuser', 'systemusers', 'SystemUser', 8, 'business', everything),
      primaryName: 'fullname',
      inheritedKey: 'ownerid',
      privilege: 'User',
      collections: new Map([
        ['systemuserroles_association', { target: 'role' }],
        ['teammembership_association', { target: 'team' }],
      ]),
    },
    systemuserFacts,
  ],
  [
    {
      ...shape('tracelog', 'tracelogs', 'TraceLog', 8050, 'organization', ['create', 'delete']),
      primaryName: 'text',
    },
    tracelogFacts,
  ],
  [
    {
      ...shape('team', 'teams', 'Team', 9, 'business', everything),
      inheritedKey: 'ownerid',
      collections: new Map([
        ['teammembership_association', { target: 'systemuser' }],
        ['teamroles_association', { target: 'role' }],
      ]),
    },
    teamFacts,
  ],
  [
    {
      ...shape('businessunit', 'businessunits', 'BusinessUnit', 10, 'business', ['create', 'update']),
      hierarchy: 'parentbusinessunitid',
    },
    businessunitFacts,
  ],
  [
    {
      ...shape('role', 'roles', 'Role', 1036, 'business', ['create', 'delete']),
      collections: new Map([
        ['systemuserroles_association', { target: 'systemuser' }],
        ['teamroles_association', { target: 'team' }],
      ]),
    },
    roleFacts,
  ],
  [shape('privilege', 'privileges', 'Privilege', 1023, 'none', []), privilegeFacts],
  [shape('sdkmessage', 'sdkmessages', 'SdkMessage', 4606, 'none', []), sdkmessageFacts],
  [
    {
      ...shape('sdkmessagefilter', 'sdkmessagefilters', 'SdkMessageFilter', 4607, 'none', []),
      primaryName: 'primaryobjecttypecode',
    },
    sdkmessagefilterFacts,
  ],
  [
    {
      ...shape(
        'mailboxtrackingfolder',
        'mailboxtrackingfolders',
        'MailboxTrackingFolder',
        9608,
        'user',
        everything,
      ),
      primaryName: 'mailboxtrackingfolderid',
    },
    mailboxtrackingfolderFacts,
  ],
  [linkTable('teammembership', 'teammemberships', 'TeamMembership', 23), teammembershipFacts],
  [linkTable('systemuserroles', 'systemuserrolescollection', 'SystemUserRoles', 14), systemuserrolesFacts],
  [linkTable('teamroles', 'teamrolescollection', 'TeamRoles', 40), teamrolesFacts],
];

/** One row for each link of a many-to-many relationship: readable, changed through the relationship only. */
function linkTable(name: string, entitySet: string, schemaName: string, objectTypeCode: number): Shape {
  const primaryId = `${name.replace(/s$/, '')}id`;
  const facts = shape(name, entitySet, schemaName, objectTypeCode, 'none', []);
  return { ...facts, primaryId, primaryName: primaryId };
}

function shape(
  name: string,
  entitySet: string,
  schemaName: string,
  objectTypeCode: number,
  ownership: Shape['ownership'],
  operations: readonly Operation[],
): Shape {
  const primaryId = `${name}id`;
  return {
    name,
    entitySet,
    schemaName,
    objectTypeCode,
    ownership,
    operations,
    primaryId,
    primaryName: 'name',
    privilege: schemaName,
    changeTracking: false,
  };
}

export type Tables = ReadonlyMap<string, TableFacts>;
type Edition = 'newest' | '2024';

/** Columns that environments of before 2025 lack (compare the published reference with rows recorded in 2024). */
export const newerColumns: ReadonlySet<string> = new Set([
  'emailaddressapprovedby',
  'emailaddressapprovedon',
  'testandenablelastattemptedby',
  'testandenablelastattemptedon',
  'acsenabledforoutgoingemail',
  'acsmailfromcreated',
  'acsoutgoingemailstatus',
  'lastactiveon',
  'lastincomingemailsrequestedfromemailserveron',
]);

const editions = new Map<Edition, Tables>();

/** Made once: tables never change, however many worlds are opened. */
export function createTables(edition: Edition): Tables {
  const known = editions.get(edition) ?? buildTables(edition);
  editions.set(edition, known);
  return known;
}

function buildTables(edition: Edition): Tables {
  const tables = shapes.map(([facts, text]) => buildTable(facts, text, edition));
  return new Map(tables.map((table) => [table.name, table]));
}

function buildTable(facts: Shape, text: string, edition: Edition): TableFacts {
  const all = parseFacts(text);
  const kept = [...all].filter(([name]) => edition === 'newest' || !newerColumns.has(name));
  return {
    ...facts,
    columns: new Map(kept),
    operations: new Set(facts.operations),
    collections: new Map([...(facts.collections ?? []), ...oneToMany(facts.name, edition)]),
  };
}

function oneToMany(name: string, edition: Edition): readonly (readonly [string, Collection])[] {
  return relationships
    .filter(({ target, column }) => target === name && (edition === 'newest' || !newerColumns.has(column)))
    .map(({ schemaName, table, column }) => [schemaName, { target: table, oneToMany: true, by: column }]);
}

export function findBySet(tables: Tables, entitySet: string): TableFacts | undefined {
  for (const table of tables.values()) if (table.entitySet === entitySet) return table;
  return undefined;
}
