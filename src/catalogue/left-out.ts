/**
 * What can be written and yet is no field: every writable column of profiles, mailboxes and the organization that no
 * row reads or writes, and every switch of an admin page that has no field, each with the page that was looked at or
 * the reason. A test compares it with the tables; the field reference prints it.
 */

import type { Table } from './field.ts';

export interface LeftOut {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly reason: string;
  /** The page of Microsoft Learn, or of the admin center, that was looked at. */
  readonly page?: string;
}

const ACS: Pick<LeftOut, 'reason' | 'page'> = {
  reason: 'Outgoing mail through Azure Communication Services: on no page of the admin center.',
  page: 'Microsoft Learn, "Email Server Profile table reference"',
};
const PICTURE = 'The picture of the record; mail does not depend on it.';
const OWNER = 'Who owns a record is a matter of security, handed over by Assign, not of mail.';
const WITH_STATE = 'Written by the field state, together with statecode.';
const BY_THE_ENGINE = 'The service keeps its own state here while it works.';
const TIME_ZONE = 'Time zone bookkeeping of the platform.';

const profile: readonly LeftOut[] = [
  {
    table: 'emailserverprofile',
    columns: ['emailserverprofileid'],
    reason: 'The id of the record, given once on creation.',
  },
  {
    table: 'emailserverprofile',
    columns: [
      'acsemailservicename',
      'acsenabledforoutgoingemail',
      'acsendpointurl',
      'acsmanagedidentityid',
      'acsresourcegroupname',
      'acssubscriptionid',
    ],
    ...ACS,
  },
  {
    table: 'emailserverprofile',
    columns: ['keyvaultreferenceid', 'managedidentityid', 'purviewmanagedidentityid'],
    reason:
      'Refers to Key Vault and managed identity records that this program does not manage; set once on the page of the profile.',
    page: 'Microsoft Learn, "Hybrid Modern Authentication (HMA) for Exchange on-premises"',
  },
  {
    table: 'emailserverprofile',
    columns: [
      'lastauthorizationstatus',
      'lastcrmmessage',
      'lasttestexecutionstatus',
      'lasttestrequest',
      'lasttestresponse',
      'lastteststarttime',
      'lasttesttotalexecutiontime',
      'lasttestvalidationstatus',
    ],
    reason: 'Results of "Test Connection", a button of the form of the profile.',
    page: 'Microsoft Learn, "Connect to Exchange Server (on-premises)"',
  },
  { table: 'emailserverprofile', columns: ['ownerid', 'owneremailaddress'], reason: OWNER },
  { table: 'emailserverprofile', columns: ['entityimage'], reason: PICTURE },
  {
    table: 'emailserverprofile',
    columns: ['timezoneruleversionnumber', 'utcconversiontimezonecode'],
    reason: TIME_ZONE,
  },
];

