/** Facts about tables, columns, profiles, queues and roles that reading settles. */

import type { Client, Json } from '../../../src/emulator/test-client.ts';
import { NotTried, rowsOf, type Subject, someRow } from '../subject.ts';
import { type Probe, saw } from './probe.ts';

const TABLES = ['mailbox', 'systemuser', 'queue', 'emailserverprofile', 'organization'];
const NEWEST_COLUMNS = ['emailaddressapprovedon', 'testandenablelastattemptedon'];
/** The root row of the role, as recorded in unrelated environments. */
const APPROVER_ROLE = 'd19d7df9-96e3-440a-ada1-7f469d2a00d1';
const GMAIL_CREDENTIALS = 5;

async function takesVersions({ client }: Subject): ReturnType<Probe['observe']> {
  const answers = await Promise.all(
    TABLES.map((table) =>
      client.get(`EntityDefinitions(LogicalName='${table}')?$select=IsOptimisticConcurrencyEnabled`),
    ),
  );
  const without = TABLES.filter(
    (_table, index) => answers[index]?.body.IsOptimisticConcurrencyEnabled !== true,
  );
  return saw(without.length === 0 ? 'all tables' : `not ${without.join(' and ')}`, TABLES.join(' '));
}

function serverTypeWhere(filter: string, what: string): Probe['observe'] {
  return async ({ client }) => {
    const path = `emailserverprofiles?$select=servertype,incomingcredentialretrieval&$filter=${filter}&$top=1`;
    const row = await someRow(client, path, what);
    const facts = [`servertype ${row.servertype}`, `credentials ${row.incomingcredentialretrieval}`] as const;
    return saw(facts.join(', '), ...facts);
  };
}

/** Asks for what is listed and for what is not. */
async function missesColumns({ client }: Subject): ReturnType<Probe['observe']> {
  const filter = NEWEST_COLUMNS.map((name) => `LogicalName eq '${name}'`).join(' or ');
  const path = `EntityDefinitions(LogicalName='mailbox')/Attributes?$select=LogicalName&$filter=${filter}`;
  const listed = (await rowsOf(client, path)).map((row) => String(row.LogicalName));
  const absent = NEWEST_COLUMNS.filter((column) => !listed.includes(column));
  const ask = async (column: string): Promise<number> =>
    (await client.get(`mailboxes?$select=${column}&$top=1`)).status;
  const found = await Promise.all(listed.map(ask));
  const missing = await Promise.all([...absent, 'mailboxctl_nosuch'].map(ask));
  const there = absent.length === 0 ? 'all columns are here' : 'newer columns are missing';
  const readable = found.every((status) => status === 200);
  const fails = missing.every((status) => status === 400);
  const rule = readable && fails ? 'one that is not listed fails the read' : 'the list says nothing';
  return saw(
    `${there}; ${rule}`,
    `listed ${listed.join(' ')}: ${found}`,
    `absent ${absent.join(' ')}: ${missing}`,
  );
}

async function hasPersonalQueues({ client }: Subject): ReturnType<Probe['observe']> {
  const filter = "startswith(name,'<') and endswith(name,'>')";
  const rows = await rowsOf(client, `queues?$select=queueviewtype&$filter=${filter}`);
  if (rows.length === 0) throw new NotTried('no queue has a name in angle brackets');
  const open = rows.filter((row) => row.queueviewtype !== 1);
  const named = await Promise.all(
    ['systemusers', 'teams'].map((set) =>
      rowsOf(client, `${set}?$select=_queueid_value&$filter=_queueid_value ne null`),
    ),
  );
  const ids = new Set(named.flat().map((row) => row._queueid_value));
  const orphans = rows.filter((row) => !ids.has(row.queueid));
  return saw(
    open.length === 0 ? 'all private' : 'some are public',
    `${rows.length} in brackets`,
    `${open.length} of them public`,
    `${orphans.length} not named by a user or team`,
  );
}

async function knowsApproverRole({ client }: Subject): ReturnType<Probe['observe']> {
  const named = await client.get(`roles(${APPROVER_ROLE})?$select=name`);
  if (named.status === 200) return saw('the known id', named.body.name);
  const path = "roles?$select=roleid&$filter=name eq 'Delegated Mailbox Approver'&$top=1";
  const row = await someRow(client, path, 'the role Delegated Mailbox Approver');
  return saw('another id', row.roleid);
}

const LINKS = ['teammemberships', 'systemuserrolescollection', 'teamrolescollection'];

