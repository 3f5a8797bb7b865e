/**
 * Which items are checked against the service's rules: not those that are left alone here (`managed: false`) and
 * not those that are to be deleted (`absent: true`), of which only the name counts.
 */

import type { DeclaredResource } from '../model/config.ts';
import type { Declarations } from './rule.ts';

export function isAbsent({ fields }: Pick<DeclaredResource, 'fields'>): boolean {
  return fields.get('absent')?.value === true;
}

export function isLeftAlone({ fields }: Pick<DeclaredResource, 'fields'>): boolean {
  return fields.get('managed')?.value === false;
}

export function checkedMailboxes({ mailboxes }: Declarations): readonly DeclaredResource[] {
  return mailboxes.filter((item) => !isAbsent(item) && !isLeftAlone(item));
}

export function checkedProfiles({ profiles }: Declarations): readonly DeclaredResource[] {
  return profiles.filter((item) => !isAbsent(item) && !isLeftAlone(item));
}
