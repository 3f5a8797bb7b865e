/** A plan as a page for the person who decides: what could hurt first, then what changes, what does not, and the sum. */

import type { Plan } from '../model/plan.generated.ts';
import { planLine, waitingLine } from './last-lines.ts';
import { notSeenSection } from './not-seen-text.ts';
import { type Lines, page } from './page.ts';
import { approvalsSection, testsSection } from './plan-actions.ts';
import { changesSection } from './plan-changes.ts';
import { deferredSection, findingsSection, handoffSection, heldBackSection } from './plan-left.ts';
import { riskSection } from './plan-risks.ts';
import { warningsSection } from './plan-warnings.ts';
import { printable } from './printable.ts';
import type { Style } from './style.ts';
import { count, wrap } from './text.ts';
import { durationText, timeText } from './time-text.ts';

export function planText(document: Plan, style: Style): string {
  const plan = printable(document);
  return page([
    headLines('Plan for', plan, style),
    riskSection(plan, style),
    changesSection(plan, style),
    approvalsSection(plan, style),
    testsSection(plan, style),
    handoffSection(plan, style),
    heldBackSection(plan, style),
    deferredSection(plan, style),
    findingsSection(plan, style),
    notSeenSection(plan.not_seen, style),
    warningsSection(plan, style),
    forecastLines(plan, style),
    lastLines(plan, style),
  ]);
}

interface Headed {
  readonly as_of: string;
  readonly environment: { readonly name: string; readonly url: string };
}

/** Which environment, and how fresh: the same first lines in every report. */
export function headLines(title: string, { environment, as_of }: Headed, style: Style): Lines {
  const { colors, width } = style;
  return [
    ...wrap(`${title} ${colors.bold(environment.name)}  ${environment.url}`, { width, indent: 0 }),
    colors.dim(`as of ${timeText(as_of)}`),
  ];
}

function forecastLines({ steps, forecast, plan_digest }: Plan, { width, colors }: Style): Lines {
  if (steps.length === 0) return [];
  const { seconds, requests, messages } = forecast;
  const parts = [durationText(seconds), count(requests, 'request'), count(messages, 'test message')];
  return [
    ...wrap(`About ${parts.join(', ')}.`, { width, indent: 0 }),
    ...wrap(colors.dim(`Digest: ${plan_digest}`), { width, indent: 0 }),
  ];
}

function lastLines(plan: Plan, { colors }: Style): Lines {
  return [colors.bold(planLine(plan)), ...waitingLine(plan.handoffs.length)];
}
