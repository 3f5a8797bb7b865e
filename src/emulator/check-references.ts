/** What a schema cannot see in an organization file: columns and choices of the tables, names that refer to entries. */

import type { Columns, NamedEntry, Organization } from './organization.ts';
import { readChoice } from './seed/read-columns.ts';
import { createTables, type TableFacts } from './tables/tables.ts';

export interface ReferenceProblem {
  readonly path: readonly string[];
  readonly message: string;
}

export function checkReferences(organization: Organization): readonly ReferenceProblem[] {
  return [...checkAllColumns(organization), ...checkNames(organization), ...checkNamesakes(organization)];
}

interface Place {
  readonly table: string;
  readonly path: readonly string[];
  readonly columns: Columns | undefined;
}

function checkAllColumns(organization: Organization): readonly ReferenceProblem[] {
  const tables = createTables('newest');
  return places(organization).flatMap(({ table, path, columns }) => {
    const facts = tables.get(table);
    if (facts === undefined) return [{ path: [...path, 'table'], message: `there is no table "${table}"` }];
    return columns === undefined ? [] : checkColumns(facts, path, columns);
  });
}

function places(organization: Organization): readonly Place[] {
  const { users = [], queues = [], edits = [] } = organization;
  return [
    { table: 'organization', path: ['organization'], columns: organization.organization },
    ...named('emailserverprofile', 'profiles', organization.profiles ?? []),
    ...named('mailbox', 'forwardMailboxes', organization.forwardMailboxes ?? []),
    ...users.flatMap((entry, index) => owner('systemuser', ['users', String(index)], entry)),
    ...queues.flatMap((entry, index) => owner('queue', ['queues', String(index)], entry)),
    ...edits.map(({ table, set }, index) => ({ table, path: ['edits', String(index), 'set'], columns: set })),
  ];
}

/** Keys of an entry that are no columns. */
const entryKeys: ReadonlySet<string> = new Set(['id', 'emailAddress', 'approval', 'works']);

function named(table: string, list: string, entries: readonly NamedEntry[]): readonly Place[] {
  return entries.map((entry, index) => ({
    table,
    path: [list, String(index)],
    columns: Object.fromEntries(Object.entries(entry).filter(([key]) => !entryKeys.has(key))),
  }));
}

interface Owner {
  readonly mailbox?: Columns;
  readonly columns?: Columns;
}

function owner(table: string, path: readonly string[], { mailbox, columns }: Owner): readonly Place[] {
  return [
    { table: 'mailbox', path: [...path, 'mailbox'], columns: mailbox },
    { table, path: [...path, 'columns'], columns },
  ];
}

function checkColumns(
  table: TableFacts,
  path: readonly string[],
  columns: Columns,
): readonly ReferenceProblem[] {
  return Object.entries(columns).flatMap(([name, value]) => {
    const message = columnProblem(table, name, value);
    return message === null ? [] : [{ path: [...path, name], message }];
  });
}

function columnProblem(table: TableFacts, name: string, value: unknown): string | null {
  const column = table.columns.get(name);
  if (column === undefined) return `table ${table.name} has no column "${name}"`;
  if (value === null || column.options === undefined || column.type === 'Boolean') return null;
  try {
    readChoice(table.name, column, value);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function checkNames(organization: Organization): readonly ReferenceProblem[] {
  const { users = [], queues = [], teams = [], businessUnits = [] } = organization;
  const units = lower(businessUnits.map(({ name }) => name));
  const people = lower(users.map(({ signIn }) => signIn));
  const owners = new Set([...people, ...lower(teams.map(({ name }) => name))]);
  const queueNames = lower(queues.map(({ name }) => name));
  const check = (
    known: ReadonlySet<string>,
    what: string,
    path: readonly (string | number)[],
    name?: string,
  ) =>
    name === undefined || known.has(name.toLowerCase())
      ? []
      : [{ path: path.map(String), message: `no ${what} is named "${name}"` }];
  return [
    ...businessUnits.flatMap(({ parent }, i) =>
      check(units, 'business unit', ['businessUnits', i, 'parent'], parent),
    ),
    ...users.flatMap(({ businessUnit, queue }, i) => [
      ...check(units, 'business unit', ['users', i, 'businessUnit'], businessUnit),
      ...check(queueNames, 'queue', ['users', i, 'queue'], queue),
    ]),
    ...queues.flatMap(({ businessUnit, owner: ownerName }, i) => [
      ...check(units, 'business unit', ['queues', i, 'businessUnit'], businessUnit),
      ...check(owners, 'user or team', ['queues', i, 'owner'], ownerName),
    ]),
    ...teams.flatMap(({ businessUnit, members = [] }, i) => [
      ...check(units, 'business unit', ['teams', i, 'businessUnit'], businessUnit),
      ...members.flatMap((member, m) => check(people, 'user', ['teams', i, 'members', m], member)),
    ]),
  ];
}

/** Ids are made from names: without an id, an entry of a name that is taken would be the same row. */
function checkNamesakes(organization: Organization): readonly ReferenceProblem[] {
  const { users = [], ...rest } = organization;
  const lists = {
    users: users.map(({ signIn, id }) => ({ name: signIn, id })),
    businessUnits: rest.businessUnits ?? [],
    teams: rest.teams ?? [],
    queues: rest.queues ?? [],
    profiles: rest.profiles ?? [],
    forwardMailboxes: rest.forwardMailboxes ?? [],
  };
  return Object.entries(lists).flatMap(([list, entries]) => {
    const withoutId = new Set<string>();
    return entries.flatMap(({ name, id }, index) => {
      const key = name.toLowerCase();
      if (id !== undefined || !withoutId.has(key)) {
        if (id === undefined) withoutId.add(key);
        return [];
      }
      const message = `${list} has another entry named "${name}"; give all of them but one an id`;
      return [{ path: [list, String(index)], message }];
    });
  });
}

function lower(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
