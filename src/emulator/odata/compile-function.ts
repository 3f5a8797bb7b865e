/** The query functions that ask for the caller, the time or a hierarchy, as closures over what does not depend on a row. */

import type { Caller, FilterContext, Predicate } from './compile-filter.ts';
import { compilePath } from './compile-path.ts';
import { dateFunctions } from './date-functions.ts';
import type { CallerFunction, Expression, Path } from './query.ts';
import type { Database, Row } from './table.ts';

export function compileCaller(name: CallerFunction, path: Path, context: FilterContext): Predicate {
  const { caller, database } = context;
  if (caller === undefined) throw new Error(`'${name}' was asked for without a caller`);
  const read = compilePath(path, database);
  const wanted = wantedOf(name, caller);
  const negated = name.startsWith('Not');
  const whenNull = negated && context.notEqualMatchesNull ? true : null;
  return (row) => {
    const value = read(row);
    if (value === null) return whenNull;
    return wanted.has(typeof value === 'string' ? value.toLowerCase() : value) !== negated;
  };
}

/** The tables hold no manager of a user: the reporting hierarchy below the caller is empty. */
function wantedOf(name: CallerFunction, caller: Caller): ReadonlySet<unknown> {
  const { userId, businessUnitId, teamIds = () => [], roleUnitIds = () => [], language = 1033 } = caller;
  switch (name) {
    case 'EqualUserId':
    case 'NotEqualUserId':
    case 'EqualUserOrUserHierarchy':
      return new Set([userId.toLowerCase()]);
    case 'EqualBusinessId':
    case 'NotEqualBusinessId':
      return new Set([businessUnitId.toLowerCase()]);
    case 'EqualRoleBusinessId':
      return new Set(roleUnitIds());
    case 'EqualUserTeams':
      return new Set(teamIds());
    case 'EqualUserOrUserTeams':
    case 'EqualUserOrUserHierarchyAndTeams':
      return new Set([userId.toLowerCase(), ...teamIds()]);
    case 'EqualUserLanguage':
      return new Set([language]);
    default:
      return name satisfies never;
  }
}

export function compileDate(
  { name, path, values }: Extract<Expression, { kind: 'date' }>,
  { database, now }: FilterContext,
): Predicate {
  const found = dateFunctions.get(name);
  if (found === undefined || now === undefined) throw new Error(`'${name}' was asked for without a clock`);
  const read = compilePath(path, database);
  const [first = 0, second = 0] = values;
  const test = found.test(now, first, second);
  return (row) => {
    const value = read(row);
    return typeof value === 'string' ? test(Date.parse(value)) : null;
  };
}

export function compileHierarchy(
  expression: Extract<Expression, { kind: 'hierarchy' }>,
  { database }: FilterContext,
): Predicate {
  const { name, path, table, parent, id } = expression;
  const read = compilePath(path, database);
  const start = database.row(table, id);
  const strictlyAbove = new Set(start === undefined ? [] : ancestors(database, table, parent, start));
  const isUnder = (rowId: string): boolean => {
    const row = rowId === id ? undefined : database.row(table, rowId);
    return row !== undefined && ancestors(database, table, parent, row).includes(id);
  };
  const tests: Readonly<Record<typeof name, (rowId: string) => boolean>> = {
    Above: (rowId) => strictlyAbove.has(rowId),
    AboveOrEqual: (rowId) => rowId === id || strictlyAbove.has(rowId),
    Under: isUnder,
    UnderOrEqual: (rowId) => rowId === id || isUnder(rowId),
    NotUnder: (rowId) => !isUnder(rowId),
  };
  const test = tests[name];
  return (row) => test(String(read(row)));
}

/** From the parent to the root; a loop ends where it began. */
function ancestors(database: Database, table: string, parent: string, row: Row): readonly string[] {
  const found: string[] = [];
  for (let current: Row | undefined = row; current !== undefined; ) {
    const cell: Row[string] | undefined = current[parent];
    if (cell === null || typeof cell !== 'object' || found.includes(cell.id)) return found;
    found.push(cell.id);
    current = database.row(table, cell.id);
  }
  return found;
}
