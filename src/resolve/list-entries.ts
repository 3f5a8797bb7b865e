/** Lines of list files that name no mailbox of the environment: somebody left, or it is a slip. */

import type { DeclaredRule, ListEntry, Match } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';
import { type Identity, namesOf } from './identity.ts';
import { listEntryMatchesNothing } from './resolve-diagnostics.ts';

/** Each line once, however many rules name its file. */
export function idleListEntries(
  rules: readonly DeclaredRule[],
  identities: () => readonly Identity[],
  { notSeen }: Snapshot,
): readonly Diagnostic[] {
  const entries = new Map<string, ListEntry>();
  for (const match of rules.flatMap(matchesOf)) {
    for (const entry of match.in ?? []) entries.set(`${entry.source.file}:${entry.source.line}`, entry);
  }
  if (entries.size === 0 || notSeen.some(({ kind }) => kind === 'mailbox')) return [];
  const known = new Set(identities().flatMap(namesOf));
  return [...entries.values()].filter(({ text }) => !known.has(foldText(text))).map(listEntryMatchesNothing);
}

function matchesOf({ match, except }: DeclaredRule): readonly Match[] {
  return [match, ...except.filter((entry): entry is Match => typeof entry !== 'string')];
}
