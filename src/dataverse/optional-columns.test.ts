/** Columns that an environment may lack are left out of what is asked for. */

import { expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { RawRow, Table } from '../catalogue/field.ts';
import { absentOf } from './first-look.ts';
import { columnsOf, OPTIONAL, OPTIONAL_TABLES, profileNamesPath } from './tables.ts';

const listed = (...names: readonly string[]): readonly RawRow[] =>
  names.map((name) => ({ LogicalName: name }));

it.each<[string, Parameters<typeof absentOf>[0], readonly (readonly [string, Table])[]]>([
  ['nothing was asked', {}, []],
  ['all are there', { emailserverprofile: listed('AadResourceId', 'emailservertypename') }, []],
  [
    'one is not',
    { emailserverprofile: listed('emailservertypename') },
    [['aadresourceid', 'emailserverprofile']],
  ],
  [
    'the metadata cannot be read',
    { mailbox: null },
    (OPTIONAL.mailbox ?? []).map((column) => [column, 'mailbox'] as const),
  ],
])('%s', (_name, answers, expected) => expect([...absentOf(answers)]).toEqual(expected));

it.each(OPTIONAL_TABLES)('%s is read without them', (table) => {
  const absent = absentOf({ [table]: null });
  const columns = columnsOf(CATALOGUE, table, absent);
  expect(columns.filter((column) => OPTIONAL[table]?.includes(column))).toEqual([]);
  expect(columnsOf(CATALOGUE, table, new Set())).toEqual([...columns, ...absent.keys()].sort());
});

it('names of profiles are asked for without any of them', () => {
  const path = decodeURIComponent(profileNamesPath(CATALOGUE));
  expect(path).toBe(
    'emailserverprofiles?$select=emailserverprofileid,incomingcredentialretrieval,name,servertype',
  );
});
