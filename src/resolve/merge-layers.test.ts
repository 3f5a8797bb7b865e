/** Strength, field by field: items over rules, later over earlier, files that disagree, and defaults. */

import { describe, expect, it } from 'vitest';
import type { DeclaredFields, DeclaredRule } from '../model/config.ts';
import { compareText, type Value } from '../model/value.ts';
import { at, mailboxItem, rule } from '../model/world.test-support.ts';
import { compileRule } from './match-rule.ts';
import { type Layer, mergeLayers } from './merge-layers.ts';

type Fields = Readonly<Record<string, Value>>;

const DEFAULTS = new Map<string, Value>([
  ['incoming', 'server-side-sync'],
  ['outgoing', 'server-side-sync'],
]);
const APPLY = { applyDefaultEmailSettings: true };
const WITHDRAW = { applyDefaultEmailSettings: false };

function ruled(fields: Fields, file = 'a.yaml', line = 1): Layer {
  const made: DeclaredRule = rule('r', fields, { source: at(line, file, 'r') });
  return { rule: compileRule(made), fields: made.fields, source: made.source };
}

function item(fields: Fields): Layer {
  const made: { readonly fields: DeclaredFields } = mailboxItem('user', 'a@contoso.com', fields);
  return { rule: null, fields: made.fields, source: at(50) };
}

function merged(layers: readonly Layer[]): Fields {
  const { fields } = mergeLayers(layers, DEFAULTS);
  return Object.fromEntries([...fields].map(([key, { value }]) => [key, value]));
}

const BOTH = { incoming: 'server-side-sync', outgoing: 'server-side-sync' };

describe('the strongest layer wins', () => {
  it.each<[string, readonly Layer[], Fields]>([
    ['no layer', [], {}],
    ['one layer', [ruled({ incoming: 'none' })], { incoming: 'none' }],
    ['a later rule', [ruled({ incoming: 'none' }), ruled({ incoming: 'outlook' })], { incoming: 'outlook' }],
    [
      'an item over a rule',
      [ruled({ incoming: 'none' }), item({ incoming: 'outlook' })],
      { incoming: 'outlook' },
    ],
    [
      'field by field',
      [
        ruled({ incoming: 'none', outgoing: 'none' }),
        ruled({ outgoing: 'outlook' }),
        item({ approved: true }),
      ],
      { incoming: 'none', outgoing: 'outlook', approved: true },
    ],
    ['defaults', [ruled(APPLY)], BOTH],
    ['keys beside them win', [ruled({ ...APPLY, outgoing: 'none' })], { ...BOTH, outgoing: 'none' }],
    [
      'keys beside them win in any order',
      [ruled({ outgoing: 'none', ...APPLY })],
      { ...BOTH, outgoing: 'none' },
    ],
    ['defaults of a later rule win', [ruled({ outgoing: 'none' }), ruled(APPLY)], BOTH],
    ['keys of a later rule win', [ruled(APPLY), ruled({ outgoing: 'none' })], { ...BOTH, outgoing: 'none' }],
    ['false withdraws them', [ruled(APPLY), item(WITHDRAW)], {}],
    [
      'false leaves what is written out',
      [ruled({ ...APPLY, outgoing: 'none' }), item(WITHDRAW)],
      { outgoing: 'none' },
    ],
    [
      'false uncovers what the defaults hid',
      [ruled({ outgoing: 'none' }), ruled(APPLY), item(WITHDRAW)],
      { outgoing: 'none' },
    ],
    ['false is weaker than a later true', [ruled(WITHDRAW), item(APPLY)], BOTH],
    ['false below, true above', [ruled({ ...APPLY }), ruled(WITHDRAW), item(APPLY)], BOTH],
  ])('%s', (_name, layers, expected) => expect(merged(layers)).toEqual(expected));

  it('keeps where a value and a default come from', () => {
    const layer = ruled({ ...APPLY, outgoing: 'none' }, 'a.yaml', 7);
    expect([...mergeLayers([layer], DEFAULTS).fields]).toEqual([
      ['incoming', { value: 'server-side-sync', source: at(7, 'a.yaml', 'r'), layer, byDefault: true }],
      ['outgoing', { value: 'none', source: at(7, 'a.yaml', 'r'), layer }],
    ]);
  });
});

