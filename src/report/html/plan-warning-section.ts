/** The diagnostics of a plan, each with its place and a link to what its code means. */

import type { Plan, PlanDiagnostic, PlanSource } from '../../model/plan.generated.ts';
import { canonical } from '../../model/value.ts';
import { codeLink } from '../code-link.ts';
import { groupBy } from '../group.ts';
import { sourcesText } from '../reason-text.ts';
import { toldDiagnostics } from '../text/plan-warnings.ts';
import type { Row, Section, Tone } from './page-model.ts';
import { badge, declared, member, names, text } from './rows.ts';

const SEVERITIES: readonly PlanDiagnostic['severity'][] = ['error', 'warning', 'info'];
const TONES: Readonly<Record<PlanDiagnostic['severity'], Tone>> = {
  error: 'bad',
  warning: 'warn',
  info: 'info',
};

export function warningSection(plan: Plan): Section {
  return {
    id: 'warnings',
    title: 'Warnings',
    layout: 'table',
    columns: [
      { title: 'Severity and code', size: 'words' },
      { title: 'About' },
      { title: 'What it says', size: 'wide' },
      { title: 'Place' },
    ],
    rows: groupBy(toldDiagnostics(plan), groupKey).map(warningRow),
  };
}

/** Those that say the same of many resources; what is about none stands for itself. */
function groupKey({ code: name, severity, address, message, hint, file, line }: PlanDiagnostic): string {
  const own = address === null ? [message, file, line] : [message.replaceAll(address, '')];
  return canonical([name, severity, hint, address === null, own]);
}

function warningRow(group: readonly PlanDiagnostic[]): Row {
  const [first] = group;
  if (first === undefined) return { cells: [], facets: {} };
  const { code: name, severity, address, message, hint } = first;
  const members = group.flatMap((one) =>
    one.address === null ? [] : [member(one.address, group.length > 1 ? { source: placeText(one) } : {})],
  );
  const said = address === null ? message : message.replaceAll(address, '').trim();
  return {
    cells: [
      badge(severity, TONES[severity], {
        extra: name,
        href: codeLink(name),
        rank: SEVERITIES.indexOf(severity),
      }),

      members.length === 0 ? text() : names(members),
      text(members.length > 1 ? said : message, hint),
      declared(sourcesText(group.flatMap(sourceOf))),
    ],
    facets: { class: name, state: severity },
  };
}

function sourceOf({ file, line, column }: PlanDiagnostic): readonly PlanSource[] {
  return file === null || line === null ? [] : [{ file, line, column: column ?? 1 }];
}

function placeText(diagnostic: PlanDiagnostic): string {
  return sourcesText(sourceOf(diagnostic));
}
