import { describe, expect, it } from 'vitest';
import { richPlan } from '../../fixtures/plans.ts';
import type { Section } from '../page-model.ts';
import { planPage } from '../plan-html.ts';
import { member, names, text } from '../rows.ts';
import { countAll, countItems, EVERYTHING, hitsOf, inOrder } from './match.ts';

function section(...rows: readonly Section['rows'][number][]): Section {
  return { id: 'x', title: 'X', layout: 'table', columns: [], rows };
}

const TEAM = names(['alice', 'bob', 'carol'].map((name) => member(`mailbox:user/${name}@contoso.com`)));
const MIXED = names([member('mailbox:user/alice@contoso.com'), member('mailbox:queue/Support')]);

describe('hitsOf', () => {
  it.each([
    ['nothing', '', ['alice', 'bob', 'carol']],
    ['a word of the row', 'outlook', ['alice', 'bob', 'carol']],
    ['a name', 'BOB', ['bob']],
    ['a word of the row and a name', 'outlook carol', ['carol']],
    ['words that no name and its row hold together', 'outlook dave', []],
  ])('by %s', (_, query, found) => {
    const own = section({ cells: [TEAM, text('outlook → none')], facets: {} });
    const members = hitsOf(own, { query, facets: {} }).flatMap((hit) => hit.members ?? []);
    expect(members.map(({ name }) => name.replace('@contoso.com', ''))).toEqual(found);
  });

  it('finds composed and decomposed letters alike', () => {
    const own = section({ cells: [text('Zo\u00eb')], facets: {} });
    expect(hitsOf(own, { query: 'zoe\u0308', facets: {} })).toHaveLength(1);
  });

  it('takes the kind of each name, not of the row', () => {
    const own = section({ cells: [MIXED], facets: { class: 'edit' } });
    const hits = hitsOf(own, { query: '', facets: { class: 'edit', kind: 'queue mailbox' } });
    expect([hits.flatMap(({ members }) => members?.map(({ name }) => name)), countItems(own, hits)]).toEqual([
      ['queue/Support'],
      1,
    ]);
    expect(hitsOf(own, { query: '', facets: { kind: 'server profile' } })).toEqual([]);
  });

  it('leaves nothing out of a whole plan when nothing is asked', () => {
    for (const own of planPage(richPlan()).sections)
      expect([own.id, countItems(own, hitsOf(own, EVERYTHING))]).toEqual([own.id, countAll(own)]);
  });
});

describe('inOrder', () => {
  const own = section(...['b:10', 'b:9', '', 'a:1'].map((place) => ({ cells: [text(place)], facets: {} })));
  const sorted = (descending: boolean): readonly unknown[] =>
    inOrder(hitsOf(own, EVERYTHING), { column: 0, descending }).map(({ row }) => row.cells[0]);

  it('counts numbers as numbers, and leaves the empty ones last', () => {
    expect(sorted(false)).toEqual([text('a:1'), text('b:9'), text('b:10'), text('')]);
    expect(sorted(true)).toEqual([text('b:10'), text('b:9'), text('a:1'), text('')]);
  });
});
