/**
 * Resources by their address. Each kind is indexed when it is first asked for: of a large environment that is mostly
 * the few profiles, and not the many mailboxes.
 */

import { type Address, addressKey, type Kind, parseAddress } from './address.ts';
import { ofKind } from './of-kind.ts';

interface Addressed {
  readonly address: Address;
  readonly kind: Kind;
}

export class AddressIndex<Item extends Addressed> {
  readonly #items: readonly Item[];
  readonly #byKind = new Map<Kind, ReadonlyMap<string, Item>>();

  /** Of several items of one address the last counts. */
  constructor(items: readonly Item[]) {
    this.#items = items;
  }

  get(address: Address): Item | undefined {
    const kind = parseAddress(address)?.kind;
    if (kind === undefined) return undefined;
    const known = this.#byKind.get(kind) ?? byAddress(ofKind(this.#items, kind));
    this.#byKind.set(kind, known);
    return known.get(addressKey(address));
  }
}

function byAddress<Item extends Addressed>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [addressKey(item.address), item]));
}
