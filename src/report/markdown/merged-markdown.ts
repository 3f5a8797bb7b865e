/**
 * Several environments as a job's summary or a comment: the verdict, what has no result, a table of what each came to,
 * then what they have in common and who lags behind whom.
 */

import type {
  Merged,
  MergedFieldChange,
  MergedGroup,
  MergedLag,
  MergedPart,
  MergedResult,
} from '../../model/report.generated.ts';
import { isUnknown, type Value } from '../../model/value.ts';
import {
  absences,
  addressesOf,
  beforeText,
  DUPLICATES_TITLE,
  GROUP_SECTIONS,
  GROUP_TITLES,
  type GroupSection,
  groupsIn,
  itemsOf,
  kindsText,
  LAG_BASIS,
  mergedLine,
  numbersText,
  problemsOf,
  statesText,
  whatText,
} from '../merged-words.ts';
import { countResources } from '../names.ts';
import { printable } from '../printable.ts';
import { count, thousands } from '../text.ts';
import { timeText } from '../time-text.ts';
import { leftOut, lineList, nameList, section, tableHead, tableRow } from './blocks.ts';
import { code, fence, prose } from './escape.ts';
import { fitReport, leastBytes } from './fit-report.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { accessPiece, reviewPiece } from './merged-review-markdown.ts';
import { BUDGET, fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { beforeAfter, capital, codeName, joined, name, places, sentence, value } from './words.ts';

export function mergedMarkdown(document: Merged, style: MarkdownStyle = {}): string {
  const merged = printable(document);
  const absent = absences(merged);
  const others = [
    reviewPiece(merged, style),
    ...GROUP_SECTIONS.map((which) => groupsPiece(which, merged, { absent, style })),
    lagsPiece(merged),
    duplicatePiece(merged),
  ];
  const pieces = (access: Piece, isWhole: boolean): readonly Piece[] => [
    headPiece(merged, isWhole),
    missingPiece(merged),
    resultsPiece(merged),
    access,
    ...others,
  ];
  const everything = `${code('mailboxctl report --merge --verbose')} with the same files lists everything.`;
  const limits = { budget: style.budget ?? BUDGET, everything };
  // Who is given access has the room before everything else.
  const access = accessPiece(merged);
  const whole = pieces(fixed(access.full), true);
  const hasRoom = leastBytes(whole, limits) <= limits.budget;
  return fitReport(hasRoom ? whole : pieces(access, false), limits);
}

function headPiece(merged: Merged, namesAll: boolean): Piece {
  const { as_of } = merged;
  const unnamed =
    '**Not all e-mail addresses that are given access have room here**; the report of each plan names them.';
  return fixed(
    joined(
      [
        joined([verdictText(merged), namesAll ? '' : unnamed], ' '),
        fence('text', [mergedLine(merged)]),
        as_of === null ? '' : `${capital(kindsText(merged))}, the oldest as of ${timeText(as_of)}`,
      ],
      '\n\n',
    ),
  );
}

function verdictText(merged: Merged): string {
  const { environments, results, clean, problems, without_result } = merged.summary;
  const silent = problems + without_result;
  const parts = [
    `**${count(environments, 'environment')}**:`,
    results === 0
      ? 'no results.'
      : clean === results
        ? 'all clean.'
        : `${thousands(results - clean)} of ${count(results, 'result')} not clean (${statesText(merged)}).`,
    silent === 0 ? '' : `**Without a result: ${thousands(silent)}.**`,
  ];
  return joined(parts, ' ');
}

function missingPiece(merged: Merged): Piece {
  const lines = [
    ...problemsOf(merged).missing.map(({ file, message }) => `${code(file)} ${sentence(prose(message))}`),
    ...merged.without_result.map(
      ({ environment, purpose, url }) => `${code(environment)} has no result (${purpose}, ${code(url)}).`,
    ),
  ];
  return section('Without a result', lines.length === 0 ? NOTHING : lineList(lines), 4);
}

function duplicatePiece(merged: Merged): Piece {
  const lines = problemsOf(merged).duplicates.map(
    ({ file, message }) => `${code(file)} ${sentence(prose(message))}`,
  );
  return section(DUPLICATES_TITLE, lines.length === 0 ? NOTHING : lineList(lines), 4);
}

function resultsPiece({ results }: Merged): Piece {
  if (results.length === 0) return NOTHING;
  const head = tableHead(['environment', 'result', 'state', 'what']);
  // What is left out is a row, too: a line behind a table would be one of its rows.
  const more = (rest: number): string => tableRow([`… and ${thousands(rest)} more`, '', '', '']);
  const rows = several(results, (result) => fixed(resultRow(result)), { more, gap: '\n' });
  return section('Environments', stacked([fixed(head), rows], '\n'), 6);
}

function resultRow(result: MergedResult): string {
  const { label, kind, state, guards } = result;
  const refused = guards.length === 0 ? '' : `refused by ${guards.map(codeName).join(', ')}`;
  const isQuiet = state === 'clean' || state === 'waiting' || state === 'changes';
  return tableRow([
    code(label),
    kind,
    isQuiet ? state : `**${state}**`,
    joined([refused, numbersText(result)], '; '),
  ]);
}

const WEIGHTS: Readonly<Record<GroupSection, number>> = { apply: 4, drift: 3, status: 2, plan: 4, due: 1 };

interface Around {
  readonly absent: (group: MergedGroup) => readonly string[];
  readonly style: MarkdownStyle;
}

function groupsPiece(which: GroupSection, merged: Merged, around: Around): Piece {
  const list = several(groupsIn(which, merged), (group) => groupPiece(group, around), {
    more: leftOut('groups'),
    size: () => 1,
  });
  return section(GROUP_TITLES[which], list, WEIGHTS[which]);
}

function groupPiece(group: MergedGroup, { absent, style }: Around): Piece {
  const addresses = addressesOf(group);
  const [only] = addresses;
  const whose = addresses.length === 1 && only !== undefined ? code(only) : countResources(addresses);
  const declared = places(group.sources, style);
  return stacked([
    fixed(`**${capital(prose(whatText(group)))}**: ${whose}`),
    group.what === 'delete' ? NOTHING : lineList(group.set.map((change) => changeLine(change, group))),
    group.message === null ? NOTHING : fixed(sentence(prose(group.message))),
    declared === '' ? NOTHING : fixed(`Declared by ${declared}`),
    ...wherePieces(group, addresses.length > 1, absent(group)),
  ]);
}

/** Environments that stand in one line. */
const FEW = 6;

function wherePieces(
  { environments, parts }: MergedGroup,
  isOfMany: boolean,
  others: readonly string[],
): readonly Piece[] {
  if (parts.length === 1 && environments.length <= FEW && others.length <= FEW) {
    const absent = others.length === 0 ? '' : `; not in ${others.map(code).join(', ')}`;
    const where = fixed(`In ${environments.map(code).join(', ')}${absent}`);
    return [where, isOfMany ? nameList((parts[0]?.addresses ?? []).map(name)) : NOTHING];
  }
  const more = leftOut('parts');
  return [
    several(parts, (part) => partPiece(part, isOfMany), { more, size: () => 1 }),
    others.length === 0 ? NOTHING : stacked([fixed('Not in'), nameList(others.map(code))], ' '),
  ];
}

/** Whether it is a value that stands in the environment now. */
function isPlain(from: Value): boolean {
  return from !== null && !isUnknown(from);
}

/** Characters of a value that are shown here. */
const LONGEST = 200;

/** A long text is told by its beginning: line by line stands in the report of the environment. */
function changeLine(change: MergedFieldChange, group: MergedGroup): string {
  const { field, from, to, for: vouched } = change;
  const shown = (what: MergedFieldChange['to']): string =>
    value(typeof what === 'string' && what.length > LONGEST ? `${what.slice(0, LONGEST)}…` : what);
  if (group.kind === 'drift') return `${code(field)} is ${shown(from)}, and should be ${shown(to)}`;
  // What an earlier step leaves open is told in words of ours.
  const before = isPlain(from) ? shown(from) : prose(beforeText(change, group));
  const text = group.what === 'create' ? shown(to) : beforeAfter(before, shown(to));
  return `${code(field)}: ${text}${vouched === undefined ? '' : ` for ${code(vouched)}`}`;
}

function partPiece({ environments, addresses }: MergedPart, isOneOfMany: boolean): Piece {
  const where = stacked([fixed('In'), nameList(environments.map(code))], ' ');
  return isOneOfMany ? stacked([where, nameList(addresses.map(name))]) : where;
}

function lagsPiece({ lags }: Merged): Piece {
  if (lags.length === 0) return NOTHING;
  const list = several(lags, lagPiece, { more: leftOut('such'), size: () => 1 });
  return section('Behind', stacked([list, fixed(LAG_BASIS)]), 3);
}

function lagPiece(lag: MergedLag): Piece {
  return stacked([
    stacked([fixed('**Behind:**'), nameList(lag.behind.map(code))], ' '),
    stacked([fixed('Ahead:'), nameList(lag.ahead.map(code))], ' '),
    lineList(itemsOf(lag).map(itemLine)),
  ]);
}

function itemLine(changes: MergedLag['changes']): string {
  const values = changes.map(({ field, value: wanted }) => `${code(field)} ${value(wanted)}`);
  const left = Math.max(...changes.map((change) => change.left));
  return `${itemName(changes[0]?.item ?? '')}: ${values.join(', ')} (${thousands(left)} left)`;
}

function itemName(item: string): string {
  const [, rule] = /^rule:(.+)$/su.exec(item) ?? [];
  return rule === undefined ? code(item) : `rule ${code(rule)}`;
}
