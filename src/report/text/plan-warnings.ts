/** The diagnostics of a plan, those of one code together; what findings say already is left out. */

import type { Plan, PlanDiagnostic } from '../../model/plan.generated.ts';
import { linked } from '../code-link.ts';
import { groupBy, limited } from '../group.ts';
import type { Style } from '../style.ts';
import { detail, entry, type Lines, more, section } from './page.ts';

const SHOWN_OF_A_CODE = 3;
const CODES_SHOWN = 12;
const SEVERITIES: readonly PlanDiagnostic['severity'][] = ['error', 'warning', 'info'];
const SAID_BY_FINDINGS: readonly string[] = ['item-missing', 'item-ambiguous'];

/** Those that no finding says already, the most severe first. */
export function toldDiagnostics({ diagnostics, findings }: Plan): readonly PlanDiagnostic[] {
  const found = new Set(findings.map(({ address }) => address));
  return diagnostics
    .filter(
      ({ code, address }) => !(SAID_BY_FINDINGS.includes(code) && address !== null && found.has(address)),
    )
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

export function warningsSection(plan: Plan, style: Style): Lines {
  const { shown, rest } = limited(
    groupBy(toldDiagnostics(plan), ({ code }) => code),
    style,
    CODES_SHOWN,
  );
  const lines = shown.flatMap((group) => codeLines(group, style));
  return section('Warnings', [...lines, ...more(rest.flat().length, 'warnings', style)], style);
}

function codeLines(group: readonly PlanDiagnostic[], style: Style): Lines {
  const { shown, rest } = limited(group, style, SHOWN_OF_A_CODE);
  return [
    ...shown.flatMap((diagnostic) => diagnosticLines(diagnostic, style)),
    ...more(rest.length, `of ${group[0]?.code ?? ''}`, style),
  ];
}

function diagnosticLines(
  { code, severity, address, file, line, column, message, hint }: PlanDiagnostic,
  style: Style,
): Lines {
  const { colors } = style;
  const lead =
    severity === 'error' ? colors.red(severity) : severity === 'warning' ? colors.yellow(severity) : severity;
  const place = file === null ? '' : `${[file, line, column].filter((part) => part !== null).join(':')}  `;
  const about = address === null || message.includes(address) ? '' : `${colors.bold(address)}  `;
  return [
    ...entry(lead, `${about}${message}`, style),
    ...(hint === null ? [] : detail(hint, style)),
    ...detail(colors.dim(`${place}${linked(code, style)}`), style),
  ];
}
