/** What the configuration asks of this environment: rules, defaults and single items applied to what is there. */

import { addressKey, parseAddress, profileAddress, SETTINGS_ADDRESS } from '../model/address.ts';
import type { Config, Declared, DeclaredResource } from '../model/config.ts';
import type { Desired, DesiredResource, Finding, WithheldApproval } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import { compareText, isRef, type Value } from '../model/value.ts';
import {
  ambiguousFinding,
  findResource,
  indexResources,
  missingFinding,
  type ResourceIndex,
} from './find-resource.ts';
import { isReachable, ruleMatcher } from './match-rule.ts';
import { type Conflict, type Layer, mergeLayers } from './merge-layers.ts';
import { vouchedAddress } from './vouch.ts';

const DEFAULTED = ['serverProfile', 'incoming', 'outgoing', 'appointmentsContactsTasks'] as const;
const NOTHING: ReadonlySet<string> = new Set();

interface Resolving {
  readonly config: Config;
  readonly snapshot: Snapshot;
  readonly index: ResourceIndex;
  readonly resources: DesiredResource[];
  readonly findings: Finding[];
  readonly withheld: WithheldApproval[];
  readonly diagnostics: Diagnostic[];
}

/** Pure: equal inputs, in whatever order of files, entries, rows and pages, give equal results. */
export function resolve(config: Config, snapshot: Snapshot): Desired {
  const index = indexResources(snapshot);
  const state: Resolving = {
    config,
    snapshot,
    index,
    resources: [],
    findings: [],
    withheld: [],
    diagnostics: [],
  };
  for (const item of config.profiles) resolveItem(item, state);
  if (config.settings !== null) resolveItem(config.settings, state);
  resolveMailboxes(state);
  return finish(state);
}

function finish(state: Resolving): Desired {
  const { usable, findings } = checkReferences(state);
  const managed = new Set(state.resources.map(({ actual }) => actual).filter((actual) => actual !== null));
  const unmanaged = state.snapshot.resources.filter(
    (observed) => !managed.has(observed) && observed.kind !== 'settings' && isCountable(observed),
  );
  const byAddress = (a: { address: string }, b: { address: string }): number =>
    compareText(a.address, b.address);
  return {
    resources: usable.sort(byAddress),
    findings: [...state.findings, ...findings].sort(byAddress),
    withheldApprovals: state.withheld.sort(byAddress),
    unmanaged: unmanaged.sort(byAddress),
    diagnostics: state.diagnostics,
    notSeen: state.snapshot.notSeen,
  };
}

function isCountable({ mailbox }: Observed): boolean {
  return mailbox === null || isReachable(mailbox, NOTHING);
}

/** Profiles and settings: one item, one resource. */
function resolveItem(item: DeclaredResource, state: Resolving): void {
  const actual = locate(item, state);
  if (actual === undefined) return;
  state.resources.push({
    address: actual?.address ?? item.address,
    kind: item.kind,
    sort: item.sort,
    actual,
    fields: item.fields,
    vouchedAddress: null,
    source: item.source,
  });
}

/** The record of an item, `null` when it is to be created, `undefined` when nothing can be said or done. */
function locate(item: DeclaredResource, state: Resolving): Observed | null | undefined {
  const found = findResource(item, state.index, state.snapshot);
  switch (found.kind) {
    case 'found':
      return found.actual;
    case 'ambiguous':
      state.findings.push(ambiguousFinding(item, found.candidates));
      return undefined;
    case 'unseen':
      state.diagnostics.push({
        code: 'read-incomplete',
        severity: 'warning',
        address: item.address,
        source: item.source,
        message: `${item.address} was not found, but not all records of its kind can be seen (read depth: ${found.notSeen.depth})`,
        hint: 'Nothing is created and nothing is called missing. Give the caller organization-wide read, or check with "mailboxctl doctor".',
      });
      return undefined;
    case 'absent':
      if (item.kind === 'profile' || item.sort === 'forward') return null;
      state.findings.push(missingFinding(item, state.index));
      return undefined;
    default:
      return found satisfies never;
  }
}

function resolveMailboxes(state: Resolving): void {
  const items = new Map<Observed, DeclaredResource>();
  for (const item of state.config.mailboxes) {
    const actual = locate(item, state);
    if (actual === undefined) continue;
    if (actual === null) addMailbox(null, [itemLayer(item)], item, state);
    else items.set(actual, item);
  }
  const rules = state.config.rules.map((rule) => ({ rule, matches: ruleMatcher(rule), hits: 0 }));
  for (const observed of state.snapshot.resources) {
    if (observed.mailbox === null) continue;
    const item = items.get(observed);
    const identity = withDeclaredAddress(observed.mailbox, item);
    const layers: Layer[] = [];
    for (const entry of rules) {
      if (!entry.matches(identity)) continue;
      entry.hits += 1;
      layers.push({ rule: entry.rule, fields: entry.rule.fields, source: entry.rule.source });
    }
    if (item !== undefined) layers.push(itemLayer(item));
    if (layers.length > 0) addMailbox(observed, layers, item, state);
  }
  for (const { rule, hits } of rules)
    if (hits === 0) state.diagnostics.push(matchesNothing(rule.name, rule.source));
}

function itemLayer(item: DeclaredResource): Layer {
  return { rule: null, fields: item.fields, source: item.source };
}

/** Rules match the e-mail address as declared where an item declares it. */
function withDeclaredAddress(
  mailbox: NonNullable<Observed['mailbox']>,
  item: DeclaredResource | undefined,
): NonNullable<Observed['mailbox']> {
  const declared = item?.fields.get('emailAddress')?.value;
  return typeof declared === 'string' ? { ...mailbox, emailAddress: declared } : mailbox;
}

