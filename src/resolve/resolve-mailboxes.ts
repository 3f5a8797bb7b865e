/** Rules, single items and the ceiling applied to the mailboxes that are there; forward mailboxes that are not are created. */

import { addressKey } from '../model/address.ts';
import type { DeclaredFields, DeclaredResource } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { addMailbox, type Covered, isCertain, type Resolver } from './add-mailbox.ts';
import { defaultSettings } from './default-settings.ts';
import { type Identity, identityOf } from './identity.ts';
import { idleListEntries } from './list-entries.ts';
import { type Located, locateAll } from './locate.ts';
import { managementOf, NO_DOUBTS } from './management.ts';
import { type CompiledRule, compileRule } from './match-rule.ts';
import type { Layer } from './merge-layers.ts';
import type { Resolving } from './resolving.ts';
import { type RuleAnswers, ruleDiagnostics } from './rule-coverage.ts';

const NO_FIELDS: DeclaredFields = new Map();
const NO_RULES = { layers: [], coveredBy: '' } as const;

export function resolveMailboxes(state: Resolving, profiles: ReadonlyMap<string, Located>): void {
  const { config, snapshot } = state;
  const resolver: Resolver = {
    state,
    defaults: defaultSettings(config, snapshot, profiles),
    merged: new Map(),
  };
  const located = locateAll(config.mailboxes, state);
  for (const { item, actual } of located.values()) {
    if (actual === null) addMailbox({ actual, item, ...NO_RULES }, resolver);
  }
  const unseen = new Set(snapshot.unseenMemberships.map(({ membership }) => membership));
  const rules = config.rules.map((rule) => compileRule(rule, unseen));
  for (const covered of coveredMailboxes(rules, located, state)) addMailbox(covered, resolver);
  capOthers(resolver);
}

function coveredMailboxes(
  rules: readonly CompiledRule[],
  located: ReadonlyMap<string, Located>,
  state: Resolving,
): readonly Covered[] {
  const answers: RuleAnswers = { matched: new Set(), doubted: new Set() };
  const identities: Identity[] = [];
  const covered: Covered[] = [];
  for (const actual of state.snapshot.resources) {
    if (actual.mailbox === null) continue;
    const namesake = located.get(addressKey(actual.address));
    const item = namesake?.actual === actual ? namesake.item : null;
    const identity = identityOf(actual.mailbox, item === null ? null : addressOf(item));
    identities.push(identity);
    const { layers, coveredBy } = layersOver(identity, rules, answers);
    if (item === null) unreached(actual, rules, state);
    if (item !== null || layers.some(isCertain)) covered.push({ actual, layers, item, coveredBy });
    // Nobody knows whether a rule covers it, so that it is not called unmanaged either.
    else if (layers.length > 0) state.uncertain.add(actual);
  }
  state.diagnostics.push(...ruleDiagnostics(rules, answers, identities, state.snapshot));
  state.diagnostics.push(...idleListEntries(state.config.rules, identities, state.snapshot));
  return covered;
}

/** The e-mail address that an item gives its mailbox; one that it ignores is none. */
function addressOf({ fields }: DeclaredResource): string | null {
  const declared = managementOf(fields, true, NO_DOUBTS).fields.get('emailAddress')?.value;
  return typeof declared === 'string' ? declared : null;
}

/** The rules over a mailbox from weak to strong; notes what each of them says of it. */
function layersOver(
  identity: Identity,
  rules: readonly CompiledRule[],
  { matched, doubted }: RuleAnswers,
): Pick<Covered, 'layers' | 'coveredBy'> {
  const layers: Layer[] = [];
  let coveredBy = '';
  for (const [index, compiled] of rules.entries()) {
    const answer = compiled.covers(identity);
    if (answer === 'no') continue;
    const { fields, source } = compiled.rule;
    const layer = { rule: compiled, fields, source };
    layers.push(answer === 'yes' ? layer : { ...layer, uncertain: true });
    coveredBy += answer === 'yes' ? `${index} ` : `${index}? `;
    (answer === 'yes' ? matched : doubted).add(compiled);
  }
  return { layers, coveredBy };
}

/** Rules reach active rows alone: what they would cover but for that is told, since nobody else would see it. */
function unreached(actual: Observed, rules: readonly CompiledRule[], { ceiling, ...state }: Resolving): void {
  const { mailbox } = actual;
  if (mailbox === null || mailbox.active || !mailbox.ownerEnabled) return;
  const isOrdinary = mailbox.sort === 'queue' ? !mailbox.personalQueue : mailbox.person;
  if (!isOrdinary || ceiling?.isOutside(NO_FIELDS, actual) === true) return;
  const identity = identityOf({ ...mailbox, active: true });
  const would = rules.filter(({ covers }) => covers(identity) === 'yes').map(({ rule }) => rule);
  const [first] = would;
  if (first === undefined || would.some(({ fields }) => fields.get('managed')?.value === false)) return;
  state.unreached.push({ address: actual.address, actual, source: first.source });
}

/** Mailboxes that nothing else covers. What an item or rule takes out is spoken for: it stays as it is. */
function capOthers(resolver: Resolver): void {
  const { state } = resolver;
  const { ceiling } = state;
  if (ceiling?.reachesOthers !== true) return;
  const managed = new Set(state.resources.map(({ actual }) => actual));
  for (const actual of state.snapshot.resources) {
    const { mailbox } = actual;
    if (mailbox === null || !mailbox.active || managed.has(actual) || state.setAside.has(actual)) continue;
    if (!ceiling.isOutside(NO_FIELDS, actual)) continue;
    addMailbox({ actual, item: null, ...NO_RULES }, resolver);
  }
}
