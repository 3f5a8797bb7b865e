/** What an item or rule makes of a field by itself: its own key, else the default that it asks to apply. */

import type { Declared, DeclaredFields } from '../model/config.ts';
import { isRef } from '../model/value.ts';
import type { Declarations } from './rule.ts';

export type Holder = { readonly fields: DeclaredFields };

/** `undefined`: the files leave it open, the environment or another rule decides. */
export function effective({ fields }: Holder, key: string, declared: Declarations): Declared | undefined {
  const own = fields.get(key);
  if (own !== undefined || fields.get('applyDefaultEmailSettings')?.value !== true) return own;
  for (const settings of declared.settings) {
    const value = settings.fields.get(`newMailboxes.${key}`);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The name of the profile that a field refers to. */
export function profileNameOf(field: Declared | undefined): string | null {
  if (field === undefined || !isRef(field.value)) return null;
  return field.value.ref.slice('profile:'.length);
}
