/** The Prefer header: which preferences the service knows, and what it says it applied. */

import { type Annotations, parseAnnotations } from '../odata/index.ts';

export interface Preferences {
  readonly representation: boolean;
  readonly annotations: Annotations;
  /** As written, to echo it. */
  readonly annotationText: string | null;
  readonly maxPageSize: number | null;
  readonly continueOnError: boolean;
  readonly trackChanges: boolean;
}

export function readPreferences(headers: Headers): Preferences {
  const prefer = headers.get('prefer') ?? '';
  const annotationText = /odata\.include-annotations\s*=\s*("([^"]*)"|[^,;\s]+)/i.exec(prefer);
  const annotations = annotationText?.[2] ?? annotationText?.[1] ?? null;
  const size = /odata\.maxpagesize\s*=\s*"?(\d+)/i.exec(prefer)?.[1];
  return {
    representation: /return\s*=\s*representation/i.test(prefer),
    annotations: parseAnnotations(annotations),
    annotationText: annotations,
    maxPageSize: size === undefined ? null : Number(size),
    continueOnError: /odata\.continue-on-error/i.test(prefer),
    trackChanges: /odata\.track-changes/i.test(prefer),
  };
}

export function appliedHeader(applied: readonly (string | false | null)[]): Readonly<Record<string, string>> {
  const names = applied.filter((name): name is string => typeof name === 'string');
  return names.length === 0 ? {} : { 'Preference-Applied': names.join(',') };
}

export function annotationsApplied({ annotationText }: Preferences): string | null {
  return annotationText === null ? null : `odata.include-annotations="${annotationText}"`;
}

export function sizeApplied({ maxPageSize }: Preferences): string | null {
  return maxPageSize === null ? null : `odata.maxpagesize=${maxPageSize}`;
}
