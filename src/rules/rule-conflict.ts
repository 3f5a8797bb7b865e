/** Rules of one file are ordered, rules of different files are not: they may not disagree. */

import type { DeclaredRule } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { canonical, equal, foldText } from '../model/value.ts';
import { type Declarations, found, lineOf } from './rule.ts';

/** Shown where the files alone prove it: the same match. Other overlaps need the environment. */
export function rulesAgree({ rules }: Declarations): readonly Diagnostic[] {
  const byMatch = new Map<string, DeclaredRule[]>();
  for (const rule of rules) {
    const key = matchKey(rule);
    byMatch.set(key, [...(byMatch.get(key) ?? []), rule]);
  }
  return [...byMatch.values()].flatMap((same) =>
    same.flatMap((rule, index) => same.slice(0, index).flatMap((earlier) => conflicts(rule, earlier))),
  );
}

function conflicts(rule: DeclaredRule, earlier: DeclaredRule): readonly Diagnostic[] {
  if (rule.source.file === earlier.source.file) return [];
  return [...rule.fields].flatMap(([key, { value, source }]) => {
    const other = earlier.fields.get(key);
    if (other === undefined || equal(value, other.value)) return [];
    return [
      found('error', 'rule-conflict', {
        source,
        message: `rule "${rule.name}" and rule "${earlier.name}" (${lineOf(other.source)}) cover the same mailboxes and disagree on ${key}`,
        hint: 'Put both rules into one file, where the later one wins, or make their matches differ.',
      }),
    ];
  });
}

function matchKey({ match, include }: DeclaredRule): string {
  const sorted = (texts: readonly string[] | undefined): readonly string[] =>
    [...(texts ?? [])].map(foldText).sort();
  return canonical([sorted(match.mailboxOf), sorted(match.emailAddress), sorted(include)]);
}
