/** The callers of an organization file; without any there is one person who may do everything. */

import type { CallerEntry, Organization } from '../organization.ts';
import { delegatedMailboxApprover, systemAdministrator } from './privileges.ts';

export const defaultCallerSignIn = 'admin@contoso.com';

const defaultCaller: CallerEntry = {
  token: 'admin',
  user: defaultCallerSignIn,
  roles: [systemAdministrator, delegatedMailboxApprover],
};

export function callerEntries(organization: Organization): readonly [CallerEntry, ...CallerEntry[]] {
  const [first, ...rest] = organization.callers ?? [];
  return first === undefined ? [defaultCaller] : [first, ...rest];
}
