/** Finds declared items among what the snapshot saw: by id where one is declared, else by name. */

import {
  type Address,
  addressKey,
  type Kind,
  mailboxAddress,
  parseAddress,
  profileAddress,
  type Sort,
} from '../model/address.ts';
import { AddressIndex } from '../model/address-index.ts';
import type { DeclaredResource } from '../model/config.ts';
import { ofKind } from '../model/of-kind.ts';
import type { NotSeen, Observed, Snapshot } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';

/** What the snapshot saw, by what items may call it. Each way is indexed when somebody goes it. */
export class ResourceIndex {
  readonly all: readonly Observed[];
  readonly #byAddress: AddressIndex<Observed>;
  readonly #byName = new Map<Kind, ReadonlyMap<string, readonly Observed[]>>();
  #byId: ReadonlyMap<string, Observed> | null = null;
  #byEmailAddress: ReadonlyMap<string, Observed> | null = null;

  constructor({ resources }: Snapshot) {
    this.all = resources;
    this.#byAddress = new AddressIndex(resources);
  }

  get(address: Address): Observed | undefined {
    return this.#byAddress.get(address);
  }

  /** By the address that the name alone gives: records of one name have addresses of their own. */
  named(address: Address): readonly Observed[] {
    const kind = parseAddress(address)?.kind;
    if (kind === undefined) return [];
    const known = this.#byName.get(kind) ?? byName(ofKind(this.all, kind));
    this.#byName.set(kind, known);
    return known.get(addressKey(address)) ?? [];
  }

  /** By any of its record ids, and a mailbox by those of its owner. */
  withId(id: string): Observed | undefined {
    this.#byId ??= byId(this.all);
    return this.#byId.get(foldText(id));
  }

  /** The first mailbox with the address. */
  withEmailAddress(emailAddress: string): Observed | undefined {
    this.#byEmailAddress ??= byEmailAddress(this.all);
    return this.#byEmailAddress.get(foldText(emailAddress));
  }
}

function byName(resources: readonly Observed[]): ReadonlyMap<string, readonly Observed[]> {
  const found = new Map<string, Observed[]>();
  for (const observed of resources) append(found, addressKey(namedAddress(observed)), observed);
  return found;
}

function byId(resources: readonly Observed[]): ReadonlyMap<string, Observed> {
  const found = new Map<string, Observed>();
  for (const observed of resources) {
    for (const { id } of observed.records) found.set(foldText(id), observed);
    for (const id of observed.mailbox?.ids ?? []) found.set(foldText(id), observed);
  }
  return found;
}

function byEmailAddress(resources: readonly Observed[]): ReadonlyMap<string, Observed> {
  const found = new Map<string, Observed>();
  for (const observed of resources) {
    const emailAddress = observed.mailbox?.emailAddress ?? null;
    if (emailAddress === null) continue;
    const key = foldText(emailAddress);
    if (!found.has(key)) found.set(key, observed);
  }
  return found;
}

/** The address that the resource would have if no other had its name. */
export function namedAddress({ kind, address, fields, mailbox }: Observed): Address {
  if (mailbox !== null) return mailboxAddress(mailbox.sort, mailbox.name);
  return kind === 'profile' && typeof fields.name === 'string' ? profileAddress(fields.name) : address;
}

export type Found =
  | { readonly kind: 'found'; readonly actual: Observed }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unseen'; readonly notSeen: NotSeen }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Observed[] }
  /** The new name and the former one both have a record. */
  | { readonly kind: 'both-names'; readonly candidates: readonly Observed[] };

export function findResource(item: DeclaredResource, index: ResourceIndex, snapshot: Snapshot): Found {
  const candidates = item.id === null ? index.named(item.address) : withId(item, index);
  const former = item.id === null ? formerlyNamed(item, index) : [];
  if (candidates.length > 0 && former.length > 0) {
    return { kind: 'both-names', candidates: [...candidates, ...former] };
  }
  const found = candidates.length > 0 ? candidates : former;
  const [first] = found;
  if (found.length > 1) return { kind: 'ambiguous', candidates: found };
  if (first !== undefined) return { kind: 'found', actual: first };
  const notSeen = unseenOf(snapshot, item.kind, item.sort);
  return notSeen === undefined ? { kind: 'absent' } : { kind: 'unseen', notSeen };
}

/** Why absence may not be claimed of a kind and sort; `undefined` when the read was complete. */
export function unseenOf(snapshot: Snapshot, kind: Kind, sort: Sort | null): NotSeen | undefined {
  return snapshot.notSeen.find(
    (unseen) => unseen.kind === kind && (unseen.sort === null || unseen.sort === sort),
  );
}

/** Records under the name that the item says it had; a change of spelling alone is no other name. */
function formerlyNamed(item: DeclaredResource, index: ResourceIndex): readonly Observed[] {
  const former = item.fields.get('renamedFrom')?.value;
  if (typeof former !== 'string' || foldText(former) === foldText(item.name)) return [];
  if (item.kind === 'profile') return index.named(profileAddress(former));
  return item.sort === 'forward' ? index.named(mailboxAddress('forward', former)) : [];
}

function withId({ id, kind, sort }: DeclaredResource, index: ResourceIndex): readonly Observed[] {
  const found = id === null ? undefined : index.withId(id);
  const fits = found !== undefined && found.kind === kind && (sort === null || found.mailbox?.sort === sort);
  return fits ? [found] : [];
}

/** The name of a resource as its address says it. */
export function nameIn(address: Address): string {
  return parseAddress(address)?.name ?? address;
}

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
