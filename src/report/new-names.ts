/** Names that a document renames profiles to: who reads where something goes looks for the new one. */

import { type Address, addressKey, parseAddress } from '../model/address.ts';
import { isRef, type Value } from '../model/value.ts';

export type NewNames = ReadonlyMap<string, string>;

interface Renaming {
  readonly address: string;
  readonly field: string | null;
  readonly from: Value;
  readonly to: Value;
}

export function newNames(changes: readonly Renaming[]): NewNames {
  const names = changes.flatMap(({ address, field, from, to }): [string, string][] => {
    const isRenamed = field === 'name' && typeof from === 'string' && typeof to === 'string';
    return isRenamed ? [[addressKey(address as Address), to]] : [];
  });
  return new Map(names);
}

/** `Support IMAP (now Helpdesk)` for a reference to what is renamed; every other value as it is. */
export function withNewName(value: Value, names: NewNames): Value {
  if (!isRef(value)) return value;
  const name = names.get(addressKey(value.ref));
  return name === undefined ? value : `${name} (now ${parseAddress(value.ref)?.name ?? value.ref})`;
}
