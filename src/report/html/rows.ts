/** Cells that pages of several documents have in common. */

import picocolors from 'picocolors';
import { parseAddress } from '../../model/address.ts';
import type { PlanFieldChange, PlanNotSeen } from '../../model/plan.generated.ts';
import type { Value } from '../../model/value.ts';
import { groupBy } from '../group.ts';
import { countResources, shortName } from '../names.ts';
import { NOT_SEEN_MEANING, notSeenWhat, notSeenWhy } from '../not-seen-text.ts';
import type { Style } from '../style.ts';
import { isLongText, textDiff } from '../text-diff.ts';
import { valueText } from '../value-text.ts';
import type {
  Bar,
  Cell,
  Chart,
  FieldDiff,
  Member,
  NamesCell,
  Section,
  TextCell,
  Tone,
} from './page-model.ts';

const KINDS: Readonly<Record<string, string>> = {
  profile: 'server profile',
  settings: 'e-mail settings',
  user: 'user mailbox',
  queue: 'queue mailbox',
  forward: 'forward mailbox',
};

export function kindText(address: string): string {
  const parsed = parseAddress(address);
  return parsed === null ? 'other' : (KINDS[parsed.sort ?? parsed.kind] ?? parsed.kind);
}

export function member(address: string, more: Partial<Pick<Member, 'note' | 'source'>> = {}): Member {
  const { note, source } = more;
  return {
    address,
    name: shortName(address),
    kind: kindText(address),
    ...(note === undefined || note === '' ? {} : { note }),
    ...(source === undefined || source === '' ? {} : { source }),
  };
}

/** A place that all of them have in common is said once. */
export function names(members: readonly Member[]): NamesCell {
  const title = countResources(members.map(({ address }) => address));
  const source = members[0]?.source;
  if (source === undefined || members.some((one) => one.source !== source))
    return { is: 'names', title, members };
  return { is: 'names', title, source, members: members.map(({ source: _, ...one }) => one) };
}

export function text(...lines: readonly (string | null | undefined)[]): TextCell {
  return {
    is: 'text',
    lines: lines.filter((line): line is string => typeof line === 'string' && line !== ''),
  };
}

/** Where it is declared, and why. */
export function declared(places: string, ...lines: readonly string[]): TextCell {
  return places === '' ? text(...lines) : { ...text(...lines), places };
}

export function badge(
  word: string,
  tone: Tone,
  more: { href?: string; extra?: string; rank?: number } = {},
): Cell {
  return { is: 'badge', text: word, tone, ...more };
}

/** Lines of a text whose width the page decides. */
const PLAIN: Style = { colors: picocolors.createColors(false), width: 100_000, unicode: true };

interface Difference {
  readonly field: string;
  readonly from: Value;
  readonly to: Value;
  readonly default?: boolean;
}

export function fieldDiff({ field, from, to, ...change }: Difference, source = ''): FieldDiff {
  const isLong = isLongText(from) || isLongText(to);
  return {
    field,
    from: valueText(from),
    to: valueText(to),
    ...(change.default === true ? { note: '(default)' } : {}),
    ...(source === '' ? {} : { source }),
    ...(isLong ? { text: textDiff(from, to, 0, PLAIN) } : {}),
  };
}

/** Of what is new only what it will be, of what is deleted only what it was. */
export function oneSided(change: PlanFieldChange, side: 'from' | 'to', source = ''): FieldDiff {
  const { text: _, ...diff } = fieldDiff(change, source);
  return side === 'from' ? { ...diff, to: null } : { ...diff, from: null };
}

export function notSeenSection(notSeen: readonly PlanNotSeen[]): Section {
  return {
    id: 'not-seen',
    title: 'Not seen',
    note: NOT_SEEN_MEANING,
    layout: 'list',
    columns: [{ title: 'What' }, { title: 'Why', size: 'wide' }],
    rows: notSeen.map((one) => ({
      cells: [text(notSeenWhat(one)), text(notSeenWhy(one))],
      facets: { state: 'not seen' },
    })),
  };
}

/** Bars that a chart shows; the others are counted in a line. */
const BARS = 7;

interface Counted {
  readonly label: string;
  readonly tone?: Tone;
  readonly href?: string;
  readonly by?: number;
}

/** Equal labels counted, the most first; nothing where there is nothing to count. */
export function countChart(title: string, items: readonly Counted[]): readonly Chart[] {
  const groups = groupBy(items, ({ label }) => label)
    .map((group) => ({ group, value: group.reduce((sum, { by = 1 }) => sum + by, 0) }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value);
  const bars = groups.slice(0, BARS).flatMap(({ group: [first], value }): readonly Bar[] => {
    if (first === undefined) return [];
    const { label, tone = 'info', href } = first;
    return [{ label, ...(href === undefined ? {} : { href }), parts: [{ label: '', value, tone }] }];
  });
  const rest = groups.length - bars.length;
  if (bars.length === 0) return [];
  return [{ title, bars, ...(rest > 0 ? { rest: `and ${rest} more` } : {}) }];
}

/** Sections that have something to say. */
export function filled(sections: readonly Section[]): readonly Section[] {
  return sections.filter(({ rows }) => rows.length > 0);
}
