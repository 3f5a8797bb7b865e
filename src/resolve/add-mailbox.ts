/** What is asked of one mailbox: its rules and its item merged, management keys consumed, the ceiling laid over it. */

import { acceptedChecks } from '../catalogue/management.ts';
import type { Address } from '../model/address.ts';
import type { DeclaredFields, DeclaredResource } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import type { Observed } from '../model/snapshot.ts';
import { sameText } from '../model/value.ts';
import { capped } from './ceiling.ts';
import type { Cover } from './coverage.ts';
import { isCoveredByRules } from './covered-by-rules.ts';
import type { Defaults } from './default-settings.ts';
import { asksForMore } from './left-outside.ts';
import { type Management, managementOf, placeOf } from './management.ts';
import { type Layer, type MergedField, type MergedLayers, mergeLayers } from './merge-layers.ts';
import {
  addressOwnedByDirectory,
  approvalNeedsAddress,
  itemCoveredByRule,
  ruleConflict,
} from './resolve-diagnostics.ts';
import type { Resolving } from './resolving.ts';
import { type Fields, once, plainFields, withoutField } from './shared-fields.ts';
import { vouchedAddress } from './vouch.ts';

/** A mailbox that something covers: its rules, and its item. Neither: the ceiling reaches it. */
export interface Covered {
  readonly actual: Observed | null;
  readonly cover: Cover;
  readonly item: DeclaredResource | null;
}

/** What layers come to. */
interface Asked extends MergedLayers {
  readonly management: Management<MergedField>;
}

/** The parts are made once for what mailboxes share. */
export interface Resolver {
  readonly state: Resolving;
  readonly defaults: Defaults;
  readonly askedByRules: (layers: readonly Layer[]) => Asked;
  readonly plain: (fields: Fields) => Fields;
  readonly capped: (fields: Fields) => Fields;
  readonly unapproved: (fields: Fields) => Fields;
}

export function makeResolver(state: Resolving, defaults: Defaults): Resolver {
  const { ceiling } = state;
  return {
    state,
    defaults,
    askedByRules: once((layers) => asked(layers, layers, true, defaults)),
    plain: once(plainFields),
    capped: once((fields) => (ceiling === null ? fields : capped(fields, ceiling))),
    unapproved: once((fields) => withoutField(fields, 'approved')),
  };
}

function asked(
  layers: readonly Layer[],
  rules: readonly Layer[],
  exists: boolean,
  defaults: Defaults,
): Asked {
  const merged = mergeLayers(layers, defaults);
  const doubtful = rules.filter((layer) => !isCertain(layer));
  return { ...merged, management: managementOf(merged.fields, exists, doubtful) };
}

export function addMailbox(covered: Covered, resolver: Resolver): void {
  const {
    actual,
    item,
    cover: { layers },
  } = covered;
  const { state } = resolver;
  const address = actual?.address ?? item?.address;
  const source = covererOf(covered, state);
  if (address === undefined || source === null) return;
  // Items of its name cannot tell which record they mean: a rule does not touch any of them either.
  if (item === null && actual !== null && state.setAside.has(actual)) return;
  const { fields: merged, conflicts, management } = askedOf(covered, resolver);
  if (management.handsOff) {
    if (actual !== null) leaveAlone({ ...covered, actual }, merged, state);
    return;
  }
  // What is to be absent and is not there is done.
  if (management.absent && actual === null) return;
  for (const conflict of conflicts) state.diagnostics.push(ruleConflict(address, conflict));
  if (item !== null && isCoveredByRules(merged, layers, actual, resolver.defaults)) {
    state.diagnostics.push(itemCoveredByRule(item, layers));
  }
  tellOwnedAddress(management, address, actual, state);
  const ceiling = management.absent ? null : ceilingOn(management.fields, actual, state);
  const plain = resolver.plain(management.fields);
  const fields = ceiling === null ? plain : resolver.capped(plain);
  const vouched = ceiling === null ? approvalOf(management, { address, actual }, state) : NOT_ASKED;
  state.resources.push({
    address,
    kind: 'mailbox',
    sort: actual?.mailbox?.sort ?? item?.sort ?? null,
    actual,
    fields: vouched.withheld ? resolver.unapproved(fields) : fields,
    vouchedAddress: vouched.emailAddress,
    absent: management.absent,
    isProtected: management.isProtected,
    ceiling:
      ceiling === null ? null : { source: ceiling.source, covers: item === null && layers.length === 0 },
    accepted: acceptedChecks(item?.fields.get('accept')?.value),
    source,
  });
}

