/** What a plan leaves undone: held back, missing or ambiguous, deferred. */

import type { Plan, PlanFinding } from '../../model/plan.generated.ts';
import { codeLink } from '../code-link.ts';
import { deferredGroups, heldGroups, type WaitingGroup } from '../plan-left-groups.ts';
import { sourcesText } from '../reason-text.ts';
import type { Column, Row, Section, Tone } from './page-model.ts';
import { badge, declared, member, names, text } from './rows.ts';

interface LeftSections {
  readonly held: Section;
  readonly findings: Section;
  readonly deferred: Section;
}

const COLUMNS: readonly Column[] = [
  { title: 'Step', size: 'narrow' },
  { title: 'Resource' },
  { title: 'Why', size: 'wide' },
];

export function leftSections(plan: Plan): LeftSections {
  return {
    held: {
      id: 'held-back',
      title: 'Held back',
      layout: 'table',
      columns: COLUMNS,
      rows: heldGroups(plan).map((group) => waitingRow(group, 'held back', 'warn')),
    },
    findings: {
      id: 'findings',
      title: 'Missing or ambiguous',
      layout: 'table',
      columns: [
        { title: 'Finding', size: 'words' },
        { title: 'Resource' },
        { title: 'What to do', size: 'wide' },
        { title: 'Declared at' },
      ],
      rows: plan.findings.map(findingRow),
    },
    deferred: {
      id: 'deferred',
      title: 'Deferred',
      layout: 'table',
      columns: COLUMNS,
      rows: deferredGroups(plan).map((group) => waitingRow(group, 'deferred', 'quiet')),
    },
  };
}

function waitingRow({ addresses, verbs, why, until }: WaitingGroup, state: string, tone: Tone): Row {
  return {
    cells: [badge(verbs, tone), names(addresses.map((address) => member(address))), text(why, until)],
    facets: { class: verbs, state },
  };
}

function findingRow({ kind, address, source, message, hint, candidates }: PlanFinding): Row {
  const others = candidates.length === 0 ? null : `candidates: ${candidates.join(', ')}`;
  return {
    cells: [
      badge(kind, 'bad', { extra: `item-${kind}`, href: codeLink(`item-${kind}`) }),
      names([member(address)]),
      text(message, hint, others),
      declared(sourcesText([source])),
    ],
    facets: { class: 'finding', state: kind },
  };
}
