/** Reports for people, as the command line prints them; plain, and as wide as a page, unless something else is asked for. */

import { createColors } from 'picocolors';
import type { ApplyResult } from '../apply/apply.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Drift } from '../model/drift.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import { countOutcomes } from '../report/count-outcomes.ts';
import type { Style } from '../report/style.ts';
import { applyText } from '../report/text/apply-text.ts';
import { diagnosticsText } from '../report/text/diagnostics-text.ts';
import { driftText } from '../report/text/drift-text.ts';
import { planText } from '../report/text/plan-text.ts';

export interface ReportOptions {
  /** Columns of the page; 80 when absent. */
  readonly width?: number;
  /** Colour codes for a terminal; none when absent. */
  readonly color?: boolean;
  /** List everything instead of the first few of each. */
  readonly verbose?: boolean;
}

export function planReport(plan: Plan, options?: ReportOptions): string {
  return planText(plan, styleOf(options));
}

/** What became of an applied plan: what went well is a number, what did not is told in full. */
export function applyReport(plan: Plan, { outcomes }: ApplyResult, options?: ReportOptions): string {
  return applyText({ plan, outcomes, counts: countOutcomes(plan, outcomes) }, styleOf(options));
}

export function driftReport(drift: Drift, options?: ReportOptions): string {
  return driftText(drift, styleOf(options));
}

export function diagnosticsReport(diagnostics: readonly Diagnostic[], options?: ReportOptions): string {
  return diagnosticsText(diagnostics, styleOf(options));
}

function styleOf({ width = 80, color = false, verbose = false }: ReportOptions = {}): Style {
  return { colors: createColors(color), width, unicode: true, verbose };
}
