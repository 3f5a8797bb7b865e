/** What a plan leaves to a person, to a later run, or to nobody, and why. */

import type { Plan, PlanFinding } from '../../model/plan.generated.ts';
import { limited } from '../group.ts';
import { nameLines, shortName, subject } from '../names.ts';
import {
  type Due,
  deferredGroups,
  HANDOFF_WHEN,
  HANDOFF_WHY,
  handoffGroups,
  heldGroups,
  isNamedByAddress,
  type WaitingGroup,
} from '../plan-left-groups.ts';
import { sourcesText } from '../reason-text.ts';
import type { Style } from '../style.ts';
import { commandLines, DETAIL, detail, entry, type Lines, labelled, more, section } from './page.ts';
import { VOUCHED_LINES } from './plan-actions.ts';

export function handoffSection(plan: Plan, style: Style): Lines {
  const groups = handoffGroups(plan);
  const { shown, rest } = limited(groups, style);
  const lines = shown.flatMap((group) => handoffLines(group, style));
  return section('For a person to do', [...lines, ...more(rest.flat().length, 'to do', style)], style);
}

function dueName(due: Due): string {
  const name = shortName(due.address);
  return isNamedByAddress(due) ? name : `${name} (${due.emailAddress})`;
}

function handoffLines(group: readonly Due[], style: Style): Lines {
  const [first] = group;
  if (first === undefined) return [];
  const { colors } = style;
  const { handoff, verb, emailAddress } = first;
  const name = colors.bold(subject(group.map(({ address }) => address)));
  const vouched = group.length === 1 && emailAddress !== null && verb !== 'approval-policy';
  const rows = [
    { label: 'why    ', text: HANDOFF_WHY[handoff.why] },
    { label: 'who    ', text: handoff.who.join(', or ') },
    { label: 'where  ', text: handoff.where },
    { label: 'when   ', text: HANDOFF_WHEN },
  ];
  return [
    ...entry(colors.cyan(verb), vouched ? `${name}  for ${emailAddress}` : name, style),
    ...(group.length > 1 ? nameLines(group.map(dueName), DETAIL, style, VOUCHED_LINES) : []),
    ...labelled(rows, DETAIL, style),
    ...commandLines('command', handoff.command, style),
  ];
}

/** `approved`: what a run has approved since; it waits for nobody any more. */
export function heldBackSection(plan: Plan, style: Style, approved: readonly string[] = []): Lines {
  const { shown, rest } = limited(heldGroups(plan, approved), style);
  const left = rest.reduce((sum, { addresses }) => sum + addresses.length, 0);
  const lines = shown.flatMap((group) => waitingLines(group, style));
  return section('Held back', [...lines, ...more(left, 'held back', style)], style);
}

export function deferredSection(plan: Plan, style: Style): Lines {
  const lines = deferredGroups(plan).flatMap((group) => waitingLines(group, style));
  return section('Deferred', lines, style);
}

function waitingLines({ addresses, verbs, why, until }: WaitingGroup, style: Style): Lines {
  return [
    ...entry(style.colors.cyan(verbs), style.colors.bold(subject(addresses)), style),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
    ...detail(why, style),
    ...(until === '' ? [] : detail(until, style)),
  ];
}

export function findingsSection({ findings }: Plan, style: Style): Lines {
  const { shown, rest } = limited(findings, style);
  const lines = [
    ...shown.flatMap((finding) => findingLines(finding, style)),
    ...more(rest.length, 'missing or ambiguous', style),
  ];
  return section('Missing or ambiguous', lines, style);
}

function findingLines(
  { kind, address, source, message, hint, candidates }: PlanFinding,
  style: Style,
): Lines {
  return [
    ...entry(style.colors.red(kind), style.colors.bold(address), style),
    ...detail(message, style),
    ...(hint === null ? [] : detail(hint, style)),
    ...(candidates.length === 0 ? [] : detail(`candidates: ${candidates.join(', ')}`, style)),
    ...detail(style.colors.dim(sourcesText([source])), style),
  ];
}
