/** The server profiles of an environment by record id and by address: what lookups are decoded and encoded with. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { NameRecord, RawRow } from '../catalogue/field.ts';
import { type Address, addressKey, profileAddress } from '../model/address.ts';
import { textIn } from './caller.ts';

export interface ProfileIndex {
  readonly rows: readonly RawRow[];
  readonly nameRecord: NameRecord;
  /** `null` when no profile, or more than one, has this address. */
  readonly idOf: (address: Address) => string | null;
}

export function indexProfiles(rows: readonly RawRow[]): ProfileIndex {
  const addresses = new Map<string, Address>();
  const ids = new Map<string, string | null>();
  for (const row of rows) {
    const id = textIn(row, 'emailserverprofileid');
    if (id === null) continue;
    const address = profileAddress(textIn(row, 'name') ?? id);
    const key = addressKey(address);
    addresses.set(id.toLowerCase(), address);
    ids.set(key, ids.has(key) ? null : id);
  }
  return {
    rows,
    nameRecord: (table, id) =>
      table === 'emailserverprofile' ? (addresses.get(id.toLowerCase()) ?? null) : null,
    idOf: (address) => ids.get(addressKey(address)) ?? null,
  };
}

/**
 * `servertype` of a profile of the same type: which number the service keeps for Exchange Online and Gmail is not
 * documented, so a new record takes after one that is there.
 */
export function knownServerType(catalogue: Catalogue, index: ProfileIndex, type: unknown): number | null {
  const codec = catalogue.row('profile', 'type')?.codec;
  for (const self of index.rows) {
    const record = { self, owner: null, ownerTable: null };
    const known = self.servertype;
    if (typeof known === 'number' && codec?.decode(record, index.nameRecord) === type) return known;
  }
  return null;
}
