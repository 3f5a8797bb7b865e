/** Matches of rules that can cover somebody, and items that a rule makes superfluous. */

import type { DeclaredResource, DeclaredRule, Match } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { equal, type Value } from '../model/value.ts';
import { checkedMailboxes } from './checked.ts';
import { itemCoverage, sortsOf, USER_KEYS } from './coverage.ts';
import { type Declarations, found, lineOf } from './rule.ts';

/** No service code: a rule that covers nobody sends nothing. */
export function matchesCanMeet({ rules }: Declarations): readonly Diagnostic[] {
  return matchesOf(rules).flatMap(({ label, match, source }) => {
    if (sortsOf(match).size > 0) return [];
    const ofUsers = USER_KEYS.filter((key) => match[key] !== undefined);
    const users = ofUsers.length > 0 ? `${ofUsers.join(', ')} (of users)` : 'mailboxOf user';
    const queues = match.queue === undefined ? 'mailboxOf queue' : 'queue (of queues)';
    return [
      found('error', 'rule-matches-nothing', {
        source,
        message: `${label} joins ${users} and ${queues}; no mailbox is both`,
        hint: 'Keys are joined by AND. Make two of it, one for users and one for queues.',
      }),
    ];
  });
}

/** No service code: "below" is a word of this tool. */
export function belowHasBusinessUnit({ rules }: Declarations): readonly Diagnostic[] {
  return matchesOf(rules)
    .filter(({ match }) => match.below !== undefined && match.businessUnit === undefined)
    .map(({ label, source }) =>
      found('error', 'missing-key', {
        source,
        message: `${label} has the key "below", but no businessUnit that something could be below`,
        hint: 'For example: match: { businessUnit: Sales, below: true }',
      }),
    );
}

/** No service code: an item that repeats its rule does no harm. */
export function itemsSaySomethingNew(declared: Declarations): readonly Diagnostic[] {
  const rules = declared.rules.map((rule) => ({ rule, covers: itemCoverage(rule) }));
  const said = valuesOfRules(declared.rules);
  return checkedMailboxes(declared).flatMap((item) => {
    const covering = rules.filter(({ covers }) => covers(item)).map(({ rule }) => rule);
    const [rule] = covering;
    if (rule === undefined || !repeats(item, covering, said)) return [];
    return [
      found('info', 'item-covered-by-rule', {
        address: item.address,
        source: item.source,
        message: `the item says nothing that rule "${rule.name}" (${lineOf(rule.source)}) does not say already`,
        hint: 'Remove it, unless it has to hold for a mailbox that rules do not reach, such as that of a disabled user.',
      }),
    ];
  });
}

/** Whatever any rule says about a field counts, since one that may cover the item too may be the stronger one. */
function repeats(
  { fields }: DeclaredResource,
  covering: readonly DeclaredRule[],
  said: ReadonlyMap<string, readonly Value[]>,
): boolean {
  if (fields.size === 0) return false;
  return [...fields].every(([key, { value }]) => {
    // A rule vouches for no address of an item without a pattern of addresses; the item itself does.
    if (key === 'approved') return false;
    const agreed = said.get(key)?.every((other) => equal(other, value)) ?? false;
    return agreed && covering.some((rule) => rule.fields.has(key));
  });
}

function valuesOfRules(rules: readonly DeclaredRule[]): ReadonlyMap<string, readonly Value[]> {
  const said = new Map<string, Value[]>();
  for (const { fields } of rules) {
    for (const [key, { value }] of fields) said.set(key, [...(said.get(key) ?? []), value]);
  }
  return said;
}

interface NamedMatch {
  readonly label: string;
  readonly match: Match;
  readonly source: DeclaredRule['source'];
}

/** The match of each rule, and the matches that it excepts. */
function matchesOf(rules: readonly DeclaredRule[]): readonly NamedMatch[] {
  return rules.flatMap(({ name, match, except, source }) => [
    { label: `rule "${name}": match`, match, source },
    ...except.flatMap((entry) =>
      typeof entry === 'string' ? [] : [{ label: `rule "${name}": a match of except`, match: entry, source }],
    ),
  ]);
}
