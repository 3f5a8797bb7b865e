/** All best-practice checks, in the order in which they are reported. */

import type { Check, CheckId } from './check.ts';
import { duplicateAddress } from './duplicate-address.ts';
import { forwardMailbox, outlookMethod, serverSideSync } from './method-checks.ts';
import { exchangeOnline, testOlderThanProfile } from './profile-checks.ts';
import {
  personalQueueAddress,
  queueAddressOfPerson,
  queueApprovedAndTested,
  queueOwnerDisabled,
} from './queue-checks.ts';
import { approvalRequired, folderLevelTracking } from './settings-checks.ts';

export const CHECKS: readonly Check[] = [
  serverSideSync,
  exchangeOnline,
  folderLevelTracking,
  queueApprovedAndTested,
  forwardMailbox,
  outlookMethod,
  approvalRequired,
  personalQueueAddress,
  queueAddressOfPerson,
  queueOwnerDisabled,
  testOlderThanProfile,
  duplicateAddress,
];

export const CHECK_IDS: readonly CheckId[] = CHECKS.map(({ id }) => id);
