/** What a plan comes to, counted: steps, methods, approvals, the results that its tests start from, warnings. */

import type { Plan, PlanStep } from '../../model/plan.generated.ts';
import { isTestResults } from '../../model/value.ts';
import { codeLink } from '../code-link.ts';
import { isApproval } from '../plan-groups.ts';
import { toldDiagnostics } from '../text/plan-warnings.ts';
import { directionWord, valueText, words } from '../value-text.ts';
import type { Bar, Chart, Tone } from './page-model.ts';
import { verbTone } from './plan-change-sections.ts';
import { countChart } from './rows.ts';

const METHODS: readonly string[] = ['incoming', 'outgoing', 'appointmentsContactsTasks'];

export function planCharts(plan: Plan): readonly Chart[] {
  const { steps } = plan;
  return [
    ...countChart(
      'Steps',
      steps.map(({ verb }) => ({ label: words(verb), tone: verbTone(verb) })),
    ),
    ...countChart('Methods', steps.flatMap(methodChanges)),
    ...countChart('Approval', approvals(plan)),
    ...resultChart(steps),
    ...countChart(
      'Warnings by code',
      toldDiagnostics(plan).map(({ code, severity }) => ({
        label: code,
        tone: severity === 'error' ? 'bad' : 'warn',
        href: codeLink(code),
      })),
    ),
  ];
}

/** What is deleted has no method any more. */
function methodChanges({ address, set, verb }: PlanStep): readonly { readonly label: string }[] {
  if (verb === 'delete' || !address.startsWith('mailbox:')) return [];
  return set
    .filter(({ field }) => METHODS.includes(field))
    .map(({ field, from, to }) => ({
      label: `${directionWord(field)}: ${valueText(from)} → ${valueText(to)}`,
    }));
}

function approvals({ steps, held_back }: Plan): readonly { readonly label: string; readonly tone: Tone }[] {
  const planned = steps.filter(({ verb }) => isApproval(verb));
  return [
    ...planned.map(({ verb, hand_off }): { readonly label: string; readonly tone: Tone } => {
      if (verb === 'reject') return { label: 'rejected', tone: 'bad' };
      return hand_off === true
        ? { label: 'approved by a person', tone: 'warn' }
        : { label: 'approved by this plan', tone: 'good' };
    }),
    ...held_back
      .filter(({ verb }) => verb === 'approve')
      .map(() => ({ label: 'approval held back', tone: 'quiet' as const })),
  ];
}

const RESULTS: readonly (readonly [result: string, tone: Tone])[] = [
  ['failure', 'bad'],
  ['not-run', 'quiet'],
  ['success', 'good'],
];

/** What the mailboxes that are tested bring with them, direction by direction. */
function resultChart(steps: readonly PlanStep[]): readonly Chart[] {
  const before = steps.flatMap(({ verb, set }) => {
    const from = set[0]?.from;
    return verb === 'test' && isTestResults(from) ? [from] : [];
  });
  const bars = METHODS.flatMap((direction): readonly Bar[] => {
    const own = before.flatMap((results) => Object.entries(results).filter(([name]) => name === direction));
    if (own.length === 0) return [];
    const parts = RESULTS.map(([result, tone]) => ({
      label: words(result),
      value: own.filter(([, found]) => found === result).length,
      tone,
    }));
    const others = own.length - parts.reduce((sum, { value }) => sum + value, 0);
    return [
      {
        label: directionWord(direction),
        parts: others === 0 ? parts : [...parts, { label: 'other', value: others, tone: 'warn' }],
      },
    ];
  });
  return bars.length === 0 ? [] : [{ title: 'Last results of what is tested', bars }];
}
