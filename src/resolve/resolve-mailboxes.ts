/** Rules and single items applied to the mailboxes that are there; forward mailboxes that are not are created. */

import { addressKey, SETTINGS_ADDRESS } from '../model/address.ts';
import type { Config, Declared, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { Source } from '../model/diagnostic.ts';
import type { MailboxFacts, Observed, Snapshot } from '../model/snapshot.ts';
import { isUnknown, type Value } from '../model/value.ts';
import { type Located, locateAll, setAside } from './locate.ts';
import { ruleMatcher } from './match-rule.ts';
import { type Layer, mergeLayers } from './merge-layers.ts';
import {
  approvalNeedsAddress,
  matchesNothing,
  namesakeLeftAlone,
  ruleConflict,
} from './resolve-diagnostics.ts';
import { PLAIN, type Resolving } from './resolving.ts';
import { vouchedAddress } from './vouch.ts';

const DEFAULTED = ['serverProfile', 'incoming', 'outgoing', 'appointmentsContactsTasks'] as const;

type Defaults = ReadonlyMap<string, Value>;

/** A mailbox that something covers: its rules from weak to strong, then its item. */
interface Covered {
  readonly actual: Observed | null;
  readonly rules: readonly DeclaredRule[];
  readonly item: DeclaredResource | null;
}

export function resolveMailboxes(state: Resolving): void {
  const defaults = defaultSettings(state.config, state.snapshot);
  const located = locateAll(state.config.mailboxes, state);
  for (const { item, actual } of located.values()) {
    if (actual === null) addMailbox({ actual, rules: [], item }, defaults, state);
  }
  for (const covered of coveredMailboxes(located, state)) addMailbox(covered, defaults, state);
}

function coveredMailboxes(located: ReadonlyMap<string, Located>, state: Resolving): readonly Covered[] {
  const { config, snapshot } = state;
  const rules = config.rules.map((rule) => ({ rule, matches: ruleMatcher(rule) }));
  const matched = new Set<DeclaredRule>();
  const covered: Covered[] = [];
  for (const actual of snapshot.resources) {
    if (actual.mailbox === null) continue;
    const namesake = located.get(addressKey(actual.address));
    const item = namesake?.actual === actual ? namesake.item : null;
    const identity = withDeclaredAddress(actual.mailbox, item);
    const own = rules.filter(({ matches }) => matches(identity)).map(({ rule }) => rule);
    for (const rule of own) matched.add(rule);
    const [first] = own;
    if (item !== null) covered.push({ actual, rules: own, item });
    else if (first !== undefined && isAlone(actual, first, namesake, state))
      covered.push({ actual, rules: own, item });
  }
  const complete = !snapshot.notSeen.some(({ kind }) => kind === 'mailbox');
  const idle = config.rules.filter((rule) => complete && !matched.has(rule));
  state.diagnostics.push(...idle.map(matchesNothing));
  return covered;
}

/** Whether a mailbox that only rules cover can be named by its address; if not, that is reported once. */
function isAlone(
  actual: Observed,
  rule: DeclaredRule,
  namesake: Located | undefined,
  state: Resolving,
): boolean {
  const candidates = state.index.byAddress.get(addressKey(actual.address)) ?? [];
  if (candidates.length < 2) return true;
  if (state.setAside.has(actual)) return false;
  if (namesake === undefined) {
    const name = actual.mailbox?.name ?? actual.address;
    setAside({ address: actual.address, name, source: rule.source }, candidates, state);
  } else {
    state.setAside.add(actual);
    state.diagnostics.push(namesakeLeftAlone(rule, actual));
  }
  return false;
}

/** Rules match the e-mail address as declared where an item declares it. */
function withDeclaredAddress(mailbox: MailboxFacts, item: DeclaredResource | null): MailboxFacts {
  const declared = item?.fields.get('emailAddress')?.value;
  return typeof declared === 'string' ? { ...mailbox, emailAddress: declared } : mailbox;
}

function addMailbox({ actual, rules, item }: Covered, defaults: Defaults, state: Resolving): void {
  const layers: Layer[] = rules.map((rule) => ({ rule, fields: rule.fields, source: rule.source }));
  if (item !== null) layers.push({ rule: null, fields: item.fields, source: item.source });
  const address = actual?.address ?? item?.address;
  const source = item?.source ?? layers[0]?.source;
  if (address === undefined || source === undefined) return;
  const { fields: merged, conflicts } = mergeLayers(layers, defaults);
  state.diagnostics.push(...conflicts.map((conflict) => ruleConflict(address, conflict)));
  const fields = new Map<string, Declared>();
  for (const [field, { value, source }] of merged) fields.set(field, { value, source });
  const approved = merged.get('approved');
  const vouched = approved?.value === true ? vouchedAddress(approved, merged, actual) : null;
  if (approved?.value === true && vouched === null && actual?.fields.approved !== 'approved') {
    fields.delete('approved');
    withhold(address, approved, actual, state);
  }
  const sort = actual?.mailbox?.sort ?? item?.sort ?? null;
  state.resources.push({
    address,
    kind: 'mailbox',
    sort,
    actual,
    fields,
    vouchedAddress: vouched,
    ...PLAIN,
    source,
  });
}

function withhold(
  address: string,
  { source }: { readonly source: Source },
  actual: Observed | null,
  state: Resolving,
): void {
  const withheld = {
    address,
    source,
    approval: actual?.fields.approved ?? null,
    emailAddress: actual?.mailbox?.emailAddress ?? null,
    vouchedFor: actual?.mailbox?.signIn ?? null,
  };
  state.withheld.push(withheld);
  state.diagnostics.push(approvalNeedsAddress(withheld));
}

/** Values of `applyDefaultEmailSettings`: as declared in `emailSettings`, else as the environment has them. */
function defaultSettings({ settings }: Config, { resources }: Snapshot): Defaults {
  const observed = resources.find(({ address }) => address === SETTINGS_ADDRESS);
  const values = new Map<string, Value>();
  for (const field of DEFAULTED) {
    const key = `newMailboxes.${field}`;
    const value = settings?.fields.get(key)?.value ?? observed?.fields[key] ?? null;
    // What this version cannot read, it cannot write to a mailbox either.
    if (value !== null && !isUnknown(value)) values.set(field, value);
  }
  return values;
}
