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
import type { DeclaredResource } from '../model/config.ts';
import type { NotSeen, Observed, Snapshot } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';

export interface ResourceIndex {
  readonly byAddress: ReadonlyMap<string, Observed>;
  /** By the address that the name alone gives: records of one name have addresses of their own. */
  readonly byName: ReadonlyMap<string, readonly Observed[]>;
  readonly byId: ReadonlyMap<string, Observed>;
  readonly byEmailAddress: ReadonlyMap<string, readonly Observed[]>;
}

export function indexResources(snapshot: Snapshot): ResourceIndex {
  const byAddress = new Map<string, Observed>();
  const byName = new Map<string, Observed[]>();
  const byId = new Map<string, Observed>();
  const byEmailAddress = new Map<string, Observed[]>();
  for (const observed of snapshot.resources) {
    byAddress.set(addressKey(observed.address), observed);
    append(byName, addressKey(namedAddress(observed)), observed);
    for (const { id } of observed.records) byId.set(foldText(id), observed);
    for (const id of observed.mailbox?.ids ?? []) byId.set(foldText(id), observed);
    const emailAddress = observed.mailbox?.emailAddress ?? null;
    if (emailAddress !== null) append(byEmailAddress, foldText(emailAddress), observed);
  }
  return { byAddress, byName, byId, byEmailAddress };
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
  const candidates = item.id === null ? named(item.address, index) : withId(item, index);
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

function named(address: Address, { byName }: ResourceIndex): readonly Observed[] {
  return byName.get(addressKey(address)) ?? [];
}

/** Records under the name that the item says it had; a change of spelling alone is no other name. */
function formerlyNamed(item: DeclaredResource, index: ResourceIndex): readonly Observed[] {
  const former = item.fields.get('renamedFrom')?.value;
  if (typeof former !== 'string' || foldText(former) === foldText(item.name)) return [];
  if (item.kind === 'profile') return named(profileAddress(former), index);
  return item.sort === 'forward' ? named(mailboxAddress('forward', former), index) : [];
}

function withId({ id, kind, sort }: DeclaredResource, { byId }: ResourceIndex): readonly Observed[] {
  const found = id === null ? undefined : byId.get(foldText(id));
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
