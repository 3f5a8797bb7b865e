/**
 * Rules of an overlay over those of the base, by name. A match is merged key by key; `match: null` takes the rule out
 * of this environment. A rule keeps its place among the rules of its file, since their order is meaning.
 */

import type { DeclaredRule, Match } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { mergeFields } from './merge-fields.ts';
import { type OverlayFile, writtenBy } from './overlay-file.ts';
import { keysInVain, ruleInVain } from './overlay-problems.ts';
import { isWithin, type NullKey, type WrittenKeys } from './written-keys.ts';

interface MergedRules {
  readonly rules: readonly DeclaredRule[];
  readonly diagnostics: readonly Diagnostic[];
}

export function mergeRules(base: readonly DeclaredRule[], overlay: OverlayFile): MergedRules {
  const known = new Map(base.map((rule) => [foldText(rule.name), rule]));
  const changed = new Map<DeclaredRule, DeclaredRule | null>();
  const added: DeclaredRule[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const rule of overlay.items.rules) {
    const found = known.get(foldText(rule.name));
    const written = writtenBy(rule, overlay);
    if (found === undefined && !written.values.some((path) => isWithin(path, 'match'))) {
      diagnostics.push(ruleInVain(rule, base));
      continue;
    }
    const merged = found === undefined ? { rule, missed: written.nulls } : mergeRule(found, rule, written);
    if (found !== undefined) changed.set(found, merged.rule);
    else added.push(rule);
    const label = `rule "${rule.name}": `;
    diagnostics.push(...keysInVain(null, merged.missed, found?.fields ?? null, overlay.source, label));
  }
  const kept = base.map((rule) => changed.get(rule) ?? (changed.has(rule) ? null : rule));
  return { rules: [...kept.filter((rule) => rule !== null), ...added], diagnostics };
}

/** `null`: the rule is taken out. */
function mergeRule(
  base: DeclaredRule,
  own: DeclaredRule,
  written: WrittenKeys,
): { readonly rule: DeclaredRule | null; readonly missed: readonly NullKey[] } {
  const ofFields = { ...written, nulls: written.nulls.filter(({ path }) => !isOfRule(path)) };
  const { fields, missed } = mergeFields('mailbox', base.fields, own.fields, ofFields);
  const takenBack = new Set(written.nulls.map(({ path }) => path));
  if (takenBack.has('match')) return { rule: null, missed };
  const replaced = (path: string): boolean => written.values.includes(path);
  return {
    rule: {
      ...base,
      fields,
      match: mergeMatch(base.match, own.match, takenBack),
      include: replaced('match.include') ? own.include : takenBack.has('match.include') ? [] : base.include,
      except: replaced('except') ? own.except : takenBack.has('except') ? [] : base.except,
    },
    missed: [...written.nulls.filter(({ path }) => isOfRule(path) && !has(base, path)), ...missed],
  };
}

function mergeMatch(base: Match, own: Match, takenBack: ReadonlySet<string>): Match {
  const keys = Object.entries({ ...base, ...own }).filter(([key]) => !takenBack.has(`match.${key}`));
  return Object.fromEntries(keys);
}

/** Keys that say whom the rule covers; the others are fields. */
function isOfRule(path: string): boolean {
  return isWithin(path, 'match') || path === 'except';
}

function has({ match, include, except }: DeclaredRule, path: string): boolean {
  if (path === 'match') return true;
  if (path === 'except') return except.length > 0;
  return path === 'match.include' ? include.length > 0 : path.slice('match.'.length) in match;
}
