/** What the configuration asks of this environment: rules, defaults and single items applied to what is there. */

import type { Address } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { ofKind } from '../model/of-kind.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { canonical, compareText } from '../model/value.ts';
import { checkReferences, type DeclaredProfiles, declaredProfiles } from './check-references.ts';
import { unseenOf } from './find-resource.ts';
import { missingForwardMailboxes } from './forward-mailboxes.ts';
import { leftOutside } from './left-outside.ts';
import { type Located, locateAll } from './locate.ts';
import { managementOf, NO_DOUBTS, placeOf } from './management.ts';
import { isReachable } from './match-rule.ts';
import { profileMisfits } from './profile-fit.ts';
import { crowdedProfiles } from './profile-users.ts';
import { resolveMailboxes } from './resolve-mailboxes.ts';
import { beginResolving, type Resolving } from './resolving.ts';
import { plainFields } from './shared-fields.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Pure: equal inputs, in whatever order of files, entries, rows and pages, give equal results. */
export function resolve(config: Config, snapshot: Snapshot): Desired {
  const state = beginResolving(config, snapshot);
  const profiles = locateAll(config.profiles, state);
  const settings = locateAll(config.settings === null ? [] : [config.settings], state);
  for (const located of [...profiles.values(), ...settings.values()]) addItem(located, state);
  resolveMailboxes(state, profiles);
  return finish(state, declaredProfiles(profiles.values()));
}

/** Profiles and settings: one item, one resource. */
function addItem({ item, actual }: Located, state: Resolving): void {
  const { handsOff, absent, isProtected, accepted, fields } = managementOf(
    item.fields,
    actual !== null,
    NO_DOUBTS,
  );
  if (handsOff && actual !== null) state.setAside.add(actual);
  // What is to be absent and is not there is done.
  if (handsOff || (absent && actual === null)) return;
  state.resources.push({
    address: actual?.address ?? item.address,
    kind: item.kind,
    sort: item.sort,
    actual,
    fields: plainFields(fields),
    vouchedAddress: null,
    absent,
    isProtected,
    ceiling: null,
    accepted,
    source: placeOf(item),
  });
}

function finish(state: Resolving, profiles: DeclaredProfiles): Desired {
  const usable = checkReferences(state, profiles).sort(byAddress);
  state.diagnostics.push(
    ...missingForwardMailboxes(usable, state.snapshot),
    ...profileMisfits(usable, state.index),
    ...crowdedProfiles(usable, state.index, state.snapshot),
    ...leftOutside(state),
  );
  return {
    resources: usable,
    findings: state.findings.sort((a, b) => byAddress(a, b) || byText(a, b)),
    withheldApprovals: state.withheld.sort(byAddress),
    unmanaged: unmanaged(state).sort(byAddress),
    unreached: state.unreached.sort(byAddress),
    diagnostics: state.diagnostics.sort(byPlace),
    notSeen: state.snapshot.notSeen,
  };
}

/** What no rule and no item is about, and the ceiling neither. */
function unmanaged({ snapshot, resources, setAside, uncovered }: Resolving): Observed[] {
  const others = [...ofKind(snapshot.resources, 'profile'), ...uncovered];
  const managed = new Set(
    resources
      .filter(({ kind, ceiling }) => kind !== 'mailbox' || ceiling?.covers)
      .map(({ actual }) => actual),
  );
  return others.filter(
    (observed) => !managed.has(observed) && !setAside.has(observed) && isCountable(observed, snapshot),
  );
}

/** Nothing is called unmanaged of a kind that was not read completely. */
function isCountable({ kind, mailbox }: Observed, snapshot: Snapshot): boolean {
  if (kind === 'settings' || unseenOf(snapshot, kind, mailbox?.sort ?? null) !== undefined) return false;
  return mailbox === null || isReachable(mailbox, NOTHING);
}

function byAddress(a: { readonly address: Address }, b: { readonly address: Address }): number {
  return compareText(a.address, b.address);
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const file = compareText(a.source?.file ?? '', b.source?.file ?? '');
  const place = file || (a.source?.line ?? 0) - (b.source?.line ?? 0);
  return place || compareText(a.address ?? '', b.address ?? '') || byText(a, b);
}

function byText(a: unknown, b: unknown): number {
  return compareText(canonical(a), canonical(b));
}
