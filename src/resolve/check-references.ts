/**
 * Profiles that are referred to have to be declared or exist once. A resource that refers to none or to several is a
 * finding and left alone; references get the environment's spelling.
 */

import { type Address, addressKey } from '../model/address.ts';
import type { Declared, DeclaredResource } from '../model/config.ts';
import type { DesiredResource, Finding } from '../model/desired.ts';
import type { Source } from '../model/diagnostic.ts';
import type { NotSeen, Observed } from '../model/snapshot.ts';
import { foldText, isRef } from '../model/value.ts';
import { namedAddress, nameIn, unseenOf } from './find-resource.ts';
import { recordIds } from './findings.ts';
import type { Located } from './locate.ts';
import { managementOf, NO_DOUBTS } from './management.ts';
import { absentButUsed, readIncomplete } from './resolve-diagnostics.ts';
import type { Resolving } from './resolving.ts';
import type { Fields } from './shared-fields.ts';

type Reference =
  | { readonly kind: 'found'; readonly address: Address }
  | { readonly kind: 'missing' }
  | { readonly kind: 'renamed'; readonly item: DeclaredResource }
  | { readonly kind: 'to-be-absent'; readonly item: DeclaredResource }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Observed[] }
  | { readonly kind: 'unseen'; readonly notSeen: NotSeen };

/** What the items say about profiles: by the names they give, and the records that lose the name they have. */
export interface DeclaredProfiles {
  readonly byName: ReadonlyMap<string, { readonly item: DeclaredResource; readonly address: Address }>;
  readonly renamed: ReadonlyMap<Observed, DeclaredResource>;
}

/** An item with an id may call its profile by another name than the environment does: then it is renamed. */
export function declaredProfiles(located: Iterable<Located>): DeclaredProfiles {
  const byName = new Map<string, { item: DeclaredResource; address: Address }>();
  const renamed = new Map<Observed, DeclaredResource>();
  for (const { item, actual } of located) {
    const address = actual?.address ?? item.address;
    byName.set(addressKey(item.address), { item, address });
    if (actual !== null && isRenamed(item, actual)) renamed.set(actual, item);
  }
  return { byName, renamed };
}

function isRenamed(item: DeclaredResource, actual: Observed): boolean {
  const name = managementOf(item.fields, true, NO_DOUBTS).fields.get('name')?.value;
  return typeof name === 'string' && foldText(name) !== foldText(nameIn(namedAddress(actual)));
}

interface Checking {
  readonly state: Resolving;
  readonly profiles: DeclaredProfiles;
  /** Places in rules whose trouble was told already. */
  readonly told: Set<Source>;
}

/** The resources that can be managed, their references resolved; what stands against the others is reported. */
export function checkReferences(state: Resolving, profiles: DeclaredProfiles): DesiredResource[] {
  const checking: Checking = { state, profiles, told: new Set() };
  const good = new Map<Fields, Fields>();
  const usable: DesiredResource[] = [];
  for (const resource of state.resources) {
    const { address, fields } = resource;
    const checked = good.get(fields) ?? checkFields(fields, address, checking);
    if (checked === null) continue;
    good.set(fields, checked);
    usable.push(checked === fields ? resource : { ...resource, fields: checked });
  }
  return usable;
}

/** The fields with the environment's spelling; `null` when one of them refers to nothing that can be used. */
function checkFields(fields: Fields, address: Address, checking: Checking): Fields | null {
  const checked = new Map<string, Declared>();
  let isSame = true;
  for (const [field, declared] of fields) {
    const own = checkField(declared, address, checking);
    if (own !== null) checked.set(field, own);
    if (own !== declared) isSame = false;
  }
  if (isSame) return fields;
  return checked.size === fields.size ? checked : null;
}

/** The field with the environment's spelling; `null` when it refers to nothing that can be used. */
function checkField(declared: Declared, address: Address, checking: Checking): Declared | null {
  const { value, source } = declared;
  if (!isRef(value)) return declared;
  const { state, profiles } = checking;
  const reference = findReference(value.ref, state, profiles);
  const name = `the server profile "${nameIn(value.ref)}"`;
  switch (reference.kind) {
    case 'found':
      return reference.address === value.ref ? declared : { ...declared, value: { ref: reference.address } };
    case 'unseen':
      state.diagnostics.push(readIncomplete(address, source, `T${name.slice(1)}`, reference.notSeen));
      return null;
    case 'to-be-absent':
      tellAbsent(reference.item, address, source, checking);
      return null;
    case 'missing':
    case 'renamed':
    case 'ambiguous':
      state.findings.push(brokenReference(address, source, name, reference));
      return null;
    default:
      return reference satisfies never;
  }
}

/** A rule's line refers for every mailbox that it covers: that is told once, and names none of them. */
function tellAbsent(item: DeclaredResource, address: Address, source: Source, checking: Checking): void {
  const byRule = source.rule !== undefined;
  if (byRule && checking.told.has(source)) return;
  checking.told.add(source);
  checking.state.diagnostics.push(absentButUsed(item, byRule ? null : address, source));
}

/** An item with an id settles which of several profiles of one name is meant. */
function findReference(ref: Address, { index, snapshot }: Resolving, profiles: DeclaredProfiles): Reference {
  const key = addressKey(ref);
  const declared = profiles.byName.get(key);
  if (declared?.item.fields.get('absent')?.value === true)
    return { kind: 'to-be-absent', item: declared.item };
  if (declared !== undefined) return { kind: 'found', address: declared.address };
  const named = index.named(ref);
  if (named.length > 1) return { kind: 'ambiguous', candidates: named };
  const only = named[0] ?? index.get(ref);
  const renamed = only === undefined ? undefined : profiles.renamed.get(only);
  if (renamed !== undefined) return { kind: 'renamed', item: renamed };
  if (only !== undefined) return { kind: 'found', address: only.address };
  const notSeen = unseenOf(snapshot, 'profile', null);
  return notSeen === undefined ? { kind: 'missing' } : { kind: 'unseen', notSeen };
}

function brokenReference(
  address: Address,
  source: Source,
  name: string,
  reference: Extract<Reference, { kind: 'missing' | 'renamed' | 'ambiguous' }>,
): Finding {
  const refers = `Refers to ${name}`;
  const base = { address, source, candidates: [] };
  switch (reference.kind) {
    case 'missing':
      return {
        ...base,
        kind: 'missing',
        message: `${refers}, which is neither declared nor in the environment`,
        hint: 'Declare the profile under serverProfiles (with "id:" where the name is not enough), or correct the name.',
      };
    case 'renamed': {
      const { name: now, source: place } = reference.item;
      return {
        ...base,
        kind: 'missing',
        message: `${refers}, which is called "${now}" from now on (${place.file}:${place.line})`,
        hint: `Write "${now}" here too.`,
      };
    }
    case 'ambiguous': {
      const candidates = recordIds(reference.candidates);
      return {
        ...base,
        kind: 'ambiguous',
        message: `${refers}, of which there are ${candidates.length}: ${candidates.join(', ')}`,
        hint: 'Declare the profile under serverProfiles (with "id:" where the name is not enough), or correct the name.',
        candidates,
      };
    }
    default:
      return reference satisfies never;
  }
}
