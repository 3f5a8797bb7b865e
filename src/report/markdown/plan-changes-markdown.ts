/** What a plan makes, alters, deletes and tests: equal changes of many resources are one entry, with what causes them. */

import type { Plan, PlanFieldChange, PlanStep } from '../../model/plan.generated.ts';
import {
  type ChangeGroups,
  heldFields,
  type Mark,
  planGroups,
  type ResourceChange,
  testBefore,
  testNotes,
} from '../plan-groups.ts';
import { causeText, sourcesOf } from '../reason-text.ts';
import { leftOut, lineList, section } from './blocks.ts';
import { code, prose } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { difference, diffFence, isLong, joined, namesOf, places, subject, value } from './words.ts';

export function changesPiece(plan: Plan, style: MarkdownStyle): Piece {
  return section('Changes', changeList(planGroups(plan).declared, style), 4);
}

/** What nobody declared for these mailboxes: the environment's ceiling takes their methods away. */
export function ceilingPiece(plan: Plan, style: MarkdownStyle): Piece {
  const list = changeList(planGroups(plan).capped, style);
  return section("Because of the environment's mail ceiling", list, 2);
}

export function changeList(groups: ChangeGroups, style: MarkdownStyle): Piece {
  return several(groups, (group) => changeEntry(group, style), { more: leftOut('changed') });
}

const WORDS: Readonly<Record<Mark, string>> = { '-': 'Delete', '+': 'Add', '~': 'Change' };

function changeEntry(group: readonly ResourceChange[], style: MarkdownStyle): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = group.map(({ address }) => address);
  const why = whyText(
    first.steps,
    group.flatMap(({ steps }) => steps),
    style,
  );
  const title = joined([subject(addresses, WORDS[first.mark]), why], ', ');
  return stacked([fixed(title), ...fieldPieces(first), namesOf(addresses)]);
}

/** The causes of one, which are those of all of the group, and where all of them are declared. */
function whyText(causes: readonly PlanStep[], declared: readonly PlanStep[], style: MarkdownStyle): string {
  const because = [...new Set(causes.map(causeText))].filter((text) => text !== '');
  const config = places(sourcesOf(declared, 'config'), style);
  const ceiling = places(sourcesOf(declared, 'ceiling'), style);
  return joined([...because.map(prose), config, ceiling === '' ? '' : `mail ceiling (${ceiling})`], '; ');
}

function fieldPieces(change: ResourceChange): readonly Piece[] {
  if (change.mark === '-') return lostPieces(change);
  const long = change.set.filter(({ from, to }) => isLong(from, to));
  const short = change.set.filter((one) => !long.includes(one));
  return [
    lineList(short.map((one) => fieldLine(one, change.mark))),
    ...long.map(({ field, from, to }) => fixed(`${code(field)}:\n\n${diffFence(from, to)}`)),
  ];
}

/** What nothing brings back. */
function lostPieces(change: ResourceChange): readonly Piece[] {
  const held = heldFields(change);
  if (held.length === 0) return [];
  return [fixed('Lost with it:'), lineList(held.map(({ field, from }) => `${code(field)}: ${value(from)}`))];
}

/** Of a new resource only what it will be. */
function fieldLine({ field, from, to, default: byDefault }: PlanFieldChange, mark: Mark): string {
  const text = mark === '+' ? `${code(field)}: ${value(to)}` : difference(field, from, to);
  return byDefault === true ? `${text} (default)` : text;
}

export function testsPiece(plan: Plan, style: MarkdownStyle): Piece {
  return section('Tests', testList(plan, style), 2);
}

export function testList(plan: Plan, style: MarkdownStyle): Piece {
  return several(planGroups(plan).tests, (group) => testEntry(group, style), { more: leftOut('tested') });
}

function testEntry(group: readonly PlanStep[], style: MarkdownStyle): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = group.map(({ address }) => address);
  const what = prose([testBefore(first), ...testNotes(first)].join('; '));
  const why = whyText([first], group, style);
  const text = `${subject(addresses, 'Test')}: ${joined([what, why], '; ')}`;
  return stacked([fixed(text), namesOf(addresses)]);
}
