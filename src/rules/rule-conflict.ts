/**
 * Rules that cover the same mailboxes: those of one file are ordered, those of different files may not disagree.
 * Shown where the files alone prove it; other overlaps need the environment.
 */

import type { Declared, DeclaredRule } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { equal } from '../model/value.ts';
import { coversRule } from './coverage.ts';
import { type Declarations, found, lineOf } from './rule.ts';

interface Disagreement {
  readonly key: string;
  readonly field: Declared;
  readonly other: Declared;
}

/** No service code: which of two rules wins is this tool's own matter. */
export function rulesAgree({ rules }: Declarations): readonly Diagnostic[] {
  return rules.flatMap((rule, index) =>
    rules
      .slice(0, index)
      .filter((earlier) => earlier.source.file !== rule.source.file)
      .flatMap((earlier) => conflicts(rule, earlier)),
  );
}

function conflicts(rule: DeclaredRule, earlier: DeclaredRule): readonly Diagnostic[] {
  const differing = disagreements(rule, earlier);
  if (differing.length === 0 || !(coversRule(rule, earlier) || coversRule(earlier, rule))) return [];
  return differing.map(({ key, field, other }) =>
    found('error', 'rule-conflict', {
      source: field.source,
      message: `rule "${rule.name}" and rule "${earlier.name}" (${lineOf(other.source)}) cover the same mailboxes and disagree on ${key}`,
      hint: 'Put both rules into one file, where the later one wins, or make their matches differ.',
    }),
  );
}

/** No service code: a rule above its exception is heard, one below its exception drowns it. */
export function rulesTakeEffect({ rules }: Declarations): readonly Diagnostic[] {
  return rules.flatMap((rule, index) => {
    for (const later of rules.slice(index + 1)) {
      if (later.source.file !== rule.source.file) continue;
      const differing = disagreements(rule, later);
      const [first] = differing;
      if (first !== undefined && coversRule(later, rule)) return [overridden(rule, later, differing, first)];
    }
    return [];
  });
}

function overridden(
  rule: DeclaredRule,
  later: DeclaredRule,
  differing: readonly Disagreement[],
  { field }: Disagreement,
): Diagnostic {
  const keys = differing.map(({ key }) => key).join(', ');
  return found('error', 'rule-without-effect', {
    source: field.source,
    message: `rule "${rule.name}" has no effect on ${keys}: rule "${later.name}" (${lineOf(later.source)}) comes after it, covers every mailbox of it, and sets ${keys} otherwise`,
    hint: `The later rule of a file wins. Move rule "${rule.name}" below rule "${later.name}".`,
  });
}

function disagreements(rule: DeclaredRule, other: DeclaredRule): readonly Disagreement[] {
  return [...rule.fields].flatMap(([key, field]) => {
    const theirs = other.fields.get(key);
    return theirs === undefined || equal(field.value, theirs.value) ? [] : [{ key, field, other: theirs }];
  });
}
