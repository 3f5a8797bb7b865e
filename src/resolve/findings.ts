/** The words for items that the environment does not have, or has more than once. */

import type { Address } from '../model/address.ts';
import type { DeclaredResource } from '../model/config.ts';
import type { Finding } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Observed } from '../model/snapshot.ts';
import { compareText } from '../model/value.ts';
import { closeNames } from './close-names.ts';
import { nameIn, type ResourceIndex } from './find-resource.ts';

export function ambiguousFinding(item: DeclaredResource, among: readonly Observed[]): Finding {
  const candidates = recordIds(among);
  return {
    kind: 'ambiguous',
    address: item.address,
    source: item.source,
    message: `${among.length} records are named "${item.name}": ${candidates.join(', ')}`,
    hint: 'Write the id of the one that is meant: "id: …" in the item.',
    candidates,
  };
}

export function bothNamesFinding(item: DeclaredResource, among: readonly Observed[]): Finding {
  const candidates = recordIds(among);
  const former = String(item.fields.get('renamedFrom')?.value);
  return {
    kind: 'ambiguous',
    address: item.address,
    source: item.source,
    message: `There are records of the name "${item.name}" and of the former name "${former}": ${candidates.join(', ')}`,
    hint: 'Write the id of the one that is meant ("id: …" in the item), or remove renamedFrom.',
    candidates,
  };
}

export function recordIds(among: readonly Observed[]): readonly string[] {
  const records = among.map(
    (observed) => observed.records.find(({ role }) => role === 'owner') ?? observed.records[0],
  );
  return records.flatMap((record) => (record === undefined ? [] : [record.id])).sort(compareText);
}

/** `suggest`: whether to look for names that are close; it takes a look at every name there is. */
export function missingFinding(item: DeclaredResource, index: ResourceIndex, suggest: boolean): Finding {
  const renamed = sameEmailAddress(item, index);
  const close = suggest ? closeAddresses(item, index) : [];
  const hints = [
    renamed === null ? null : `Renamed? ${renamed.address} has its e-mail address.`,
    close.length === 0 ? null : `Close: ${close.join(', ')}.`,
  ].filter((hint) => hint !== null);
  return {
    kind: 'missing',
    address: item.address,
    source: item.source,
    message: `There is no ${whatIs(item)}${item.id === null ? '' : ` and id ${item.id}`} in the environment`,
    hint: hints.length > 0 ? hints.join(' ') : 'Correct the name, or remove the item if it is gone.',
    candidates: [],
  };
}

/** A slip in the name would leave alone nobody, and whom it was meant for would be changed. */
export function leftAloneInVain(item: DeclaredResource, index: ResourceIndex, suggest: boolean): Diagnostic {
  const { address, source, message, hint } = missingFinding(item, index, suggest);
  return {
    code: 'item-missing',
    severity: 'warning',
    address,
    source,
    message: `${message}; "managed: false" leaves nothing alone`,
    hint,
  };
}

function whatIs({ kind, sort }: DeclaredResource): string {
  if (kind === 'profile') return 'server profile of this name';
  if (sort === 'user') return 'user with this sign-in name';
  return `${sort === 'forward' ? 'forward mailbox' : (sort ?? kind)} of this name`;
}

/** The environment may hold the same mailbox under another name: its address tells. */
function sameEmailAddress(item: DeclaredResource, index: ResourceIndex): Observed | null {
  const declared = item.fields.get('emailAddress')?.value ?? (item.sort === 'user' ? item.name : null);
  if (typeof declared !== 'string') return null;
  return index.withEmailAddress(declared) ?? null;
}

function closeAddresses(item: DeclaredResource, { all }: ResourceIndex): readonly Address[] {
  const { kind, sort } = item;
  const candidates = all.filter(
    (observed) => observed.kind === kind && (observed.mailbox?.sort ?? null) === sort,
  );
  return closeNames(item.name, candidates, ({ address }) => nameIn(address)).map(({ address }) => address);
}
