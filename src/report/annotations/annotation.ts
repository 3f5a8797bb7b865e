/**
 * What a document says about a resource, or about itself, with the line of the files behind it: what code scanning and
 * annotations of pull requests are made from. Knows no format.
 */

import { compareText } from '../../model/value.ts';
import { groupBy } from '../group.ts';
import { words } from '../value-text.ts';

/** The worst first. */
export const LEVELS = ['error', 'warning', 'note'] as const;
export type Level = (typeof LEVELS)[number];

/** What findings of one kind have in common. */
export interface Rule {
  /** A code alone is not one: a guard and a diagnostic may have the same. */
  readonly id: string;
  /** Under which it is explained; `null` where there is nothing to explain. */
  readonly code: string | null;
  readonly title: string;
  /** What it means, and what to do about it whatever the finding. */
  readonly help: string;
}

/** In the project's folder. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
}

export interface Annotation {
  readonly level: Level;
  readonly rule: Rule;
  /** `null`: of the document as a whole. */
  readonly address: string | null;
  /** The field, or the verb of the step, that it is about. */
  readonly part: string | null;
  /** The lines behind it, the one to look at first; none where nothing declares it. */
  readonly places: readonly Place[];
  /** What was found; without the address, unless the words came with it. */
  readonly text: string;
  readonly hint: string | null;
  /** Since when and by whom. Findings that differ in nothing else are told together. */
  readonly detail: string | null;
}

/** The same of many resources at one line. */
export interface Annotations {
  readonly first: Annotation;
  readonly addresses: readonly string[];
  readonly details: readonly string[];
}

/** The worst first; else in the order in which they came. */
export function worstFirst(annotations: readonly Annotation[]): readonly Annotation[] {
  return annotations.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

export function together(annotations: readonly Annotation[]): readonly Annotations[] {
  const key = ({ level, rule, part, places, text, hint }: Annotation): string =>
    JSON.stringify([level, rule.id, part, places[0] ?? null, text, hint]);
  return groupBy(annotations, key).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const addresses = [...new Set(group.flatMap(({ address }) => address ?? []))];
    const details = [...new Set(group.flatMap(({ detail }) => detail ?? []))];
    return [{ first, addresses, details }];
  });
}

/** "not-approved" as the beginning of a sentence. */
export function titleOf(code: string): string {
  const text = words(code);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function inReadingOrder(places: readonly Place[]): readonly Place[] {
  const byLine = groupBy(places, ({ file, line }) => `${file}\n${line}`).flatMap(([first]) => first ?? []);
  return byLine.toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line);
}