const mailbox: readonly LeftOut[] = [
  { table: 'mailbox', columns: ['mailboxid'], reason: 'The id of the record, given once on creation.' },
  {
    table: 'mailbox',
    columns: ['acsenabledforoutgoingemail', 'acsmailfromcreated', 'acsoutgoingemailstatus'],
    ...ACS,
  },
  {
    table: 'mailbox',
    columns: ['oauthaccesstoken', 'oauthrefreshtoken', 'oauthtokenexpireson'],
    reason:
      'Tokens that the sign-in to Google leaves here; a person signs in on the form of the mailbox, no file can.',
    page: 'Microsoft Learn, "Connect Gmail accounts by using OAuth 2.0"',
  },
  {
    table: 'mailbox',
    columns: [
      'officeappsdeploymentscheduled',
      'officeappsdeploymentstatus',
      'postponeofficeappsdeploymentuntil',
    ],
    reason: 'Deploys Dynamics 365 App for Outlook to the person: software on a desk, not mail.',
    page: 'Microsoft Learn, "Deploy Dynamics 365 App for Outlook"',
  },
  {
    table: 'mailbox',
    columns: ['isactsyncorgflagset'],
    reason:
      'Seems to report whether Exchange names this environment as the one that synchronizes; not verified. The check box of the test dialog is syncFromThisOrganizationOnly.',
    page: 'Microsoft Learn, "When would I want to use this check box?"',
  },
  {
    table: 'mailbox',
    columns: ['ewsurl', 'lastautodiscoveredon'],
    reason: 'Found and kept by auto-discover.',
  },
  {
    table: 'mailbox',
    columns: [
      'exchangecontactsimportstatus',
      'exchangesyncstatexml',
      'folderhierarchy',
      'itemsfailedforlastsync',
      'itemsprocessedforlastsync',
      'lastincomingemailsrequestedfromemailserveron',
      'lastmessageid',
      'lastsuccessfulsynccompletedon',
      'lastsyncerror',
      'lastsyncerrorcode',
      'lastsyncerrorcount',
      'lastsyncerrormachinename',
      'lastsyncerroroccurredon',
      'lasttagcompletedon',
      'lasttaggedmessageid',
      'lasttagprocessedmaxitems',
      'mailboxprocessingcontext',
      'postponemailboxprocessinguntil',
      'postponesendinguntil',
      'postponetestemailconfigurationuntil',
      'tagemailsafter',
      'testemailconfigurationretrycount',
      'undeliverablefolder',
    ],
    reason: BY_THE_ENGINE,
    page: 'Microsoft Learn, "Mailbox table reference"',
  },
  {
    table: 'mailbox',
    columns: ['verboseloggingenabled'],
    reason: 'A level of logging that Microsoft support turns on for a while; on no page.',
  },
  { table: 'mailbox', columns: ['ownerid'], reason: OWNER },
  { table: 'mailbox', columns: ['entityimage'], reason: PICTURE },
  {
    table: 'mailbox',
    columns: ['timezoneruleversionnumber', 'utcconversiontimezonecode'],
    reason: TIME_ZONE,
  },
];

