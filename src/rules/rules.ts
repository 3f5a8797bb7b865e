/** All rules, in the order in which they are checked. */

import { absentIsAlone, absentIsPossible, absentProfileIsUnused } from './absent.ts';
import { emailAddressesAreRecognized, patternsCanMatch } from './addresses.ts';
import { approvalNeedsAddress, rulesCanApprove } from './approval.ts';
import { ceilingIsNotPassedOver, ceilingLetsThrough } from './ceiling.ts';
import { portsFitCloud } from './cloud-ports.ts';
import { credentialsAreComplete, credentialsAreNotForbidden, credentialsAreUsed } from './credentials.ts';
import { mailboxDatesCount } from './dates.ts';
import { rulesKeepMail } from './deletes-mail.ts';
import {
  emailAddressesAreUnique,
  idsAreUnique,
  itemsAreUnique,
  ruleNamesAreUnique,
  settingsAreUnique,
} from './duplicates.ts';
import {
  addressesStayInOneEnvironment,
  environmentsDiffer,
  patternsStayInOneEnvironment,
} from './environments.ts';
import { fieldsFitRule, fieldsFitSort } from './field-sorts.ts';
import {
  forwardMailboxHasAddress,
  forwardMailboxIsThere,
  forwardMailboxOnlyReceives,
} from './forward-mailboxes.ts';
import { acceptedChecksExist, ignoredFieldsExist } from './ignored-and-accepted.ts';
import { profileUsersAreFew, uploadLimitIsSure } from './limits.ts';
import { belowHasBusinessUnit, itemsSaySomethingNew, matchesCanMeet } from './matches.ts';
import { appointmentsNeedExchange, outlookNotOnQueues } from './methods.ts';
import {
  defaultProfileIsActive,
  somethingToTest,
  testedMailboxIsActive,
  testedMailboxIsApproved,
  testedProfileIsActive,
} from './nothing-to-test.ts';
import { primaryOrganizationIsProduction, primaryOrganizationIsTested } from './primary-organization.ts';
import { applicationIsComplete, applicationIsUsed } from './profile-application.ts';
import {
  authenticationFitsType,
  authenticationHasNotEnded,
  authenticationIsDeclared,
} from './profile-authentication.ts';
import {
  impersonationHasCredentials,
  outgoingSharesSettings,
  profileCredentialsAreComplete,
  profileCredentialsAreUsed,
} from './profile-credentials.ts';
import {
  autoDiscoverOrServers,
  fieldsFitType,
  protocolsFitType,
  requiredFieldsAreDeclared,
} from './profile-fields.ts';
import {
  defaultLocationIsSecure,
  locationAgreesWithSsl,
  requiresSsl,
  serversAreRecognized,
} from './profile-servers.ts';
import { renamesAreClear } from './renames.ts';
import type { CrossEnvironmentRule, Rule, RuleSet } from './rule.ts';
import { rulesAgree, rulesTakeEffect } from './rule-conflict.ts';

/** What is checked for each environment by itself. */
export const RULES: readonly Rule[] = [
  itemsAreUnique,
  idsAreUnique,
  ruleNamesAreUnique,
  emailAddressesAreUnique,
  settingsAreUnique,
  emailAddressesAreRecognized,
  patternsCanMatch,
  matchesCanMeet,
  belowHasBusinessUnit,
  fieldsFitSort,
  fieldsFitRule,
  absentIsPossible,
  absentIsAlone,
  absentProfileIsUnused,
  renamesAreClear,
  ignoredFieldsExist,
  acceptedChecksExist,
  requiredFieldsAreDeclared,
  fieldsFitType,
  protocolsFitType,
  autoDiscoverOrServers,
  serversAreRecognized,
  requiresSsl,
  locationAgreesWithSsl,
  defaultLocationIsSecure,
  portsFitCloud,
  authenticationFitsType,
  authenticationIsDeclared,
  authenticationHasNotEnded,
  profileCredentialsAreComplete,
  profileCredentialsAreUsed,
  impersonationHasCredentials,
  outgoingSharesSettings,
  applicationIsComplete,
  applicationIsUsed,
  profileUsersAreFew,
  uploadLimitIsSure,
  outlookNotOnQueues,
  forwardMailboxHasAddress,
  forwardMailboxOnlyReceives,
  forwardMailboxIsThere,
  appointmentsNeedExchange,
  credentialsAreComplete,
  credentialsAreUsed,
  credentialsAreNotForbidden,
  mailboxDatesCount,
  rulesKeepMail,
  approvalNeedsAddress,
  rulesCanApprove,
  somethingToTest,
  testedMailboxIsActive,
  testedMailboxIsApproved,
  testedProfileIsActive,
  defaultProfileIsActive,
  primaryOrganizationIsProduction,
  primaryOrganizationIsTested,
  rulesAgree,
  rulesTakeEffect,
  itemsSaySomethingNew,
  ceilingLetsThrough,
  ceilingIsNotPassedOver,
];

/** What is checked once, over all environments. */
export const CROSS_ENVIRONMENT_RULES: readonly CrossEnvironmentRule[] = [
  environmentsDiffer,
  addressesStayInOneEnvironment,
  patternsStayInOneEnvironment,
];

export const ALL_RULES: RuleSet = { ofEach: RULES, acrossAll: CROSS_ENVIRONMENT_RULES };
