/** Which record each single item means. One address is one record, and one record has at most one item. */

import { addressKey } from '../model/address.ts';
import type { DeclaredResource } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { ambiguousFinding, findResource, missingFinding, type Named } from './find-resource.ts';
import { declaredTwice, readIncomplete } from './resolve-diagnostics.ts';
import type { Resolving } from './resolving.ts';

export interface Located {
  readonly item: DeclaredResource;
  /** `null`: to be created. */
  readonly actual: Observed | null;
}

/** The items that can be managed, by address key; what stands against the others is reported. */
export function locateAll(
  items: readonly DeclaredResource[],
  state: Resolving,
): ReadonlyMap<string, Located> {
  const located = new Map<string, Located>();
  for (const item of items) {
    const actual = locate(item, state);
    if (actual === undefined) continue;
    const key = addressKey(actual?.address ?? item.address);
    const first = located.get(key);
    if (first === undefined) located.set(key, { item, actual });
    else reportSecond({ item, actual }, first, state);
  }
  return located;
}

/** The record of an item, `null` when it is to be created, `undefined` when nothing can be said or done. */
function locate(item: DeclaredResource, state: Resolving): Observed | null | undefined {
  const found = findResource(item, state.index, state.snapshot);
  switch (found.kind) {
    case 'found':
      return found.actual;
    case 'ambiguous':
      setAside(item, found.candidates, state);
      return undefined;
    case 'unseen':
      state.diagnostics.push(readIncomplete(item.address, item.source, item.address, found.notSeen));
      return undefined;
    case 'absent':
      if (item.kind === 'profile' || item.sort === 'forward') return null;
      state.findings.push(missingFinding(item, state.index));
      return undefined;
    default:
      return found satisfies never;
  }
}

/** Two ids may tell records of one name apart, but plans name records by address: only the first is managed. */
function reportSecond({ item, actual }: Located, first: Located, state: Resolving): void {
  if (actual === null || first.actual === null) return;
  if (actual === first.actual) state.diagnostics.push(declaredTwice(item, first.item, actual));
  else setAside(item, [first.actual, actual], state);
}

export function setAside(item: Named, candidates: readonly Observed[], state: Resolving): void {
  state.findings.push(ambiguousFinding(item, candidates));
  for (const candidate of candidates) state.setAside.add(candidate);
}
