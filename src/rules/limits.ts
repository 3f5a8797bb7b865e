/** Numbers that the schema takes and the service does not, or that Microsoft's pages do not agree about. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { checkedMailboxes } from './checked.ts';
import { type TypedProfile, typedProfiles } from './declared-profile.ts';
import { effective, profileNameOf } from './effective.ts';
import { type Declarations, found } from './rule.ts';

/** 131,072,000 bytes (Microsoft Learn, "Use file data with Attachment and Note records"); the page offers 131,072 KB. */
const DOCUMENTED_UPLOAD_KB = 128_000;

/** No service code: what the service answers between the two limits is not documented. */
export function uploadLimitIsSure({ settings }: Declarations): readonly Diagnostic[] {
  return settings.flatMap(({ address, fields }) => {
    const size = fields.get('attachments.maxSizeKB');
    if (typeof size?.value !== 'number' || size.value <= DOCUMENTED_UPLOAD_KB) return [];
    return [
      found('warning', 'upload-limit-doubtful', {
        address,
        source: size.source,
        message: `attachments.maxSizeKB ${size.value} is offered by the admin center, but the API documents at most ${DOCUMENTED_UPLOAD_KB}`,
        hint: `Write ${DOCUMENTED_UPLOAD_KB} or less to be sure that the service takes it.`,
      }),
    ];
  });
}

/** No service code: Google refuses the sign-in (Microsoft Learn, "Connect Gmail accounts by using OAuth 2.0"). */
export function profileUsersAreFew(declared: Declarations): readonly Diagnostic[] {
  return typedProfiles(declared).flatMap((typed) => {
    const limit = typed.facts.maxUsers;
    const users = limit === null ? [] : usersOf(typed, declared);
    const first = limit === null ? undefined : users[limit];
    if (limit === null || first === undefined) return [];
    return [
      found('warning', 'gmail-user-limit', {
        address: typed.profile.address,
        source: first.source,
        message: `this is mailbox ${limit + 1} of ${users.length} with "${typed.profile.name}"; a profile of type ${typed.type} serves at most ${limit} users`,
        hint: 'Give the others a second profile, with an application registration of its own.',
      }),
    ];
  });
}

function usersOf({ profile }: TypedProfile, declared: Declarations): ReturnType<typeof checkedMailboxes> {
  const wanted = foldText(profile.name);
  return checkedMailboxes(declared).filter((item) => {
    const name = profileNameOf(effective(item, 'serverProfile', declared));
    return name !== null && foldText(name) === wanted;
  });
}
