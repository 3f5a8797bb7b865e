/** `checks:` of one file: the best-practice checks that it switches off. */

import type { CheckSwitchedOff } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { lineOf } from '../rules/rule.ts';
import { placeOf, type SourceText } from './source-text.ts';
import { member, type Node, textOf } from './tree.ts';

export function readChecks(tree: Node, source: SourceText): readonly CheckSwitchedOff[] {
  const node = member(tree, 'checks');
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([id, { keyAt, value }]) => {
    const reason = textOf(member(value, 'off'));
    return reason === undefined ? [] : [{ id, reason, source: placeOf(source, keyAt) }];
  });
}

/** Of the files of one layer. */
export function checksAreUnique(checks: readonly CheckSwitchedOff[]): readonly Diagnostic[] {
  const first = new Map<string, CheckSwitchedOff>();
  return checks.flatMap((check): readonly Diagnostic[] => {
    const known = first.get(check.id);
    if (known === undefined) {
      first.set(check.id, check);
      return [];
    }
    return [
      {
        code: 'duplicate-item',
        severity: 'error',
        address: null,
        source: check.source,
        message: `checks.${check.id} is declared here and in ${lineOf(known.source)}`,
        hint: 'Keep one of the two.',
      },
    ];
  });
}
