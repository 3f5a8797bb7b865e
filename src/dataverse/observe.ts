/** Decodes the settings and the server profiles to resources. Reads nothing itself. */

import { type Catalogue, decodeFields } from '../catalogue/catalogue.ts';
import type { RawRecord, RawRow, Table } from '../catalogue/field.ts';
import { addressKey, profileAddress, SETTINGS_ADDRESS } from '../model/address.ts';
import type { Observed, RecordRef } from '../model/snapshot.ts';
import { compareText } from '../model/value.ts';
import { textIn } from './caller.ts';
import type { ProfileIndex } from './profile-index.ts';
import { KEY_COLUMNS } from './tables.ts';

interface Context {
  readonly catalogue: Catalogue;
  readonly index: ProfileIndex;
  /** Display name of a user that was read. */
  readonly nameUser: (id: string) => string | null;
}

export function observeSettings({ catalogue, index, nameUser }: Context, row: RawRow): Observed {
  return {
    address: SETTINGS_ADDRESS,
    kind: 'settings',
    fields: decodeFields(catalogue, 'settings', alone(row), index.nameRecord),
    records: [recordRef('organization', row)],
    mailbox: null,
    modified: modifiedOf(row, nameUser),
    alerts: [],
  };
}

/** Sorted by address. */
export function observeProfiles({ catalogue, index, nameUser }: Context): readonly Observed[] {
  const resources = byId(index.rows).map(
    ([id, row]): Observed => ({
      address: index.nameRecord('emailserverprofile', id) ?? profileAddress(id),
      kind: 'profile',
      fields: decodeFields(catalogue, 'profile', alone(row), index.nameRecord),
      records: [recordRef('emailserverprofile', row)],
      mailbox: null,
      modified: modifiedOf(row, nameUser),
      alerts: [],
    }),
  );
  return resources.sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

function keyOf({ address, records }: Observed): string {
  return `${addressKey(address)}\n${records[0]?.id ?? ''}`;
}

function modifiedOf(row: RawRow, nameUser: Context['nameUser']): Observed['modified'] {
  const by = textIn(row, '_modifiedby_value');
  return { on: textIn(row, 'modifiedon'), by: by === null ? null : nameUser(by) };
}

/** Rows by id in lower case; one that changed while pages were read can come twice. */
function byId(rows: readonly RawRow[]): readonly (readonly [string, RawRow])[] {
  const known = new Map<string, RawRow>();
  for (const row of rows) {
    const id = textIn(row, KEY_COLUMNS.emailserverprofile);
    if (id !== null) known.set(id.toLowerCase(), row);
  }
  return [...known];
}

function recordRef(table: Table, row: RawRow): RecordRef {
  return { role: 'self', table, id: textIn(row, KEY_COLUMNS[table]) ?? '' };
}

function alone(self: RawRow): RawRecord {
  return { self, owner: null, ownerTable: null };
}
