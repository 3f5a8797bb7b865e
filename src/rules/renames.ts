/** Former names: each leads to one record. */

import type { DeclaredResource } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText, sameText } from '../model/value.ts';
import { isAbsent, isLeftAlone } from './checked.ts';
import { type Declarations, found, lineOf } from './rule.ts';

/** No service code: a rename is this tool's own way of finding a record. */
export function renamesAreClear(declared: Declarations): readonly Diagnostic[] {
  const forward = declared.mailboxes.filter(({ sort }) => sort === 'forward');
  return [declared.profiles, forward].flatMap((items) => {
    const claimed = new Map<string, DeclaredResource>();
    // What is to go, or is left alone here, is not renamed; the name that it has is taken all the same.
    const renaming = items.filter((item) => !isAbsent(item) && !isLeftAlone(item));
    return renaming.flatMap((item) => {
      const renamed = item.fields.get('renamedFrom');
      if (typeof renamed?.value !== 'string') return [];
      const old = renamed.value;
      const problem = renameProblem(old, item, items, claimed.get(foldText(old)));
      claimed.set(foldText(old), item);
      if (problem === null) return [];
      const message = `renamedFrom "${old}" ${problem.message}`;
      return [
        found('error', 'rename-unclear', {
          ...problem,
          message,
          address: item.address,
          source: renamed.source,
        }),
      ];
    });
  });
}

function renameProblem(
  old: string,
  item: DeclaredResource,
  items: readonly DeclaredResource[],
  claimant: DeclaredResource | undefined,
): { readonly message: string; readonly hint: string } | null {
  if (sameText(old, item.name)) {
    return { message: 'is the name that the item has', hint: 'Write the former name, or remove the key.' };
  }
  const other = items.find(({ name }) => sameText(name, old));
  if (other !== undefined) {
    const message = `is the name of another item, in ${lineOf(other.source)}; one record cannot be both`;
    return { message, hint: 'Remove that item, or renamedFrom.' };
  }
  if (claimant === undefined) return null;
  const message = `is claimed by ${claimant.address} too, in ${lineOf(claimant.source)}`;
  return { message, hint: 'One record can have one new name: keep one of the two.' };
}
