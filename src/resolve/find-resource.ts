/** Finds declared items among what the snapshot saw: by id where one is declared, else by name. */

import { type Address, addressKey, type Kind, parseAddress, type Sort } from '../model/address.ts';
import type { DeclaredResource } from '../model/config.ts';
import type { Finding } from '../model/desired.ts';
import type { NotSeen, Observed, Snapshot } from '../model/snapshot.ts';
import { compareText, foldText } from '../model/value.ts';

export interface ResourceIndex {
  readonly byAddress: ReadonlyMap<string, readonly Observed[]>;
  readonly byId: ReadonlyMap<string, Observed>;
  readonly byEmailAddress: ReadonlyMap<string, readonly Observed[]>;
}

export function indexResources(snapshot: Snapshot): ResourceIndex {
  const byAddress = new Map<string, Observed[]>();
  const byId = new Map<string, Observed>();
  const byEmailAddress = new Map<string, Observed[]>();
  for (const observed of snapshot.resources) {
    append(byAddress, addressKey(observed.address), observed);
    for (const { id } of observed.records) byId.set(foldText(id), observed);
    for (const id of observed.mailbox?.ids ?? []) byId.set(foldText(id), observed);
    const emailAddress = observed.mailbox?.emailAddress ?? null;
    if (emailAddress !== null) append(byEmailAddress, foldText(emailAddress), observed);
  }
  return { byAddress, byId, byEmailAddress };
}

export type Found =
  | { readonly kind: 'found'; readonly actual: Observed }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unseen'; readonly notSeen: NotSeen }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Observed[] };

export function findResource(item: DeclaredResource, index: ResourceIndex, snapshot: Snapshot): Found {
  const candidates =
    item.id === null ? (index.byAddress.get(addressKey(item.address)) ?? []) : withId(item, index);
  const [first] = candidates;
  if (candidates.length > 1) return { kind: 'ambiguous', candidates };
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

function withId({ id, kind, sort }: DeclaredResource, { byId }: ResourceIndex): readonly Observed[] {
  const found = id === null ? undefined : byId.get(foldText(id));
  const fits = found !== undefined && found.kind === kind && (sort === null || found.mailbox?.sort === sort);
  return fits ? [found] : [];
}

/** What ambiguity is about: an item, or the first rule that covers the records. */
export type Named = Pick<DeclaredResource, 'address' | 'name' | 'source'>;

export function ambiguousFinding(item: Named, candidates: readonly Observed[]): Finding {
  const ids = candidates.map(({ records }) => records.find(({ role }) => role === 'owner') ?? records[0]);
  const candidateIds = ids.flatMap((record) => (record === undefined ? [] : [record.id])).sort(compareText);
  return {
    kind: 'ambiguous',
    address: item.address,
    source: item.source,
    message: `${candidates.length} records are named "${item.name}": ${candidateIds.join(', ')}`,
    hint: 'Write the id of the one that is meant: "id: …" in the item.',
    candidates: candidateIds,
  };
}

export function missingFinding(item: DeclaredResource, index: ResourceIndex): Finding {
  const what =
    item.sort === 'user' ? 'user with this sign-in name' : `${item.sort ?? item.kind} of this name`;
  const renamed = sameEmailAddress(item, index);
  const close = closeNames(item, index);
  const hints = [
    renamed === null ? null : `Renamed? ${renamed.address} has its e-mail address.`,
    close.length === 0 ? null : `Close: ${close.join(', ')}.`,
  ].filter((hint) => hint !== null);
  return {
    kind: 'missing',
    address: item.address,
    source: item.source,
    message: `There is no ${what}${item.id === null ? '' : ` and id ${item.id}`} in the environment`,
    hint: hints.length > 0 ? hints.join(' ') : 'Correct the name, or remove the item if it is gone.',
    candidates: [],
  };
}

/** The environment may hold the same mailbox under another name: its address tells. */
function sameEmailAddress(item: DeclaredResource, { byEmailAddress }: ResourceIndex): Observed | null {
  const declared = item.fields.get('emailAddress')?.value ?? (item.sort === 'user' ? item.name : null);
  if (typeof declared !== 'string') return null;
  return byEmailAddress.get(foldText(declared))?.[0] ?? null;
}

function closeNames(item: DeclaredResource, { byAddress }: ResourceIndex): readonly Address[] {
  const wanted = [...foldText(item.name)];
  const limit = Math.max(1, Math.floor(wanted.length / 5));
  const close: { readonly address: Address; readonly distance: number }[] = [];
  for (const [observed] of byAddress.values()) {
    const parsed = observed === undefined ? null : parseAddress(observed.address);
    if (observed === undefined || parsed?.kind !== item.kind || parsed.sort !== item.sort) continue;
    const distance = editDistance(wanted, [...foldText(parsed.name)], limit);
    if (distance <= limit) close.push({ address: observed.address, distance });
  }
  close.sort((a, b) => a.distance - b.distance || compareText(a.address, b.address));
  return close.slice(0, 3).map(({ address }) => address);
}

/** Levenshtein distance in characters, or anything above `limit` when it is larger. */
function editDistance(a: readonly string[], b: readonly string[], limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of a.entries()) {
    const current = [row + 1];
    for (const [column, other] of b.entries()) {
      const replaced = (previous[column] ?? 0) + (other === letter ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
