/** Nothing is declared twice: which of the two should win? */

import type { Declared, DeclaredResource } from '../model/config.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { checkedMailboxes } from './checked.ts';
import { type Declarations, found, lineOf } from './rule.ts';

/** No service code: the service knows one record of each. An `id` tells queues and profiles of one name apart. */
export function itemsAreUnique({ profiles, mailboxes }: Declarations): readonly Diagnostic[] {
  return repeated([...profiles, ...mailboxes], itemKey).map(([item, first]) =>
    found('error', 'duplicate-item', {
      address: item.address,
      source: item.source,
      message: `"${item.name}" is declared here and in ${lineOf(first.source)}`,
      hint: 'Make one item of the two.',
    }),
  );
}

/** No service code: two names for one record are two opinions about it. */
export function idsAreUnique({ profiles, mailboxes }: Declarations): readonly Diagnostic[] {
  const named = [...profiles, ...mailboxes].filter(({ id }) => id !== null);
  const pairs = repeated(named, ({ kind, sort, id }) => `${kind} ${sort} ${id?.toLowerCase()}`);
  return pairs
    .filter(([item, first]) => itemKey(item) !== itemKey(first))
    .map(([item, first]) =>
      found('error', 'duplicate-item', {
        address: item.address,
        source: item.source,
        message: `id "${item.id}" belongs to "${first.name}" too, in ${lineOf(first.source)}`,
        hint: 'Make one item of the two, or mend the id.',
      }),
    );
}

/** No service code: rules are unknown to the service. */
export function ruleNamesAreUnique({ rules }: Declarations): readonly Diagnostic[] {
  return repeated(rules, ({ name }) => foldText(name)).map(([rule, first]) =>
    found('error', 'duplicate-item', {
      source: rule.source,
      message: `rule "${rule.name}" is declared here and in ${lineOf(first.source)}`,
      hint: 'Give one of them another name: plans show the name beside every value that a rule sets.',
    }),
  );
}

/** No service code: the service takes it, and two mailboxes take each other's mail. */
export function emailAddressesAreUnique(declarations: Declarations): readonly Diagnostic[] {
  const declared = checkedMailboxes(declarations).flatMap(({ address, fields }) => {
    const field = fields.get('emailAddress');
    return field === undefined ? [] : [{ address, field, source: field.source }];
  });
  return repeated(declared, ({ field }) => foldText(String(field.value))).map(([item, first]) =>
    found('error', 'duplicate-item', {
      address: item.address,
      source: item.source,
      message: `emailAddress "${String(item.field.value)}" belongs to ${first.address} too, in ${lineOf(first.source)}`,
      hint: 'Give each mailbox an address of its own.',
    }),
  );
}

/** No service code: there is one record of settings. `emailSettings` may be spread over files, field by field. */
export function settingsAreUnique({ settings }: Declarations): readonly Diagnostic[] {
  const fields = settings.flatMap(({ address, fields: own }) =>
    [...own].map(([key, { source }]: readonly [string, Declared]) => ({ key, address, source })),
  );
  return repeated(fields, ({ key }) => key).map(([field, first]) =>
    found('error', 'duplicate-item', {
      address: field.address,
      source: field.source,
      message: `${field.key} is declared here and in ${lineOf(first.source)}`,
      hint: 'Keep one of the two.',
    }),
  );
}

function itemKey({ address, id }: DeclaredResource): string {
  return `${foldText(address)} ${id?.toLowerCase() ?? ''}`;
}

/** Each later item with the first one of its key. */
function repeated<T extends { readonly source: Source }>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [T, T])[] {
  const first = new Map<string, T>();
  const pairs: (readonly [T, T])[] = [];
  for (const item of items) {
    const key = keyOf(item);
    const known = first.get(key);
    if (known === undefined) first.set(key, item);
    else pairs.push([item, known]);
  }
  return pairs;
}
