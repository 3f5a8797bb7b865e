/** Steps that were not applied, and what to do about them; equal ones of many resources are one entry. */

import type { Outcome } from '../../model/outcome.ts';
import { givenUp, type Settled, skippedGroups, troubleGroups, troubleTexts } from '../apply-groups.ts';
import type { ApplyReport } from '../apply-report.ts';
import { limited } from '../group.ts';
import { nameLines, shortName, subject } from '../names.ts';
import type { Style } from '../style.ts';
import { words } from '../value-text.ts';
import { DETAIL, detail, entry, type Lines, more, section } from './page.ts';

/** Failures are what the report is read for: more of them than of anything else. */
const FAILURES_SHOWN = 20;

export function failedSection(settled: readonly Settled[], style: Style): Lines {
  return troubleSection('Failed', 'failed', settled, style.colors.red, style);
}

export function unknownSection(settled: readonly Settled[], style: Style): Lines {
  return troubleSection('Unknown', 'unknown', settled, style.colors.yellow, style);
}

export function givenUpSection(report: ApplyReport, settled: readonly Settled[], style: Style): Lines {
  const left = givenUp(report, settled);
  return troubleSection('Handed off during this run', 'handed-off', left, style.colors.yellow, style);
}

function troubleSection(
  title: string,
  kind: 'failed' | 'unknown' | 'handed-off',
  settled: readonly Settled[],
  colour: (text: string) => string,
  style: Style,
): Lines {
  const { shown, rest } = limited(troubleGroups(kind, settled), style, FAILURES_SHOWN);
  const told = new Set<string>();
  const lines = shown.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const body = firstTime(troubleTexts(first.outcome), first.outcome, told).flatMap((text) =>
      detail(text, style),
    );
    const addresses = group.map(({ step }) => step.address);
    return [...heading(colour(first.step.verb), addresses, style), ...body];
  });
  return section(title, [...lines, ...more(rest.flat().length, words(kind), style)], style);
}

/** What the service said is told each time, advice that was given above is not repeated. */
function firstTime(texts: readonly string[], { message }: Outcome, told: Set<string>): readonly string[] {
  const fresh = texts.filter((text) => text === message || !told.has(text));
  for (const text of texts) told.add(text);
  return fresh.length > 0 ? fresh : texts.slice(0, 1);
}

export function skippedSection(settled: readonly Settled[], style: Style): Lines {
  const { shown, rest } = limited(skippedGroups(settled), style);
  const lines = shown.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const addresses = group.map(({ address }) => address);
    return [...heading(style.colors.yellow(first.verbs), addresses, style), ...detail(first.behind, style)];
  });
  return section('Skipped', [...lines, ...more(rest.flat().length, 'skipped', style)], style);
}

function heading(lead: string, addresses: readonly string[], style: Style): Lines {
  return [
    ...entry(lead, style.colors.bold(subject(addresses)), style),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL, style) : []),
  ];
}
