/** Which annotations a client asked for with `Prefer: odata.include-annotations`. */

import type { Annotator } from './format-value.ts';
import type { Annotations } from './render-row.ts';

/** Reads the preference's value: `*`, or a comma list of names with wildcards. */
export function parseAnnotations(preference: string | null): Annotations {
  if (preference === null) return 'none';
  const patterns = preference
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
  if (patterns.length === 0) return 'none';
  return patterns.length === 1 && patterns[0] === '*' ? 'all' : patterns;
}

/** Null when nothing is asked for; else a test for an annotation's name. */
export function annotationFilter(annotations: Annotations): Annotator | null {
  if (annotations === 'none') return null;
  if (annotations === 'all') return () => true;
  const patterns = annotations.map((pattern) => compilePattern(pattern));
  const answers = new Map<string, boolean>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const answer = isIncluded(name, patterns);
    answers.set(name, answer);
    return answer;
  };
}

interface AnnotationPattern {
  readonly excludes: boolean;
  readonly length: number;
  readonly matches: (name: string) => boolean;
}

/** The most specific pattern decides; a leading minus excludes (OData 4.0 Protocol, "Preference odata.include-annotations"). */
function isIncluded(name: string, patterns: readonly AnnotationPattern[]): boolean {
  let best: AnnotationPattern | undefined;
  for (const pattern of patterns) {
    if (!pattern.matches(name) || (best !== undefined && best.length > pattern.length)) continue;
    best = pattern;
  }
  return best !== undefined && !best.excludes;
}

function compilePattern(text: string): AnnotationPattern {
  const excludes = text.startsWith('-');
  const pattern = (excludes ? text.slice(1) : text).toLowerCase();
  const { length } = pattern;
  if (!pattern.endsWith('*')) return { excludes, length, matches: (name) => name.toLowerCase() === pattern };
  const prefix = pattern.slice(0, -1);
  return { excludes, length, matches: (name) => name.toLowerCase().startsWith(prefix) };
}