async function readsLinks({ client }: Subject): ReturnType<Probe['observe']> {
  const answers = await Promise.all(LINKS.map((set) => client.get(`${set}?$top=1`)));
  const closed = LINKS.filter((_set, index) => answers[index]?.status !== 200);
  const variant = closed.length === 0 ? 'all can be read' : `closed: ${closed.join(' ')}`;
  return saw(variant, ...LINKS.map((set, index) => `${set} ${answers[index]?.status}`));
}

const MOST_MEMBERS = 20;

async function privilegesOf(client: Client, user: unknown): Promise<readonly Json[]> {
  const path = `systemusers(${user})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`;
  return (await client.get(path)).body.RolePrivileges ?? [];
}

async function countsTeams({ client }: Subject): ReturnType<Probe['observe']> {
  const path = 'teams?$select=name&$expand=teamroles_association($select=roleid)';
  const teams = (await rowsOf(client, path)).filter(
    (team) => Array.isArray(team.teamroles_association) && team.teamroles_association.length > 0,
  );
  for (const team of teams) {
    const members = await rowsOf(
      client,
      `teams(${team.teamid})/teammembership_association?$select=systemuserid&$top=${MOST_MEMBERS}`,
    );
    for (const { systemuserid } of members) {
      const own = await rowsOf(
        client,
        `systemusers(${systemuserid})/systemuserroles_association?$select=roleid`,
      );
      if (own.length > 0) continue;
      const held = await privilegesOf(client, systemuserid);
      return saw(held.length > 0 ? 'counted' : 'not counted', `${held.length} privileges by a team alone`);
    }
  }
  throw new NotTried('nobody has roles through a team alone');
}

async function seesAll({ client, other }: Subject): ReturnType<Probe['observe']> {
  if (other === null) throw new NotTried('there is no second caller');
  const seen: Set<unknown>[] = [];
  for (const each of [client, other]) {
    if (!(await readsEverything(each))) throw new NotTried('both callers need the depth Global');
    seen.push(await mailboxIds(each));
  }
  const [first = new Set(), second = new Set()] = seen;
  const same = first.size === second.size && [...first].every((id) => second.has(id));
  return saw(same ? 'the same rows' : 'other rows', first.size, second.size);
}

async function readsEverything(client: Client): Promise<boolean> {
  const { UserId } = (await client.get('WhoAmI')).body;
  const path = "privileges?$select=privilegeid&$filter=name eq 'prvReadMailbox'";
  const { privilegeid } = await someRow(client, path, 'prvReadMailbox');
  const held = await privilegesOf(client, UserId);
  return held.some(({ PrivilegeId, Depth }) => PrivilegeId === privilegeid && Depth === 'Global');
}

async function mailboxIds(client: Client): Promise<Set<unknown>> {
  const ids = new Set<unknown>();
  for (let path: string | undefined = 'mailboxes?$select=mailboxid'; path !== undefined; ) {
    const { body }: Awaited<ReturnType<Client['get']>> = await client.get(path);
    for (const row of body.value ?? []) ids.add(row.mailboxid);
    path = body['@odata.nextLink']?.split('/api/data/v9.2/')[1];
  }
  return ids;
}

export const FACT_PROBES: readonly Probe[] = [
  { assumption: 'versions-of-all-tables', needs: [], holds: ['all tables'], observe: takesVersions },
  {
    assumption: 'exchange-online-server-type',
    needs: [],
    holds: ['servertype 0, credentials 2'],
    observe: serverTypeWhere("name eq 'Microsoft Exchange Online'", 'the profile Microsoft Exchange Online'),
  },
  {
    assumption: 'gmail-server-type',
    needs: [],
    holds: ['servertype 1, credentials 5'],
    observe: serverTypeWhere(`incomingcredentialretrieval eq ${GMAIL_CREDENTIALS}`, 'a Gmail profile'),
  },
  {
    assumption: 'optional-columns',
    needs: [],
    holds: [
      'all columns are here; one that is not listed fails the read',
      'newer columns are missing; one that is not listed fails the read',
    ],
    observe: missesColumns,
  },
  { assumption: 'personal-queues', needs: [], holds: ['all private'], observe: hasPersonalQueues },
  { assumption: 'approver-role-id', needs: [], holds: ['the known id'], observe: knowsApproverRole },
  { assumption: 'membership-sets', needs: [], holds: ['all can be read'], observe: readsLinks },
  { assumption: 'privilege-depth-of-teams', needs: [], holds: ['counted'], observe: countsTeams },
  {
    assumption: 'deep-read-is-complete',
    needs: ['a second caller'],
    holds: ['the same rows'],
    observe: seesAll,
  },
];
