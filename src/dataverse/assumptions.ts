/**
 * Every behaviour of the service that we depend on and that nobody documents or that documents disagree on: what is
 * assumed, what we do so that a wrong assumption does no harm, what speaks for it, and how a live environment
 * settles it.
 */

export interface Assumption {
  readonly id: string;
  readonly what: string;
  readonly safeDefault: string;
  /** Public source. */
  readonly evidence: string;
  readonly settle: string;
}

export const ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'approval-on-owner',
    what: 'Approving the user or queue approves its mailbox as well.',
    safeDefault:
      'The approval is written on the user or queue (on the row itself for a forward mailbox) and counts only when both rows show it; an approval that the mailbox does not follow has a status of its own and is not written again.',
    evidence:
      'Microsoft Learn, "Email activity tables" names users and queues; Microsoft.Xrm.Data.PowerShell, Approve-CrmEmailAddress writes them; XrmToolBox-BulkUpdateMailboxes writes the mailbox.',
    settle: 'Approve a queue by API and read emailrouteraccessapproval of queue and mailbox.',
  },
  {
    id: 'application-user-approves',
    what: 'An application user with System Administrator and Delegated Mailbox Approver may approve.',
    safeDefault: 'One is tried and read back; a refusal without a word becomes a hand-off.',
    evidence:
      'Microsoft Learn, "Connect to Exchange Online" speaks of people; Microsoft.Xrm.Data.PowerShell issue 454 reports a success that changed nothing.',
    settle: 'Approve one mailbox as such an application user and read it back.',
  },
  {
    id: 'approval-travels-alone',
    what: 'Approval columns in a request with other columns make the service judge the whole request by who may approve.',
    safeDefault: 'An approval is a request of its own, with no other column.',
    evidence: 'Reports of failing updates of users by tools that send whole rows.',
    settle:
      'Update employeeid and emailrouteraccessapproval of a user in one request as a plain administrator.',
  },
  {
    id: 'address-on-owner',
    what: 'The e-mail address is changed on the user or queue, and the mailbox follows.',
    safeDefault: 'It is written on the user or queue and read on the mailbox.',
    evidence:
      'Microsoft Learn, "Create forward mailboxes or edit mailboxes" writes it on the mailbox; the error MailboxCannotModifyEmailAddress (0x8005E208) forbids that.',
    settle: 'Write emailaddress on the mailbox of a queue, and on the queue.',
  },
  {
    id: 'test-ends',
    what: 'A test has ended when its flag is off and the completion time is later than the request.',
    safeDefault: 'Both are required; a flag that falls alone leaves the outcome unknown.',
    evidence: 'Column descriptions in Microsoft Learn, "Mailbox table reference".',
    settle: 'Start a test and record the row every 10 seconds.',
  },
  {
    id: 'test-refuses-saves',
    what: 'While a test is scheduled every save of the mailbox is refused with 0x8005E248.',
    safeDefault: 'The answer counts as "busy": nothing was written, and it is tried after the test.',
    evidence: 'Microsoft Learn, "Web service error codes", TestEmailConfigurationScheduledInProgress.',
    settle: 'Start a test and change columns of each kind.',
  },
  {
    id: 'engine-changes-versions',
    what: 'The synchronization engine changes the version of mailbox rows every few minutes.',
    safeDefault: 'A conflict is no failure: the row is read again, and only the fields of the step count.',
    evidence:
      'Microsoft Learn, "Server-side synchronization", lists times that are kept on the row after each cycle.',
    settle: 'Compare versionnumber of an idle, enabled mailbox over 15 minutes.',
  },
  {
    id: 'versions-of-all-tables',
    what: 'Users, queues, profiles and the organization take If-Match with a version, as mailboxes do.',
    safeDefault:
      'The version of the row is sent; a row without one is sent as "*", so that the row has to be there.',
    evidence:
      'Recorded metadata of the mailbox table in microsoft/terraform-provider-power-platform: IsOptimisticConcurrencyEnabled.',
    settle: 'Read IsOptimisticConcurrencyEnabled of the five tables.',
  },
  {
    id: 'exchange-online-server-type',
    what: 'A profile of Exchange Online has server type 0 and server-to-server credentials.',
    safeDefault:
      'The type is decoded from the credentials; a new profile takes the number of one of the same type that is there.',
    evidence:
      'Microsoft Learn, "Connect Dynamics 365 (on-premises) to Exchange Online" uses 3 for on-premises servers only.',
    settle: 'Read servertype of the profile "Microsoft Exchange Online".',
  },
  {
    id: 'gmail-server-type',
    what: 'A Gmail profile has server type 1 and Gmail OAuth credentials.',
    safeDefault: 'As for Exchange Online.',
    evidence: 'SupportArticles, "Mailbox fails to be tested and enabled": POP3 hosts and ports.',
    settle: 'Make a Gmail profile by hand and read servertype.',
  },
  {
    id: 'create-with-own-id',
    what: 'PATCH with If-None-Match: * creates profiles and forward mailboxes with an id of our choice.',
    safeDefault: 'A record that is there answers 412, which counts as a conflict and is settled by reading.',
    evidence: 'Microsoft Learn, "Upsert a table row"; Upsert is among the messages of both tables.',
    settle: 'Create a forward mailbox so, twice.',
  },
  {
    id: 'created-mailbox-is-forward',
    what: 'A mailbox that is created by API is a forward mailbox.',
    safeDefault:
      'Nothing else is ever created as a mailbox, and the new row is read back before further steps.',
    evidence:
      'Microsoft Learn, "Mailbox table reference": isforwardmailbox and regardingobjectid are read-only; a recorded row in microsoft/terraform-provider-power-platform.',
    settle: 'Create one and read isforwardmailbox.',
  },
  {
    id: 'deep-read-is-complete',
    what: 'A read privilege of organization depth shows every row.',
    safeDefault:
      'Any other depth, an unknown one, and a mailbox without a visible owner make the list incomplete, so that nothing is called missing or unmanaged.',
    evidence: 'Microsoft Learn, "Security roles and privileges".',
    settle: 'Compare counts of two callers.',
  },
  {
    id: 'privilege-depth-of-teams',
    what: 'RetrieveUserPrivileges counts privileges that come through teams.',
    safeDefault:
      'The deepest entry of a privilege counts; roles of teams are not listed as roles of the caller.',
    evidence: 'Microsoft Learn, "RetrieveUserPrivileges Function".',
    settle: 'Call it for a user whose only role comes through a team.',
  },
  {
    id: 'approver-role-id',
    what: 'The root row of Delegated Mailbox Approver has the same id everywhere.',
    safeDefault:
      'The id is looked for first, then the English name; neither is trusted to mean that approving works.',
    evidence: 'Recorded role rows in microsoft/terraform-provider-power-platform.',
    settle: 'Read roleid and parentrootroleid in two environments.',
  },
  {
    id: 'optional-columns',
    what: 'Environments may lack newer columns, and asking for one that is missing fails the whole read.',
    safeDefault:
      'Metadata is asked first; columns that it does not list are left out and told as a capability.',
    evidence:
      'A recorded mailbox row of 2024 in microsoft/terraform-provider-power-platform has neither emailaddressapprovedon nor testandenablelastattemptedon.',
    settle: 'Read the attributes of the mailbox table.',
  },
  {
    id: 'membership-sets',
    what: 'The tables that link users, teams and roles can be read as the sets teammemberships, systemuserrolescollection and teamrolescollection, by whoever reads teams and roles.',
    safeDefault:
      'They are read only where a rule matches on a team or security role. A set that is refused or missing makes the membership unseen: such a rule covers nobody, and says so.',
    evidence:
      'Microsoft Learn, "TeamMembership", "SystemUserRoles" and "TeamRoles" table references name the sets and the message Retrieve Multiple.',
    settle: 'Read the first page of each as a caller that may read teams and roles.',
  },
  {
    id: 'directory-teams',
    what: 'A team that follows a group of the directory lists a person only after a first visit of the environment.',
    safeDefault: 'The members are taken as the environment lists them; a rule reaches people as they come.',
    evidence: 'Microsoft Learn, "Manage group teams".',
    settle: 'Add a person to such a group and read teammemberships before and after a sign-in.',
  },
  {
    id: 'personal-queues',
    what: 'A personal queue is private, and named by the queueid of a user or team, or in angle brackets.',
    safeDefault: 'A public queue is never personal; an e-mail address on a personal one needs consent.',
    evidence: 'Microsoft Learn, "Queue tables" and "Team table reference".',
    settle: 'Make a user and a team and read their queues.',
  },
  {
    id: 'taken-mailbox-is-disabled',
    what: 'A mailbox that another environment tested is disabled here in every direction, and keeps its results.',
    safeDefault:
      'All directions off although the last tests went well means taken: it is reported and not tested again by itself, whatever the cause was.',
    evidence:
      'Microsoft Learn, "When would I want to use this check box?" and MicrosoftDocs/power-platform pull request 2729; which columns change is not said.',
    settle: 'Test one address in two environments and read the flags of the first.',
  },
  {
    id: 'primary-organization-mark',
    what: 'The check box "sync items with Exchange from this org only" is orgmarkedasprimaryforexchangesync, written together with the test.',
    safeDefault:
      'Both columns travel in one request, only where an item asks for it and a guard is allowed; a mark that is not there afterwards is a silent refusal.',
    evidence:
      'Microsoft.Xrm.Data.PowerShell, Set-CrmUserMailbox; Microsoft Learn, "Mailbox table reference".',
    settle: 'Test with the check box in the admin center and read the column.',
  },
  {
    id: 'mailbox-date-keeps-its-time',
    what: 'The service keeps the time of day of processemailreceivedafter, a column of format date only.',
    safeDefault: 'It is compared as the row shows it; a time that is dropped shows as a difference.',
    evidence:
      'Microsoft Learn, "Mailbox table reference" gives the format and says nothing of its behaviour.',
    settle: 'Write a date with a time and read it back.',
  },
  {
    id: 'alert-text',
    what: 'Alerts hold record tokens and an e-mail server error code after a label.',
    safeDefault:
      'Tokens become names, a code is shown where one is found, and what looks internal is cut off.',
    evidence:
      'Help of Get-CrmTraceAlerts in Microsoft.Xrm.Data.PowerShell; SupportArticles on test failures.',
    settle: 'Read tracelogs after a failed test.',
  },
  {
    id: 'test-travels-alone',
    what: 'A request that edits a mailbox and asks for its test may be refused, or lose the test.',
    safeDefault:
      'A test is a request of its own, behind the edits; nothing but the mark of the primary organization goes with it.',
    evidence: 'Public code sends both in one request and reports no result.',
    settle: 'Change a column and ask for a test in one request, and read the row until the test ends.',
  },
  {
    id: 'names-compare-whole',
    what: 'eq compares text whole and without case, and takes %, _ and [ as they are written.',
    safeDefault:
      'Rows that come back are compared again by their whole names; where a name holds a sign that may be a wildcard, whole lists are read.',
    evidence:
      'Microsoft Learn, "Filter rows using OData", has wildcards in conditions on text and does not say in which.',
    settle: 'Filter sign-in names with eq, in capitals and with _, % and [] in place of a letter.',
  },
  {
    id: 'long-filters',
    what: 'A filter may join 200 conditions on ids by or.',
    safeDefault:
      'No filter has more, nor more characters than a URL may have; what is more goes into further requests.',
    evidence:
      'Microsoft Learn, "Query data using FetchXML", ends at 500 conditions; the Web API states only the length of a URL.',
    settle: 'Filter mailboxes by 200 ids, of which one is there.',
  },
  {
    id: 'batch-echoes-content-id',
    what: 'A part of a batch outside of change sets may come back with its Content-ID.',
    safeDefault:
      'Answers belong to requests by position; where Content-IDs are there and disagree, only what both prove is believed, and the rest is settled by reading.',
    evidence:
      'Microsoft Learn, "Execute batch operations using the Web API", shows them in answers of change sets alone.',
    settle: 'Send two requests with Content-IDs out of order and read those of the answer.',
  },
  {
    id: 'batch-reads-its-own-writes',
    what: 'A query in a batch sees what earlier parts of it wrote, with the versions that hold from then on.',
    safeDefault:
      'What a batch reads back is a reading like any other: a version that does not hold is refused as a conflict, and the row is read again.',
    evidence:
      'Microsoft Learn, "Execute batch operations using the Web API": parts are carried out in order; what queries see is not said.',
    settle: 'Write a row and query it by its id in one batch, then write it with the version that came back.',
  },
  {
    id: 'throttled-parts',
    what: 'A limit is met by the whole batch or by parts of it, each with 429 and a time to wait.',
    safeDefault:
      'Both count: a part that was refused is sent again after the longest time that any answer names, the others are not.',
    evidence: 'Microsoft Learn, "Service protection API limits", speaks of requests alone.',
    settle: 'Send batches until a limit is met, in an environment that nobody else uses.',
  },
  {
    id: 'limits-in-headers',
    what: 'Every answer says which requests and how many seconds of work are left, with thousands separators.',
    safeDefault:
      'What is not told, or in another form, is not known: the pace follows answers and refusals alone.',
    evidence:
      'Microsoft Learn, "Service protection API limits", names the headers for debugging; a recorded answer has "1,200.00".',
    settle: 'Read the headers of WhoAmI.',
  },
  {
    id: 'parallelism-hint',
    what: 'Every answer recommends how many requests to have under way.',
    safeDefault: 'Without a recommendation a few requests are sent at once, and more while that helps.',
    evidence: 'Microsoft Learn, "Send parallel requests", names the header x-ms-dop-hint.',
    settle: 'Read the headers of WhoAmI.',
  },
  {
    id: 'lost-means-unknown',
    what: 'A write that is not answered may have been carried out.',
    safeDefault:
      'It is never repeated; a reading settles it. Gateway errors without words of the service count as lost.',
    evidence: 'Microsoft Learn, "Service protection API limits": only 429 is said not to be carried out.',
    settle: 'Nothing to settle: the network gives no other answer.',
  },
];
