import { describe, expect, it } from 'vitest';
import { parseFacts } from './parse-facts.ts';
import { createTables, newerColumns } from './tables.ts';

describe('the column notation', () => {
  it('reads every part of a line', () => {
    const facts = parseFacts(`
name Name String RCU S len 200
servertype ServerType Picklist RC- A =0 {0 Exchange Server | 1 Other (POP3/SMTP)}
port Port Integer R-U - 0..65536
password Password String -CU - len 250
regardingobjectid RegardingObjectId Lookup R-- - -> regardingobjectid_queue:queue, regardingobjectid:systemuser
owneridtype OwnerIdType EntityName RCU S virtual
`);
    expect(
      [...facts.values()].map(({ name, readable, creatable, updatable, required }) => [
        name,
        readable,
        creatable,
        updatable,
        required,
      ]),
    ).toEqual([
      ['name', true, true, true, 'system'],
      ['servertype', true, true, false, 'application'],
      ['port', true, false, true, 'none'],
      ['password', false, true, true, 'none'],
      ['regardingobjectid', true, false, false, 'none'],
      ['owneridtype', false, false, false, 'system'],
    ]);
    expect(facts.get('name')?.maxLength).toBe(200);
    expect([...(facts.get('servertype')?.options ?? [])]).toEqual([
      [0, 'Exchange Server'],
      [1, 'Other (POP3/SMTP)'],
    ]);
    expect(facts.get('servertype')?.defaultValue).toBe(0);
    expect(facts.get('port')?.range).toEqual([0, 65536]);
    expect(facts.get('regardingobjectid')?.navigation).toEqual([
      { property: 'regardingobjectid_queue', target: 'queue' },
      { property: 'regardingobjectid', target: 'systemuser' },
    ]);
  });

  it('refuses a line that it does not understand', () => {
    expect(() => parseFacts('name Name String')).toThrow('not understood');
  });
});

describe('the tables', () => {
  const tables = createTables('newest');

  it('have the published numbers of columns', () => {
    const sizes = [...tables.values()].map(({ name, columns }) => [name, columns.size]);
    expect(sizes).toEqual([
      ['mailbox', 116],
      ['emailserverprofile', 86],
      ['organization', 71],
      ['queue', 28],
      ['systemuser', 31],
      ['tracelog', 28],
      ['team', 12],
      ['businessunit', 8],
      ['role', 9],
      ['privilege', 8],
      ['sdkmessage', 3],
      ['sdkmessagefilter', 4],
      ['mailboxtrackingfolder', 20],
      ['teammembership', 4],
      ['systemuserroles', 4],
      ['teamroles', 4],
    ]);
  });

  it.each([...tables.values()])(
    '$name: keys exist, choices have options, lookups lead somewhere',
    (table) => {
      expect([table.columns.has(table.primaryId), table.columns.has(table.primaryName)]).toEqual([
        true,
        true,
      ]);
      for (const column of table.columns.values()) {
        const isChoice = ['Picklist', 'State', 'Status'].includes(column.type);
        const isLookup = ['Lookup', 'Owner'].includes(column.type);
        expect([column.name, column.options !== undefined]).toEqual([column.name, isChoice]);
        expect([column.name, column.navigation !== undefined]).toEqual([column.name, isLookup]);
      }
    },
  );

  it('lack the newer columns in an environment of 2024', () => {
    const older = createTables('2024').get('mailbox');
    expect([...newerColumns].filter((name) => older?.columns.has(name))).toEqual([]);
  });
});
