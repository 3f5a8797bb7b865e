/** Items that are to be deleted: only where that is possible, alone, and not while something still uses them. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText, isRef } from '../model/value.ts';
import { checkedMailboxes, isAbsent } from './checked.ts';
import { type Declarations, found, lineOf } from './rule.ts';

/** What names a record, besides the key of its sort. */
const IDENTITY = ['name', 'type'];

/** 0x8005E200 CannotDeleteUserMailbox. */
export function absentIsPossible({ mailboxes }: Declarations): readonly Diagnostic[] {
  return mailboxes.flatMap(({ address, sort, fields }) => {
    const absent = fields.get('absent');
    if (absent?.value !== true || sort === 'forward') return [];
    return [
      found('error', 'absent-not-possible', {
        address,
        source: absent.source,
        message: `absent is not possible for a mailbox of a ${sort}; only profiles and forward mailboxes can be deleted`,
        hint: `Write state: inactive, or delete the ${sort} itself. As it is the service answers 0x8005E200.`,
      }),
    ];
  });
}

/** No service code: nothing is written to a record that is deleted. */
export function absentIsAlone({ profiles, mailboxes }: Declarations): readonly Diagnostic[] {
  return [...profiles, ...mailboxes].flatMap(({ kind, address, fields }) => {
    const absent = fields.get('absent');
    const others = [...fields].filter(([key]) => key !== 'absent' && !IDENTITY.includes(key));
    const [first] = others;
    if (absent?.value !== true || first === undefined) return [];
    const what = kind === 'profile' ? 'name' : 'forward';
    return [
      found('error', 'absent-with-fields', {
        address,
        source: first[1].source,
        message: `${others.map(([key]) => key).join(', ')} stands beside absent; a record that is deleted has no fields`,
        hint: `Keep ${what} and absent alone, or remove absent.`,
      }),
    ];
  });
}

/** No service code: the service would clear the lookup of every mailbox without a word. */
export function absentProfileIsUnused(declared: Declarations): readonly Diagnostic[] {
  const absent = new Map(
    declared.profiles.filter(isAbsent).map((profile) => [foldText(profile.address), profile]),
  );
  const users = [...declared.settings, ...declared.rules, ...checkedMailboxes(declared)];
  const seen = new Set<string>();
  return users.flatMap((user) =>
    [...user.fields].flatMap(([key, { value, source }]) => {
      const profile = isRef(value) ? absent.get(foldText(value.ref)) : undefined;
      if (profile === undefined || seen.has(profile.address)) return [];
      seen.add(profile.address);
      return [
        found('error', 'absent-not-possible', {
          address: 'address' in user ? user.address : null,
          source,
          message: `${key} "${profile.name}" is a profile that is declared absent in ${lineOf(profile.source)}`,
          hint: 'Move what uses it to another profile first, or remove absent.',
        }),
      ];
    }),
  );
}