describe('rules of different files', () => {
  const none = { incoming: 'none' };
  const outlook = { incoming: 'outlook' };
  it.each<[string, readonly Layer[], readonly string[]]>([
    ['agree', [ruled(none, 'a.yaml'), ruled(none, 'b.yaml')], []],
    ['set other fields', [ruled(none, 'a.yaml'), ruled({ outgoing: 'none' }, 'b.yaml')], []],
    ['disagree', [ruled(none, 'a.yaml'), ruled(outlook, 'b.yaml')], ['incoming']],
    ['of one file may differ', [ruled(none), ruled(outlook)], []],
    ['disagree, but the item settles it', [ruled(none, 'a.yaml'), ruled(outlook, 'b.yaml'), item(none)], []],
    ['agree in the end', [ruled(none, 'a.yaml'), ruled(outlook, 'b.yaml'), ruled(none, 'b.yaml')], []],
    ['disagree with defaults', [ruled(APPLY, 'a.yaml'), ruled({ outgoing: 'none' }, 'b.yaml')], ['outgoing']],
    [
      'disagree on the defaults themselves',
      [ruled(APPLY, 'a.yaml'), ruled(WITHDRAW, 'b.yaml')],
      ['applyDefaultEmailSettings'],
    ],
    [
      'disagree with defaults that the item withdraws',
      [ruled(APPLY, 'a.yaml'), ruled({ outgoing: 'none' }, 'b.yaml'), item(WITHDRAW)],
      [],
    ],
  ])('%s', (_name, layers, expected) => {
    const fields = (order: readonly Layer[]): readonly string[] =>
      mergeLayers(order, DEFAULTS).conflicts.map(({ field }) => field);
    expect(fields(layers)).toEqual(expected);
    // Between files there is no order.
    const files = [...layers].sort(
      (a, b) =>
        Number(a.rule === null) - Number(b.rule === null) || compareText(b.source.file, a.source.file),
    );
    expect(fields(files)).toEqual(expected);
  });

  it('names both', () => {
    const { conflicts } = mergeLayers([ruled(none, 'a.yaml', 3), ruled(outlook, 'b.yaml', 8)], DEFAULTS);
    expect(conflicts.map(({ first, second }) => [first.source, second.source])).toEqual([
      [at(3, 'a.yaml', 'r'), at(8, 'b.yaml', 'r')],
    ]);
  });
});

describe('a rule that may cover the mailbox or not', () => {
  const doubtful = (fields: Fields, file = 'a.yaml'): Layer => ({ ...ruled(fields, file), uncertain: true });

  it.each<[string, readonly Layer[], Fields]>([
    ['sets nothing', [doubtful({ incoming: 'none' })], {}],
    [
      'leaves open what it would set',
      [ruled({ incoming: 'none', outgoing: 'none' }), doubtful({ incoming: 'outlook' })],
      { outgoing: 'none' },
    ],
    [
      'does not touch what a later rule of its file sets',
      [doubtful({ incoming: 'outlook' }), ruled({ incoming: 'none' })],
      { incoming: 'none' },
    ],
    [
      'leaves open what a rule of another file sets before it',
      [ruled({ incoming: 'none' }, 'b.yaml'), doubtful({ incoming: 'outlook' })],
      {},
    ],
    [
      'leaves open what a rule of another file sets after it',
      [doubtful({ incoming: 'outlook' }), ruled({ incoming: 'none' }, 'b.yaml')],
      {},
    ],
    [
      'is settled in its own file alone',
      [
        doubtful({ incoming: 'outlook' }),
        doubtful({ incoming: 'outlook' }, 'b.yaml'),
        ruled({ incoming: 'none' }),
      ],
      {},
    ],
    [
      'is weaker than an item',
      [doubtful({ incoming: 'outlook' }), item({ incoming: 'none' })],
      { incoming: 'none' },
    ],
    ['leaves the defaults open', [ruled({ incoming: 'none' }), doubtful(APPLY)], {}],
    ['may withdraw the defaults', [ruled(APPLY), doubtful(WITHDRAW)], {}],
    [
      'says nothing of how the mailbox is managed',
      [ruled({ managed: false }), doubtful({ managed: true, incoming: 'none' })],
      { managed: false },
    ],
  ])('%s', (_name, layers, expected) => expect(merged(layers)).toEqual(expected));
});
