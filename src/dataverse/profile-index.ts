/** The server profiles of an environment by record id and by address: what lookups are decoded and encoded with. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { NameRecord, RawRow } from '../catalogue/field.ts';
import { type Address, addressKey, profileAddress } from '../model/address.ts';
import type { Records } from '../model/ports.ts';
import { textIn } from './caller.ts';

export interface ProfileIndex {
  readonly rows: readonly RawRow[];
  /** Addresses by record id in lower case. */
  readonly addresses: ReadonlyMap<string, Address>;
  readonly nameRecord: NameRecord;
  /** `null` when no profile has this address. */
  readonly idOf: (address: Address) => string | null;
}

/**
 * The service lets two profiles have one name; their addresses carry the record id, so that it can be seen which of
 * them a mailbox refers to. `before`: records that have an address already keep it, since a plan that renames one
 * goes on calling it as it began.
 */
export function indexProfiles(
  rows: readonly RawRow[],
  before: ReadonlyMap<string, Address> = new Map(),
): ProfileIndex {
  const natural = rows.flatMap((row) => {
    const id = textIn(row, 'emailserverprofileid');
    return id === null ? [] : [{ id: id.toLowerCase(), address: profileAddress(textIn(row, 'name') ?? id) }];
  });
  const holders = new Map<string, Set<string>>();
  for (const { id, address } of natural) {
    const key = addressKey(address);
    holders.set(key, (holders.get(key) ?? new Set()).add(id));
  }
  const addresses = new Map<string, Address>(before);
  for (const { id, address } of natural) {
    const alone = holders.get(addressKey(address))?.size === 1;
    if (!addresses.has(id)) addresses.set(id, alone ? address : `${address} (${id})`);
  }
  const ids = new Map([...addresses].map(([id, address]) => [addressKey(address), id]));
  return {
    rows,
    addresses,
    nameRecord: (table, id) =>
      table === 'emailserverprofile' ? (addresses.get(id.toLowerCase()) ?? null) : null,
    idOf: (address) => ids.get(addressKey(address)) ?? null,
  };
}

/** The index that calls these records as a plan does. */
export function renamedIn(index: ProfileIndex, records: Records): ProfileIndex {
  const addresses = new Map(index.addresses);
  for (const [address, refs] of Object.entries(records)) {
    for (const { table, id } of refs) {
      if (table === 'emailserverprofile') addresses.set(id.toLowerCase(), address);
    }
  }
  const same = [...addresses].every(([id, address]) => index.addresses.get(id) === address);
  return same ? index : indexProfiles(index.rows, addresses);
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
