/** All rules, in the order in which they are checked. */

import { emailAddressesAreRecognized, patternsCanMatch } from './addresses.ts';
import { approvalIsRequired, approvalNeedsAddress, rulesCanApprove } from './approval.ts';
import { credentialsAreComplete, credentialsAreNotForbidden, credentialsAreUsed } from './credentials.ts';
import {
  emailAddressesAreUnique,
  itemsAreUnique,
  ruleNamesAreUnique,
  settingsAreUnique,
} from './duplicates.ts';
import { fieldsFitSort } from './field-sorts.ts';
import {
  appointmentsNeedExchange,
  forwardIsDiscouraged,
  forwardMailboxIsComplete,
  outlookIsDeprecated,
  outlookNotOnQueues,
} from './methods.ts';
import { somethingToTest } from './nothing-to-test.ts';
import { authenticationFitsType, authenticationIsDeclared } from './profile-authentication.ts';
import { forbidsServers, locationAgreesWithSsl, requiresServers, requiresSsl } from './profile-servers.ts';
import type { Rule } from './rule.ts';
import { rulesAgree } from './rule-conflict.ts';

export const RULES: readonly Rule[] = [
  itemsAreUnique,
  ruleNamesAreUnique,
  emailAddressesAreUnique,
  settingsAreUnique,
  emailAddressesAreRecognized,
  patternsCanMatch,
  fieldsFitSort,
  requiresServers,
  forbidsServers,
  requiresSsl,
  locationAgreesWithSsl,
  authenticationFitsType,
  authenticationIsDeclared,
  outlookNotOnQueues,
  outlookIsDeprecated,
  forwardMailboxIsComplete,
  forwardIsDiscouraged,
  appointmentsNeedExchange,
  credentialsAreComplete,
  credentialsAreUsed,
  credentialsAreNotForbidden,
  approvalNeedsAddress,
  rulesCanApprove,
  approvalIsRequired,
  somethingToTest,
  rulesAgree,
];
