/** A plan as a page for the person who decides, in that person's order. */

import type { Plan } from '../../model/plan.generated.ts';
import { leftLine, planLine, waitingLines } from '../last-lines.ts';
import { accepting, applyCommand, savedBy } from '../markdown/commands.ts';
import type { MarkdownStyle } from '../markdown/markdown-style.ts';
import { basisTexts } from '../plan-basis.ts';
import { notApplyableText, refusingGuards } from '../plan-notices.ts';
import { printable } from '../printable.ts';
import { count } from '../text.ts';
import { durationText, timeText } from '../time-text.ts';
import { htmlPage } from './html-page.tsx';
import type { Closing, Page, Tile, Verdict } from './page-model.ts';
import { baseSections } from './plan-base-sections.ts';
import { changeSections } from './plan-change-sections.ts';
import { planCharts } from './plan-charts.ts';
import { leftSections } from './plan-left-sections.ts';
import { guardSection, noticeSection } from './plan-risk-sections.ts';
import { warningSection } from './plan-warning-section.ts';
import { filled, notSeenSection } from './rows.ts';

export function planHtml(document: Plan, style: MarkdownStyle = {}): string {
  return htmlPage(planPage(printable(document), style));
}

export function planPage(plan: Plan, style: MarkdownStyle = {}): Page {
  const { handoffs, changes, capped, pending, tests } = changeSections(plan);
  const { held, findings, deferred } = leftSections(plan);
  const sections = filled([
    guardSection(plan),
    noticeSection(plan),
    handoffs,
    ...baseSections(plan),
    changes,
    capped,
    tests,
    pending,
    held,
    findings,
    deferred,
    notSeenSection(plan.not_seen),
    warningSection(plan),
  ]);
  return {
    title: 'Plan for',
    environment: plan.environment.name,
    url: plan.environment.url,
    facts: [`as of ${timeText(plan.as_of)}`, `mailboxctl ${plan.tool_version}`],
    verdict: verdictOf(plan),
    tiles: tilesOf(plan),
    charts: planCharts(plan),
    main: (sections.find(({ id }) => id === 'changes') ?? sections[0])?.id ?? 'closing',
    facets: [
      { key: 'class', title: 'Class' },
      { key: 'kind', title: 'Kind' },
      { key: 'state', title: 'State' },
      { key: 'cause', title: 'Cause' },
    ],
    sections,
    closing: closingOf(plan, style),
  };
}

function verdictOf(plan: Plan): Verdict {
  const basis = basisTexts(plan);
  const lines = [...basis, planLine(plan), ...leftLine(plan), ...waitingLines(plan.handoffs)];
  const refused = refusingGuards(plan);
  if (refused.length > 0) {
    const guards = `${count(refused.length, 'guard')}: ${refused.join(', ')}`;
    return { tone: 'bad', text: `This plan cannot be applied. Refused by ${guards}.`, lines };
  }
  if (!plan.applyable) return { tone: 'bad', text: notApplyableText(plan), lines };
  if (plan.steps.length === 0) {
    const isOpen = basis.length + plan.held_back.length + plan.findings.length + plan.deferred.length > 0;
    return { tone: isOpen ? 'warn' : 'good', text: 'There is nothing to apply.', lines };
  }
  const isCareful =
    basis.length > 0 || plan.risks.length > 0 || plan.handoffs.length > 0 || plan.findings.length > 0;
  return { tone: isCareful ? 'warn' : 'good', text: 'This plan can be applied.', lines };
}

function tilesOf({ summary, handoffs, held_back, deferred, findings }: Plan): readonly Tile[] {
  const { add, change, destroy, approve, test } = summary;
  const resources = (items: readonly { readonly address: string }[]): number =>
    new Set(items.map(({ address }) => address)).size;
  return [
    { label: 'to add', value: add, tone: 'good' },
    { label: 'to change', value: change, tone: 'info' },
    { label: 'to destroy', value: destroy, tone: 'bad' },
    { label: 'approvals', value: approve, tone: 'info' },
    { label: 'tests', value: test, tone: 'info' },
    { label: 'for a person', value: handoffs.length, tone: 'warn', filter: state('handed off') },
    { label: 'held back', value: resources(held_back), tone: 'warn', filter: state('held back') },
    { label: 'deferred', value: resources(deferred), tone: 'quiet', filter: state('deferred') },
    {
      label: 'missing or ambiguous',
      value: findings.length,
      tone: 'bad',
      filter: { facet: 'class', value: 'finding' },
    },
  ];
}

function state(value: string): NonNullable<Tile['filter']> {
  return { facet: 'state', value };
}

function closingOf(plan: Plan, style: MarkdownStyle): Closing {
  const { environment, forecast, plan_digest, config_digest, steps, timestamp } = plan;
  const { requests, messages, seconds } = forecast;
  const parts = [durationText(seconds), count(requests, 'request'), count(messages, 'test message')];
  const guards = refusingGuards(plan);
  const saved = savedBy(style) === '' ? '' : ` "${savedBy(style)}" saves it.`;
  const command = applyCommand(plan, style);
  const told = plan.applyable
    ? [`This applies the plan of this page and no other: apply refuses any other digest.${saved}`]
    : ['Apply refuses this plan as it is.'];
  const canBeTried = steps.length > 0 && plan.applyable;
  return {
    title: steps.length === 0 ? 'Digests' : 'Cost, and how to apply it',
    lines: steps.length === 0 ? [] : [`About ${parts.join(', ')}.`, ...told],
    command: canBeTried ? command : null,
    ...(canBeTried && guards.length > 0
      ? {
          accept: {
            lead: 'A guard refuses it: this ends with exit code 5. To accept the risks:',
            command: accepting(command, guards),
          },
        }
      : {}),
    facts: [
      { label: 'Plan', text: plan_digest },
      { label: 'Configuration', text: config_digest },
      ...(plan.base === undefined ? [] : [{ label: 'Compared with', text: plan.base.config_digest }]),
      { label: 'Organization', text: environment.organization_id },
      { label: 'Made', text: timeText(timestamp) },
    ],
  };
}