function addMailbox(
  actual: Observed | null,
  layers: readonly Layer[],
  item: DeclaredResource | undefined,
  state: Resolving,
): void {
  const address = actual?.address ?? item?.address;
  const sort = actual?.mailbox?.sort ?? item?.sort ?? null;
  const source = item?.source ?? layers[0]?.source;
  if (address === undefined || source === undefined) return;
  const { fields: merged, conflicts } = mergeLayers(layers, defaultSettings(state));
  for (const conflict of conflicts) state.diagnostics.push(ruleConflict(address, conflict));
  const fields = new Map<string, Declared>();
  for (const [field, { value, source }] of merged) fields.set(field, { value, source });
  const approved = merged.get('approved');
  const vouched = approved?.value === true ? vouchedAddress(approved, actual) : null;
  if (approved?.value === true && vouched === null && actual?.fields.approved !== 'approved') {
    fields.delete('approved');
    const withheld = {
      address,
      source: approved.source,
      emailAddress: actual?.mailbox?.emailAddress ?? null,
      vouchedFor: actual?.mailbox?.signIn ?? null,
    };
    state.withheld.push(withheld);
    state.diagnostics.push(approvalNeedsAddress(withheld));
  }
  state.resources.push({ address, kind: 'mailbox', sort, actual, fields, vouchedAddress: vouched, source });
}

/** Values of `applyDefaultEmailSettings`: as declared in `emailSettings`, else as the environment has them. */
function defaultSettings({ config, snapshot }: Resolving): ReadonlyMap<string, Value> {
  const observed = snapshot.resources.find(({ address }) => address === SETTINGS_ADDRESS);
  const values = new Map<string, Value>();
  for (const field of DEFAULTED) {
    const key = `newMailboxes.${field}`;
    const value = config.settings?.fields.get(key)?.value ?? observed?.fields[key] ?? null;
    if (value !== null) values.set(field, value);
  }
  return values;
}

/**
 * Profiles that are referred to have to be declared or exist once. An item that refers to none or to several is a
 * finding and left alone; references get the environment's spelling.
 */
function checkReferences(state: Resolving): { usable: DesiredResource[]; findings: Finding[] } {
  const declared = new Set(state.resources.map(({ address }) => addressKey(address)));
  const usable: DesiredResource[] = [];
  const findings: Finding[] = [];
  for (const resource of state.resources) {
    const fields = new Map<string, Declared>();
    const broken: Finding[] = [];
    for (const [field, { value, source }] of resource.fields) {
      const checked = isRef(value) ? checkReference(value.ref, state.index, declared) : value;
      if (checked === null || Array.isArray(checked))
        broken.push(brokenReference(resource, value, checked, source));
      else fields.set(field, { value: checked as Value, source });
    }
    if (broken.length === 0) usable.push({ ...resource, fields });
    else findings.push(...broken);
  }
  return { usable, findings };
}

/** The reference as the environment spells it; `null` when there is no such profile, candidates when several. */
function checkReference(
  ref: string,
  index: ResourceIndex,
  declared: ReadonlySet<string>,
): Value | null | readonly Observed[] {
  const candidates = index.byAddress.get(addressKey(ref)) ?? [];
  const [only] = candidates;
  if (candidates.length > 1) return candidates;
  if (only !== undefined) return { ref: only.address };
  return declared.has(addressKey(ref)) ? { ref: profileAddress(parseAddress(ref)?.name ?? ref) } : null;
}

function brokenReference(
  resource: DesiredResource,
  value: Value,
  candidates: readonly Observed[] | null | Value,
  source: Declared['source'],
): Finding {
  const name = isRef(value) ? value.ref.slice('profile:'.length) : '';
  const ids = Array.isArray(candidates)
    ? candidates.flatMap((c: Observed) => c.records.map(({ id }) => id)).sort(compareText)
    : [];
  return {
    kind: ids.length > 0 ? 'ambiguous' : 'missing',
    address: resource.address,
    source,
    message:
      ids.length > 0
        ? `Refers to the server profile "${name}", of which there are ${ids.length}: ${ids.join(', ')}`
        : `Refers to the server profile "${name}", which is neither declared nor in the environment`,
    hint: 'Declare the profile under serverProfiles (with "id:" where the name is not enough), or correct the name.',
    candidates: ids,
  };
}

function matchesNothing(name: string, source: Declared['source']): Diagnostic {
  return {
    code: 'rule-matches-nothing',
    severity: 'warning',
    address: null,
    source,
    message: `Rule "${name}" matches no mailbox of this environment`,
    hint: 'Check its match. Rules reach active mailboxes of enabled people and of shared queues only.',
  };
}

function ruleConflict(address: string, { field, first, second }: Conflict): Diagnostic {
  const at = ({ source }: Declared): string => `${source.file}:${source.line}`;
  return {
    code: 'rule-conflict',
    severity: 'error',
    address,
    source: second.source,
    message: `${address}  ${field} is set by rules of two files that disagree: ${at(first)} and ${at(second)}`,
    hint: 'Between files there is no order. Put both rules into one file, except the mailbox from one of them, or declare it singly.',
  };
}

function approvalNeedsAddress({ address, source, emailAddress, vouchedFor }: WithheldApproval): Diagnostic {
  const actual = emailAddress === null ? 'has no e-mail address' : `has the e-mail address "${emailAddress}"`;
  const proof = vouchedFor === null ? '' : `, which is not the sign-in name "${vouchedFor}"`;
  return {
    code: 'approval-needs-address',
    severity: 'warning',
    address,
    source,
    message: `${address} ${actual}${emailAddress === null ? '' : proof}; nothing here vouches for it, so it is not approved`,
    hint: 'Write "emailAddress:" and "approved: true" into the single item of this mailbox if the address is right.',
  };
}
