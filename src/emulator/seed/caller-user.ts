/** The user behind a caller of the organization file: one of its users, or one of its own. */

import type { CallerEntry } from '../organization.ts';
import { defaultCallerSignIn } from '../security/caller-entries.ts';
import type { Seed } from './seed-context.ts';

/** The user row of a caller: by sign-in name, by name or application id of an application user. */
export function callerUserId(seed: Pick<Seed, 'world' | 'idFor'>, caller: CallerEntry): string {
  const key = (caller.user ?? caller.application ?? defaultCallerSignIn).toLowerCase();
  const listed = seed.world.organization.users?.find((user) =>
    [user.signIn, user.name, user.applicationId].some((name) => name?.toLowerCase() === key),
  );
  return listed === undefined
    ? seed.idFor('systemuser', key)
    : seed.idFor('systemuser', listed.signIn, listed.id);
}