const organization: readonly LeftOut[] = [
  { table: 'organization', columns: ['name'], reason: 'The name of the environment, not a matter of mail.' },
  {
    table: 'organization',
    columns: ['emailconnectionchannel'],
    reason: 'Server-side synchronization or Email Router: the Email Router no longer exists.',
    page: 'Microsoft Learn, "System Settings Email tab"',
  },
  {
    table: 'organization',
    columns: ['nexttrackingnumber'],
    reason: 'The counter of tracking tokens itself; the service moves it with every message.',
    page: 'Microsoft Learn, "Use email message filtering and correlation"',
  },
  {
    table: 'organization',
    columns: ['orgdborgsettings'],
    reason:
      'Switches for support cases, in an editor of their own; which of them the e-mail page shows is not documented.',
    page: 'Microsoft Learn, "OrgDbOrgSettings for server-side synchronization"',
  },
  {
    table: 'organization',
    columns: ['blockedattachments'],
    reason: 'File extensions that no upload may have, e-mail or not: a matter of privacy and security.',
    page: 'Microsoft Learn, "Manage privacy and security settings"',
  },
  {
    table: 'organization',
    columns: [
      'isappointmentattachmentsyncenabled',
      'isassignedtaskssyncenabled',
      'iscontactmailingaddresssyncenabled',
      'isresourcebookingexchangesyncenabled',
      'performactsyncafter',
      'syncoptinselection',
      'syncoptinselectionstatus',
    ],
    reason:
      'What of appointments, contacts and tasks is synchronized: another page, about records, not mailboxes.',
    page: 'Microsoft Learn, "System Settings Synchronization tab"',
  },
  {
    table: 'organization',
    columns: [
      'allowaddressbooksyncs',
      'allowofflinescheduledsyncs',
      'allowoutlookscheduledsyncs',
      'emailsendpollingperiod',
      'minaddressbooksyncinterval',
      'minofflinesyncinterval',
      'minoutlooksyncinterval',
      'tagmaxaggressivecycles',
      'tagpollingperiod',
    ],
    reason: 'Intervals of Dynamics 365 for Outlook, the deprecated client.',
    page: 'Microsoft Learn, "System Settings Outlook tab"',
  },
  {
    table: 'organization',
    columns: [
      'acknowledgementtemplateid',
      'allowautoresponsecreation',
      'allowautounsubscribe',
      'allowautounsubscribeacknowledgement',
      'allowmarketingemailexecution',
    ],
    reason: 'E-mail of campaigns.',
    page: 'Microsoft Learn, "System Settings Marketing tab"',
  },
  {
    table: 'organization',
    columns: ['iscontextualemailenabled', 'isemailaddressvalidationenabled', 'isemailmonitoringallowed'],
    reason: 'Features of the e-mail form and of e-mail engagement, switched on other pages.',
    page: 'Microsoft Learn, "Manage feature settings"',
  },
  {
    table: 'organization',
    columns: ['officeappsautodeploymentenabled'],
    reason: 'Deploys Dynamics 365 App for Outlook by itself: software on desks, not mail.',
    page: 'Microsoft Learn, "Deploy Dynamics 365 App for Outlook"',
  },
  {
    table: 'organization',
    columns: [
      'daysbeforeemaildescriptionismigrated',
      'incomingemailexchangeemailretrievalbatchsize',
      'isemailserverprofilecontentfilteringenabled',
      'ismailboxforcedunlockingenabled',
      'ismailboxinactivebackoffenabled',
      'mailboxintermittentissueminrange',
      'mailboxpermanentissueminrange',
      'tracelogmaximumageindays',
    ],
    reason: 'Knobs of the engine that Microsoft turns; on no page of the admin center.',
    page: 'Microsoft Learn, "Organization table reference"',
  },
];

/** Written along with a field, never read: what they say stands in another column. */
export const WRITTEN_ALONG: readonly LeftOut[] = [
  { table: 'emailserverprofile', columns: ['statuscode'], reason: WITH_STATE },
  { table: 'mailbox', columns: ['statuscode'], reason: WITH_STATE },
  {
    table: 'emailserverprofile',
    columns: ['usedefaulttenantid'],
    reason: 'Turned off by the field oauth.tenantId, which would have no effect otherwise.',
  },
];

export const LEFT_OUT: readonly LeftOut[] = [...profile, ...mailbox, ...organization];

export interface PageSwitch {
  readonly page: string;
  readonly label: string;
  readonly reason: string;
}

/** Switches of the e-mail pages that have no column we know. */
export const PAGE_SWITCHES_LEFT_OUT: readonly PageSwitch[] = [
  {
    page: 'Microsoft Learn, "Manage email settings"',
    label: 'Sync information rights management-enabled emails to the server',
    reason:
      'The only documented switch, RestrictIRMEmailItems, reads the other way round and has another default: there is no safe mapping.',
  },
  {
    page: 'Microsoft Learn, "Manage email settings"',
    label:
      'Allow to delete appointments if system auto detects changes that will result in change in ownership',
    reason: 'No column and no documented switch carries that meaning.',
  },
  {
    page: 'Microsoft Learn, "System Settings Email tab"',
    label: 'Use tracking tokens',
    reason: 'Where the check box itself is stored is not documented; prefix, numbers and digits are fields.',
  },
  {
    page: 'Microsoft Learn, "System Settings Email tab"',
    label: 'Multitask, compose, and save drafts using email pop-up windows',
    reason: 'A matter of the timeline on forms; its column is not part of the e-mail settings.',
  },
  {
    page: 'Microsoft Learn, "Connect to IMAP, POP, or SMTP servers"',
    label: 'Set as default profile for new mailboxes',
    reason: 'The same as emailSettings.newMailboxes.serverProfile.',
  },
];
