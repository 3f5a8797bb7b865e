/** Which record each single item means. One record has at most one item. */

import { addressKey } from '../model/address.ts';
import type { DeclaredResource } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { type Found, findResource } from './find-resource.ts';
import { ambiguousFinding, bothNamesFinding, leftAloneInVain, missingFinding } from './findings.ts';
import { asksForMore } from './left-outside.ts';
import { isLeftAlone } from './management.ts';
import { declaredTwice, readIncomplete } from './resolve-diagnostics.ts';
import type { Resolving } from './resolving.ts';

export interface Located {
  readonly item: DeclaredResource;
  /** `null`: to be created, or, where it is to be absent, nothing is left to do. */
  readonly actual: Observed | null;
}

/** Names that are close are looked for while so few items are missing: each takes a look at every name there is. */
const SUGGESTIONS = 50;
const LOOKS = 1_000_000;

/** The items that can be managed, by address key; what stands against the others is reported. */
export function locateAll(
  items: readonly DeclaredResource[],
  state: Resolving,
): ReadonlyMap<string, Located> {
  const located = new Map<string, Located>();
  const missing: DeclaredResource[] = [];
  const inVain: DeclaredResource[] = [];
  for (const item of items) {
    const found = findResource(item, state.index, state.snapshot);
    if (found.kind === 'found') place({ item, actual: found.actual }, located, state);
    else if (isLeftAlone(item)) {
      leaveAlone(item, found, state);
      if (found.kind === 'absent' && !isLeftAloneByOverlay(item)) inVain.push(item);
    } else if (found.kind !== 'absent') report(item, found, state);
    else if (canBeCreated(item)) place({ item, actual: null }, located, state);
    else if (!isToBeAbsent(item)) missing.push(item);
  }
  const suggestions = missing.length + inVain.length;
  const suggest = suggestions <= SUGGESTIONS && suggestions * state.snapshot.resources.length <= LOOKS;
  state.findings.push(...missing.map((item) => missingFinding(item, state.index, suggest)));
  state.diagnostics.push(...inVain.map((item) => leftAloneInVain(item, state.index, suggest)));
  return located;
}

/** An id names a record that is there: nothing is made, or taken for it, in the place of one that is not. */
function canBeCreated({ kind, sort, id }: DeclaredResource): boolean {
  return id === null && (kind === 'profile' || sort === 'forward');
}

function isToBeAbsent({ fields }: DeclaredResource): boolean {
  return fields.get('absent')?.value === true;
}

function place({ item, actual }: Located, located: Map<string, Located>, state: Resolving): void {
  const key = addressKey(actual?.address ?? item.address);
  const first = located.get(key);
  if (first === undefined) located.set(key, { item, actual });
  else if (actual !== null) state.diagnostics.push(declaredTwice(item, first.item, actual));
}

/** Nothing can be said or done about the item. */
function report(
  item: DeclaredResource,
  found: Exclude<Found, { kind: 'found' | 'absent' }>,
  state: Resolving,
): void {
  switch (found.kind) {
    case 'ambiguous':
      state.findings.push(ambiguousFinding(item, found.candidates));
      addAll(found.candidates, state);
      return;
    case 'both-names':
      state.findings.push(bothNamesFinding(item, found.candidates));
      addAll(found.candidates, state);
      return;
    case 'unseen':
      state.diagnostics.push(readIncomplete(item.address, item.source, item.address, found.notSeen));
      return;
    default:
      found satisfies never;
  }
}

/** Whichever of several records it is: hands off all of them. */
function leaveAlone(item: DeclaredResource, found: Found, state: Resolving): void {
  if (!('candidates' in found)) return;
  addAll(found.candidates, state);
  if (item.kind !== 'mailbox') return;
  const { source } = item.fields.get('managed') ?? item;
  const isAskedFor = asksForMore(item.fields);
  for (const actual of found.candidates) {
    state.leftAlone.push({ actual, source, item: item.address, isAskedFor });
  }
}

/** So an overlay says of an item of the base that its environment does without: nothing is missing then. */
function isLeftAloneByOverlay({ fields, source }: DeclaredResource): boolean {
  return fields.get('managed')?.source.file !== source.file;
}

function addAll(candidates: readonly Observed[], state: Resolving): void {
  for (const candidate of candidates) state.setAside.add(candidate);
}
