/** A plan as a page for the person who decides: what could hurt first, then what changes, what does not, and the sum. */

import type { Plan } from '../../model/plan.generated.ts';
import { dueBefore, ofRequest } from '../base-groups.ts';
import { leftLine, planLine, waitingLines } from '../last-lines.ts';
import { notSeenSection } from '../not-seen-text.ts';
import { basisTexts } from '../plan-basis.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import { count, wrap } from '../text.ts';
import { durationText, timeText } from '../time-text.ts';
import { fittingPage, type Lines, searched } from './page.ts';
import { approvalsSection, testsSection } from './plan-actions.ts';
import { dueSection, requestSection } from './plan-base.ts';
import { ceilingSection, changesSection } from './plan-changes.ts';
import { deferredSection, findingsSection, handoffSection, heldBackSection } from './plan-left.ts';
import { riskSection } from './plan-risks.ts';
import { warningsSection } from './plan-warnings.ts';

export function planText(document: Plan, style: Style): string {
  const plan = printable(document);
  const parts: Record<Part, Plan> = { whole: plan, request: ofRequest(plan), due: dueBefore(plan) };
  const sections = SECTIONS.map(({ write, of = 'whole', ...how }) => ({
    ...how,
    write: (fitted: Style): Lines => write(parts[of], fitted),
  }));
  return fittingPage(sections, style);
}

/** Of a plan that was compared with a base: this request's own steps, and those that were due before it. */
type Part = 'whole' | 'request' | 'due';

interface PlanSection {
  readonly write: (plan: Plan, style: Style) => Lines;
  readonly weight?: number;
  readonly of?: Part;
}

/**
 * In the order of the page: what could hurt, what happens, what does not, what there is to say, the sum. What changes
 * is shortened last, what is only said first.
 */
const SECTIONS: readonly PlanSection[] = [
  { write: (plan, style) => [...headLines('Plan for', plan, style), ...basisLines(plan, style)] },
  { write: riskSection, weight: 3 },
  { write: requestSection, weight: 3 },
  { write: changesSection, weight: 3, of: 'request' },
  { write: ceilingSection, weight: 2, of: 'request' },
  { write: approvalsSection, weight: 2, of: 'request' },
  { write: testsSection, of: 'request' },
  { write: dueSection, of: 'due' },
  { write: handoffSection, weight: 2 },
  { write: heldBackSection },
  { write: deferredSection },
  { write: findingsSection, weight: 2 },
  { write: ({ not_seen }, style) => notSeenSection(not_seen, style) },
  { write: warningsSection },
  { write: forecastLines },
  { write: lastLines },
];

interface Headed {
  readonly as_of: string;
  /** Of what was carried out, and when. */
  readonly applied_at?: string | undefined;
  readonly environment: { readonly name: string; readonly url: string };
}

/** Which environment, and how fresh: the same first lines in every report. */
export function headLines(title: string, { environment, as_of, applied_at }: Headed, style: Style): Lines {
  const { colors, width } = style;
  const fresh =
    applied_at === undefined
      ? `as of ${timeText(as_of)}`
      : `plan as of ${timeText(as_of)}, applied ${timeText(applied_at)}`;
  return [
    ...wrap(`${title} ${colors.bold(environment.name)}  ${environment.url}`, { width, indent: 0 }),
    ...wrap(colors.dim(fresh), { width, indent: 0 }),
  ];
}

function basisLines(plan: Plan, { colors, width }: Style): Lines {
  return basisTexts(plan).flatMap((text) => wrap(colors.yellow(text), { width, indent: 0 }));
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

function lastLines(plan: Plan, style: Style): Lines {
  const { colors } = style;
  return searched([colors.bold(planLine(plan)), ...leftLine(plan), ...waitingLines(plan.handoffs)], style);
}
