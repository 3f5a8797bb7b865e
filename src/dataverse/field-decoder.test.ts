/** Decoding many records must not remember more of one than the next one shares with it. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, decodeFields, selectedColumns } from '../catalogue/catalogue.ts';
import type { NameRecord, RawRow, Table } from '../catalogue/field.ts';
import { fieldDecoder, ownedColumns, ownedFieldDecoder } from './field-decoder.ts';

const name: NameRecord = (_table, id) => (id === 'p1' ? 'profile:One' : null);

const CELLS = [null, 0, 1, 2, 3, 99, true, false, '', 'p1', 'p2', 'a@x.org', '1900-01-01T00:00:00Z'];

function rows(table: Table): fc.Arbitrary<RawRow> {
  const columns = selectedColumns(CATALOGUE, table, new Set());
  return fc.record(Object.fromEntries(columns.map((column) => [column, fc.constantFrom(...CELLS)])));
}

const some = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<readonly Item[]> =>
  fc
    .tuple(
      fc.array(item, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
    )
    .map(
      // The same rows in turns: what is alike is not decoded again.
      ([items, order]) => order.map((at) => items[at % items.length] as Item),
    );

describe('fields of many records', () => {
  it.each(['mailbox', 'profile', 'settings'] as const)('of kind %s are those of each alone', (kind) => {
    const table = ({ mailbox: 'mailbox', profile: 'emailserverprofile', settings: 'organization' } as const)[
      kind
    ];
    fc.assert(
      fc.property(some(rows(table)), (selves) => {
        const decode = fieldDecoder(CATALOGUE, kind, name);
        for (const self of selves) {
          const record = { self, owner: null, ownerTable: null };
          expect(decode(record)).toEqual(decodeFields(CATALOGUE, kind, record, name));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are those of each alone where some have an owner and some have none', () => {
    fc.assert(
      fc.property(some(fc.tuple(rows('mailbox'), fc.option(rows('queue')))), (records) => {
        const decode = fieldDecoder(CATALOGUE, 'mailbox', name);
        for (const [self, owner] of records) {
          const record = { self, owner, ownerTable: owner === null ? null : ('queue' as const) };
          expect(decode(record)).toEqual(decodeFields(CATALOGUE, 'mailbox', record, name));
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(['systemuser', 'queue'] as const)('are those of a %s when it is read later', (table) => {
    const own = ownedColumns(CATALOGUE, 'mailbox');
    fc.assert(
      fc.property(some(fc.tuple(rows('mailbox'), rows(table))), (records) => {
        const decode = fieldDecoder(CATALOGUE, 'mailbox', name);
        const complete = ownedFieldDecoder(CATALOGUE, name);
        for (const [self, owner] of records) {
          const fields = decode({ self, owner: null, ownerTable: null });
          const cells = Object.fromEntries(own.map((column) => [column, self[column]]));
          const whole = decodeFields(CATALOGUE, 'mailbox', { self, owner, ownerTable: table }, name);
          expect(complete(fields, cells, owner, table)).toEqual(whole);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are one object where they are alike', () => {
    const decode = fieldDecoder(CATALOGUE, 'mailbox', name);
    const read = (emailaddress: string): unknown =>
      decode({ self: { emailaddress, statecode: 0 }, owner: null, ownerTable: null });
    expect(read('a@x.org')).toBe(read('a@x.org'));
    expect(read('a@x.org')).not.toBe(read('b@x.org'));
  });
});
