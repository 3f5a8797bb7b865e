/**
 * Profiles that are referred to have to be declared or exist once. A resource that refers to none or to several is a
 * finding and left alone; references get the environment's spelling.
 */

import { type Address, addressKey, parseAddress } from '../model/address.ts';
import type { Declared } from '../model/config.ts';
import type { DesiredResource, Finding } from '../model/desired.ts';
import type { Source } from '../model/diagnostic.ts';
import type { NotSeen, Observed } from '../model/snapshot.ts';
import { compareText, isRef } from '../model/value.ts';
import { unseenOf } from './find-resource.ts';
import { readIncomplete } from './resolve-diagnostics.ts';
import type { Resolving } from './resolving.ts';

type Reference =
  | { readonly kind: 'found'; readonly address: Address }
  | { readonly kind: 'missing' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Observed[] }
  | { readonly kind: 'unseen'; readonly notSeen: NotSeen };

/** Addresses of profiles by the keys of the names that items give them, and of those that they have. */
export type DeclaredProfiles = ReadonlyMap<string, Address>;

/** The resources that can be managed, their references resolved; what stands against the others is reported. */
export function checkReferences(state: Resolving, profiles: DeclaredProfiles): DesiredResource[] {
  const usable: DesiredResource[] = [];
  for (const resource of state.resources) {
    const fields = new Map<string, Declared>();
    for (const [field, declared] of resource.fields) {
      const checked = checkField(declared, resource.address, state, profiles);
      if (checked !== null) fields.set(field, checked);
    }
    if (fields.size === resource.fields.size) usable.push({ ...resource, fields });
  }
  return usable;
}

/** The field with the environment's spelling; `null` when it refers to nothing that can be used. */
function checkField(
  declared: Declared,
  address: Address,
  state: Resolving,
  profiles: DeclaredProfiles,
): Declared | null {
  const { value, source } = declared;
  if (!isRef(value)) return declared;
  const reference = findReference(value.ref, state, profiles);
  switch (reference.kind) {
    case 'found':
      return { value: { ref: reference.address }, source };
    case 'unseen':
      state.diagnostics.push(
        readIncomplete(address, source, `The server profile "${nameOf(value.ref)}"`, reference.notSeen),
      );
      return null;
    case 'missing':
      state.findings.push(brokenReference(address, source, value.ref, []));
      return null;
    case 'ambiguous':
      state.findings.push(brokenReference(address, source, value.ref, reference.candidates));
      return null;
    default:
      return reference satisfies never;
  }
}

/** An item with an id settles which of several profiles of one name is meant. */
function findReference(ref: Address, { index, snapshot }: Resolving, profiles: DeclaredProfiles): Reference {
  const declared = profiles.get(addressKey(ref));
  if (declared !== undefined) return { kind: 'found', address: declared };
  const candidates = index.byAddress.get(addressKey(ref)) ?? [];
  const [only] = candidates;
  if (candidates.length > 1) return { kind: 'ambiguous', candidates };
  if (only !== undefined) return { kind: 'found', address: only.address };
  const notSeen = unseenOf(snapshot, 'profile', null);
  return notSeen === undefined ? { kind: 'missing' } : { kind: 'unseen', notSeen };
}

function brokenReference(
  address: Address,
  source: Source,
  ref: Address,
  among: readonly Observed[],
): Finding {
  const candidates = among.flatMap(({ records }) => records.map(({ id }) => id)).sort(compareText);
  const name = `Refers to the server profile "${nameOf(ref)}"`;
  return {
    kind: among.length > 0 ? 'ambiguous' : 'missing',
    address,
    source,
    message:
      among.length > 0
        ? `${name}, of which there are ${candidates.length}: ${candidates.join(', ')}`
        : `${name}, which is neither declared nor in the environment`,
    hint: 'Declare the profile under serverProfiles (with "id:" where the name is not enough), or correct the name.',
    candidates,
  };
}

function nameOf(ref: Address): string {
  return parseAddress(ref)?.name ?? ref;
}
