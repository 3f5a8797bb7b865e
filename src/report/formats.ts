/** Which verb is rendered how: one line a verb, one renderer a format. */

import type { Doctor } from '../model/doctor.generated.ts';
import type { Drift } from '../model/drift.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Status } from '../model/status.generated.ts';
import type { ApplyReport } from './apply-report.ts';
import { applyText } from './apply-text.ts';
import { doctorText } from './doctor-text.ts';
import { driftText } from './drift-text.ts';
import { jsonText } from './json.ts';
import { planText } from './plan-text.ts';
import { statusText } from './status-text.ts';
import type { Style } from './style.ts';

export interface Documents {
  readonly plan: Plan;
  readonly apply: ApplyReport;
  readonly drift: Drift;
  readonly status: Status;
  readonly doctor: Doctor;
}

export type ReportVerb = keyof Documents;
export type Format = 'text' | 'json';
export type Renderer<T> = (document: T, style: Style) => string;

type Formats = {
  readonly [Verb in ReportVerb]: { readonly [Name in Format]?: Renderer<Documents[Verb]> };
};

export const FORMATS: Formats = {
  plan: { text: planText, json: jsonText },
  apply: { text: applyText, json: jsonText },
  drift: { text: driftText, json: jsonText },
  status: { text: statusText, json: jsonText },
  doctor: { text: doctorText, json: jsonText },
};

/** The renderer of a format; `undefined` where the verb has no such format. */
export function rendererOf<Verb extends ReportVerb>(
  verb: Verb,
  format: string,
): Renderer<Documents[Verb]> | undefined {
  const renderers: Readonly<Record<string, Renderer<Documents[Verb]> | undefined>> = FORMATS[verb];
  return Object.hasOwn(renderers, format) ? renderers[format] : undefined;
}

/** Names for `--format`, in the order of the help. */
export function formatsOf(verb: ReportVerb): readonly string[] {
  return Object.keys(FORMATS[verb]);
}
