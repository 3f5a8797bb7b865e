/** Rules, single items and the ceiling applied to the mailboxes that are there; forward mailboxes that are not are created. */

import type { DeclaredFields, DeclaredResource } from '../model/config.ts';
import type { MailboxFacts, Observed, Snapshot } from '../model/snapshot.ts';
import { addMailbox, makeResolver, type Resolver } from './add-mailbox.ts';
import { coverOf, NO_RULES } from './coverage.ts';
import { defaultSettings } from './default-settings.ts';
import { Identity } from './identity.ts';
import { idleListEntries } from './list-entries.ts';
import { type Located, locateAll } from './locate.ts';
import { managementOf, NO_DOUBTS } from './management.ts';
import { type CompiledRule, compileRule } from './match-rule.ts';
import type { Resolving } from './resolving.ts';
import { type RuleAnswers, ruleDiagnostics } from './rule-coverage.ts';

const NO_FIELDS: DeclaredFields = new Map();

export function resolveMailboxes(state: Resolving, profiles: ReadonlyMap<string, Located>): void {
  const { config, snapshot } = state;
  const resolver = makeResolver(state, defaultSettings(config, snapshot, profiles));
  const located = locateAll(config.mailboxes, state);
  for (const { item, actual } of located.values()) {
    if (actual === null) addMailbox({ actual, item, cover: NO_RULES }, resolver);
  }
  const unseen = new Set(snapshot.unseenMemberships.map(({ membership }) => membership));
  const rules = config.rules.map((rule) => compileRule(rule, unseen));
  const items = new Map<Observed, DeclaredResource>();
  for (const { item, actual } of located.values()) if (actual !== null) items.set(actual, item);
  addCovered(rules, items, resolver);
  capOthers(resolver);
}

type Items = ReadonlyMap<Observed, DeclaredResource>;

function addCovered(rules: readonly CompiledRule[], items: Items, resolver: Resolver): void {
  const { state } = resolver;
  const answers: RuleAnswers = { matched: new Set(), doubted: new Set() };
  const coverOfMailbox = coverOf(rules, answers);
  for (const actual of state.snapshot.resources) {
    if (actual.mailbox === null) continue;
    const item = items.get(actual) ?? null;
    const cover = coverOfMailbox(identityOf(actual.mailbox, item));
    if (item === null && !actual.mailbox.active) unreached(actual, rules, state);
    if (item !== null || cover.certain) addMailbox({ actual, item, cover }, resolver);
    // Nobody knows whether a rule covers it, so that it is not called unmanaged either.
    else if (cover.layers.length > 0) state.uncertain.add(actual);
    else state.uncovered.push(actual);
  }
  const identities = identitiesOf(items, state.snapshot);
  state.diagnostics.push(...ruleDiagnostics(rules, answers, identities, state.snapshot));
  state.diagnostics.push(...idleListEntries(state.config.rules, identities, state.snapshot));
}

/** Of all mailboxes, for who has to look at them once more. */
function identitiesOf(items: Items, { resources }: Snapshot): () => readonly Identity[] {
  let made: readonly Identity[] | null = null;
  return () => {
    made ??= resources.flatMap((actual) =>
      actual.mailbox === null ? [] : [identityOf(actual.mailbox, items.get(actual) ?? null)],
    );
    return made;
  };
}

function identityOf(facts: MailboxFacts, item: DeclaredResource | null): Identity {
  return new Identity(facts, item === null ? null : addressOf(item));
}

/** The e-mail address that an item gives its mailbox; one that it ignores is none. */
function addressOf({ fields }: DeclaredResource): string | null {
  if (!fields.has('emailAddress')) return null;
  const declared = managementOf(fields, true, NO_DOUBTS).fields.get('emailAddress')?.value;
  return typeof declared === 'string' ? declared : null;
}

/** Rules reach active rows alone: what they would cover but for that is told, since nobody else would see it. */
function unreached(actual: Observed, rules: readonly CompiledRule[], state: Resolving): void {
  const { mailbox } = actual;
  if (mailbox === null || mailbox.active || !mailbox.ownerEnabled) return;
  const isOrdinary = mailbox.sort === 'queue' ? !mailbox.personalQueue : mailbox.person;
  if (!isOrdinary || state.ceiling?.isOutside(NO_FIELDS, actual) === true) return;
  const identity = new Identity({ ...mailbox, active: true });
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
  for (const actual of [...state.uncovered, ...state.uncertain]) {
    const { mailbox } = actual;
    if (mailbox === null || !mailbox.active || state.setAside.has(actual)) continue;
    if (!ceiling.isOutside(NO_FIELDS, actual)) continue;
    addMailbox({ actual, item: null, cover: NO_RULES }, resolver);
  }
}