function leaveAlone(
  { actual, item, cover: { layers } }: Covered & { readonly actual: Observed },
  merged: DeclaredFields,
  { setAside, leftAlone }: Resolving,
): void {
  setAside.add(actual);
  const word = [merged, ...layers.map(({ fields }) => fields)]
    .map((fields) => fields.get('managed'))
    .find((managed) => managed?.value === false);
  if (word === undefined) return;
  leftAlone.push({
    actual,
    source: word.source,
    item: word.source.rule === undefined ? (item?.address ?? null) : null,
    isAskedFor: asksForMore(merged),
  });
}

/** Whether the rule covers the mailbox for certain. */
export function isCertain({ uncertain }: Layer): boolean {
  return uncertain !== true;
}

/** The item, the first rule, or the ceiling where nothing else covers the mailbox. */
function covererOf({ item, cover }: Covered, { ceiling }: Resolving): Source | null {
  if (item !== null) return placeOf(item);
  return cover.layers.find(isCertain)?.source ?? ceiling?.source ?? null;
}

function askedOf({ actual, cover: { layers }, item }: Covered, { defaults, askedByRules }: Resolver): Asked {
  if (item === null) return askedByRules(layers);
  const own = { rule: null, fields: item.fields, source: item.source };
  return asked([...layers, own], layers, actual !== null, defaults);
}

function ceilingOn(
  fields: DeclaredFields,
  actual: Observed | null,
  { ceiling }: Resolving,
): Resolving['ceiling'] {
  return ceiling?.isOutside(fields, actual) === true ? ceiling : null;
}

interface Vouched {
  readonly emailAddress: string | null;
  /** The approval was asked for, but nothing vouches for an address. */
  readonly withheld: boolean;
}

const NOT_ASKED: Vouched = { emailAddress: null, withheld: false };

function approvalOf(
  { fields }: Management<MergedField>,
  { address, actual }: { readonly address: Address; readonly actual: Observed | null },
  state: Resolving,
): Vouched {
  const approved = fields.get('approved');
  if (approved?.value !== true) return NOT_ASKED;
  const emailAddress = vouchedAddress(approved, fields, actual);
  if (emailAddress !== null || actual?.fields.approved === 'approved')
    return { emailAddress, withheld: false };
  const withheld = {
    address,
    source: approved.source,
    approval: actual?.fields.approved ?? null,
    emailAddress: actual?.mailbox?.emailAddress ?? null,
    vouchedFor: actual?.mailbox?.signIn ?? null,
  };
  state.withheld.push(withheld);
  state.diagnostics.push(approvalNeedsAddress(withheld));
  return { emailAddress: null, withheld: true };
}

/** The directory is the master of a person's address: the service may put its own in place again. */
function tellOwnedAddress(
  { fields }: Management,
  address: Address,
  actual: Observed | null,
  { diagnostics }: Resolving,
): void {
  const declared = fields.get('emailAddress');
  const signIn = actual?.mailbox?.sort === 'user' ? actual.mailbox.signIn : null;
  if (declared === undefined || signIn === null || typeof declared.value !== 'string') return;
  if (sameText(declared.value, signIn)) return;
  diagnostics.push(addressOwnedByDirectory(address, declared.source, declared.value, signIn));
}
