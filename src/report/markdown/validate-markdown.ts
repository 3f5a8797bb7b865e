/** What is wrong with the files: errors first, those of one code together, each with its place and the way out. */

import type { Diagnostic, Severity } from '../../model/diagnostic.ts';
import type { Problems } from '../../model/validate.generated.ts';
import { groupBy } from '../group.ts';
import { printable } from '../printable.ts';
import { count } from '../text.ts';
import { leftOut, section } from './blocks.ts';
import { code, fence } from './escape.ts';
import { fitReport } from './fit-report.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { codeEntry } from './plan-warnings-markdown.ts';
import { BUDGET, fixed, type Piece, several } from './room.ts';

const TITLES: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Remarks' };
const SEVERITIES = Object.keys(TITLES) as readonly Severity[];
const EVERYTHING = '`mailboxctl validate --verbose` lists everything.';
/** Environments that the verdict names. */
const NAMED = 20;

export function validateMarkdown(document: Problems, style: MarkdownStyle = {}): string {
  const problems = printable(document);
  const pieces = [
    fixed(verdictText(problems)),
    fixed(fence('text', [countsLine(problems.diagnostics)])),
    ...SEVERITIES.map((severity) => severityPiece(severity, problems.diagnostics, style)),
  ];
  return fitReport(pieces, { budget: style.budget ?? BUDGET, everything: EVERYTHING });
}

function verdictText({ valid, environments, files, diagnostics }: Problems): string {
  const errors = numberOf('error', diagnostics);
  if (!valid) return `**The configuration is not valid**: ${count(errors, 'error')}.`;
  const named = environments.slice(0, NAMED).map(({ name, items }) => `${code(name)} (items: ${items})`);
  const rest = environments.length - named.length;
  const all = [...named, ...(rest > 0 ? [`${rest} others`] : [])].join(', ');
  return `**The configuration is valid.** Files: ${files.length}. Environments: ${all}.`;
}

/** As the text report says it. */
function countsLine(diagnostics: readonly Diagnostic[]): string {
  return `Errors: ${numberOf('error', diagnostics)}. Warnings: ${numberOf('warning', diagnostics)}.`;
}

function numberOf(severity: Severity, diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((found) => found.severity === severity).length;
}

function severityPiece(severity: Severity, diagnostics: readonly Diagnostic[], style: MarkdownStyle): Piece {
  const own = diagnostics.filter((found) => found.severity === severity);
  const groups = groupBy(own, ({ code: name }) => name);
  const entry = (group: readonly Diagnostic[]): Piece => codeEntry(group.map(flat), style);
  const list = several(groups, entry, { more: leftOut(severity === 'info' ? 'remarks' : `${severity}s`) });
  return section(TITLES[severity], list, severity === 'error' ? 4 : 1);
}

/** As plans hold them. */
function flat({ source, ...rest }: Diagnostic): Parameters<typeof codeEntry>[0][number] {
  return { ...rest, file: source?.file ?? null, line: source?.line ?? null, column: source?.column ?? null };
}
