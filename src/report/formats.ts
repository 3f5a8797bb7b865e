/**
 * Which verb is rendered in which forms: one line a verb, one renderer a form. A renderer is loaded when it is asked
 * for, since start-up is part of speed.
 */

import type { Doctor } from '../model/doctor.generated.ts';
import type { Drift } from '../model/drift.generated.ts';
import type { Environments } from '../model/environments.generated.ts';
import { jsonPieces } from '../model/json-pieces.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Merged } from '../model/report.generated.ts';
import type { Status } from '../model/status.generated.ts';
import type { Problems } from '../model/validate.generated.ts';
import type { ApplyReport } from './apply-report.ts';
import type { Style } from './style.ts';

export interface Documents {
  readonly validate: Problems;
  readonly plan: Plan;
  readonly apply: ApplyReport;
  readonly drift: Drift;
  readonly status: Status;
  readonly doctor: Doctor;
  readonly environments: Environments;
  /** Of several environments. */
  readonly report: Merged;
}

export type ReportVerb = keyof Documents;
export const FORMAT_NAMES = ['text', 'json', 'markdown', 'html', 'sarif', 'junit', 'github'] as const;
export type Format = (typeof FORMAT_NAMES)[number];
/** In pieces where it may be large. */
export type Renderer<T> = (document: T, style: Style) => string | Iterable<string>;
type Loader<T> = () => Promise<Renderer<T>>;

/** Documents as they are, for programs: nothing shortened and nothing replaced. */
const json = async (): Promise<Renderer<object>> => jsonPieces;

const FORMATS: {
  readonly [Verb in ReportVerb]: { readonly [Name in Format]?: Loader<Documents[Verb]> };
} = {
  validate: {
    text: async () => (await import('./text/validate-text.ts')).validateText,
    json,
    markdown: async () => (await import('./markdown/validate-markdown.ts')).validateMarkdown,
    sarif: async () => (await import('./sarif.ts')).validateSarif,
    junit: async () => (await import('./junit/validate-junit.ts')).validateJunit,
    github: async () => (await import('./github.ts')).validateGithub,
  },
  plan: {
    text: async () => (await import('./text/plan-text.ts')).planText,
    json,
    markdown: async () => (await import('./markdown/plan-markdown.ts')).planMarkdown,
    html: async () => (await import('./html/plan-html.ts')).planHtml,
    sarif: async () => (await import('./sarif.ts')).planSarif,
    junit: async () => (await import('./junit/plan-junit.ts')).planJunit,
    github: async () => (await import('./github.ts')).planGithub,
  },
  apply: {
    text: async () => (await import('./text/apply-text.ts')).applyText,
    json,
    markdown: async () => (await import('./markdown/apply-markdown.ts')).applyMarkdown,
    junit: async () => (await import('./junit/apply-junit.ts')).applyJunit,
    github: async () => (await import('./github.ts')).applyGithub,
  },
  drift: {
    text: async () => (await import('./text/drift-text.ts')).driftText,
    json,
    markdown: async () => (await import('./markdown/drift-markdown.ts')).driftMarkdown,
    html: async () => (await import('./html/drift-html.ts')).driftHtml,
    sarif: async () => (await import('./sarif.ts')).driftSarif,
    junit: async () => (await import('./junit/drift-junit.ts')).driftJunit,
    github: async () => (await import('./github.ts')).driftGithub,
  },
  status: {
    text: async () => (await import('./text/status-text.ts')).statusText,
    json,
    markdown: async () => (await import('./markdown/status-markdown.ts')).statusMarkdown,
    html: async () => (await import('./html/status-html.ts')).statusHtml,
    junit: async () => (await import('./junit/status-junit.ts')).statusJunit,
  },
  doctor: {
    text: async () => (await import('./text/doctor-text.ts')).doctorText,
    json,
  },
  environments: {
    text: async () => (await import('./text/environments-text.ts')).environmentsText,
    json,
  },
  report: {
    text: async () => (await import('./text/merged-text.ts')).mergedText,
    json,
    markdown: async () => (await import('./markdown/merged-markdown.ts')).mergedMarkdown,
    html: async () => (await import('./html/merged-html.ts')).mergedHtml,
  },
};

export const REPORT_VERBS = Object.keys(FORMATS) as readonly ReportVerb[];

/** The renderer of a form; `undefined` where the verb has no such form. */
export async function rendererOf<Verb extends ReportVerb>(
  verb: Verb,
  format: string,
): Promise<Renderer<Documents[Verb]> | undefined> {
  const loaders: Readonly<Record<string, Loader<Documents[Verb]> | undefined>> = FORMATS[verb];
  return Object.hasOwn(loaders, format) ? loaders[format]?.() : undefined;
}

/** Names for `--format`, in the order of the help. */
export function formatsOf(verb: ReportVerb): readonly string[] {
  return Object.keys(FORMATS[verb]);
}

/** Names of the forms of any verb. */
export function allFormats(): readonly string[] {
  return [...new Set(Object.values(FORMATS).flatMap((loaders) => Object.keys(loaders)))];
}
