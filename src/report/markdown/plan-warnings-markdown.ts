/** The diagnostics of a plan or of files: those of one code together, each with its place and the way out. */

import type { Plan, PlanDiagnostic } from '../../model/plan.generated.ts';
import { groupBy } from '../group.ts';
import { toldDiagnostics } from '../text/plan-warnings.ts';
import { count } from '../text.ts';
import { leftOut, lineList, section } from './blocks.ts';
import { code, prose } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { codeName, joined, places, sentence } from './words.ts';

export function warningsPiece(plan: Plan, style: MarkdownStyle): Piece {
  const groups = groupBy(toldDiagnostics(plan), ({ code: name }) => name);
  const list = several(groups, (group) => codeEntry(group, style), { more: leftOut('warnings') });
  return section('Warnings', list);
}

/** Of one code that are shown before the others are folded. */
const FEW = 5;

export function codeEntry(group: readonly PlanDiagnostic[], style: MarkdownStyle): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const title = `${codeName(first.code)}, ${count(group.length, first.severity, `${first.severity}s`)}:`;
  const lines = group.map((diagnostic) => diagnosticLine(diagnostic, style));
  return stacked([fixed(title), lineList(lines, FEW)]);
}

function diagnosticLine(diagnostic: PlanDiagnostic, style: MarkdownStyle): string {
  const { address, file, line, column, message, hint } = diagnostic;
  const place =
    file === null ? '' : line === null ? code(file) : places([{ file, line, column: column ?? 1 }], style);
  const about = address === null || message.includes(address) ? '' : code(address);
  const said = joined([about, sentence(prose(message))], ': ');
  return joined([said, hint === null ? '' : sentence(prose(hint)), place], ' ');
}
