/**
 * English display names of tables and columns, as the metadata shows them. Source: Microsoft Learn, table references of
 * the same names; columns that are not here have no published name.
 */

const text = `
mailbox Mailbox
mailbox.acsenabledforoutgoingemail ACS Enabled for Outgoing Email
mailbox.acsmailfromcreated ACS MailFrom Created
mailbox.acsoutgoingemailstatus ACS Outgoing Email Status
mailbox.actdeliverymethod Appointments, Contacts, and Tasks
mailbox.actstatus Appointments, Contacts, and Tasks Status
mailbox.allowemailconnectortousecredentials Allow to Use Credentials for Email Processing
mailbox.averagetotalduration Monitor Total Performance
mailbox.createdby Created By
mailbox.createdon Created On
mailbox.createdonbehalfby Created By (Delegate)
mailbox.emailaddress Email Address
mailbox.emailaddressapprovedby Email Address Approved By
mailbox.emailaddressapprovedon Email Address Approved On
mailbox.emailrouteraccessapproval Email Address Status
mailbox.emailserverprofile Server Profile
mailbox.enabledforact Enabled For Appointments, Contacts, And Tasks
mailbox.enabledforincomingemail Enabled For Incoming Email
mailbox.enabledforoutgoingemail Enabled For Outgoing Email
mailbox.entityimage Entity Image
mailbox.entityimageid Entity Image Id
mailbox.ewsurl Exchange Web Services URL
mailbox.exchangecontactsimportcompletedon Exchange Contacts Import Completed On
mailbox.exchangecontactsimportstatus Exchange Contacts Import Status
mailbox.exchangesyncstatexml Exchange Sync State
mailbox.exchangesyncstatexmlfileref ExchangeSyncStateXml File Ref
mailbox.exchangesyncstatexmlfileref_name ExchangeSyncStateXml File Ref
mailbox.folderhierarchy Folder Hierarchy
mailbox.forcedunlockcount Count of the number of times a mailbox gets forced unlocked
mailbox.hostid Host
mailbox.incomingemaildeliverymethod Incoming Email
mailbox.incomingemailstatus Incoming Email Status
mailbox.isactsyncorgflagset Set Current Organization as Synchronization Organization
mailbox.isemailaddressapprovedbyo365admin Email Address O365 Admin Approval Status
mailbox.isexchangecontactsimportscheduled Is Exchange Contacts Import Scheduled.
mailbox.isforwardmailbox Is Forward Mailbox
mailbox.isserviceaccount Is Service Account
mailbox.itemsfailedforlastsync Items Failed For Last Sync
mailbox.itemsprocessedforlastsync Items Processed For Last Sync
mailbox.lastactiveon Last Active On
mailbox.lastautodiscoveredon Last Auto Discovered On
mailbox.lastduration Monitor last duration Performance
mailbox.lastincomingemailsrequestedfromemailserveron Last Incoming Emails Requested From Email Server On
mailbox.lastmailboxforcedunlockoccurredon Last Date Time when a mailbox got forced unlocked
mailbox.lastmessageid Last Message ID
mailbox.lastsuccessfulsynccompletedon Last Successful Sync Time
mailbox.lastsyncerror Last Sync Error Stack
mailbox.lastsyncerrorcode Last Sync Error Code
mailbox.lastsyncerrorcount Last Sync Error Continuous Count
mailbox.lastsyncerrormachinename Last Sync Error Machine Name
mailbox.lastsyncerroroccurredon Last Sync Error Time
mailbox.lastsyncstartedon Last Sync Start Time
mailbox.lasttagcompletedon Last Tag Completed On
mailbox.lasttaggedmessageid Last Tagged MessageId
mailbox.lasttagprocessedmaxitems Last Tag Processed Max Items
mailbox.mailboxid Mailbox
mailbox.mailboxprocessingcontext Processing Context of the Mailbox
mailbox.mailboxstatus Mailbox Status
mailbox.modifiedby Modified By
mailbox.modifiedon Modified On
mailbox.modifiedonbehalfby Modified By (Delegate)
mailbox.name Name
mailbox.nextscheduledactsyncinseconds Next Scheduled ACT Sync Delay In Seconds
mailbox.noactcount Zero appointment, contact, task count for mailbox
mailbox.noemailcount Zero email count for mailbox
mailbox.oauthaccesstoken Oauth access token
mailbox.oauthrefreshtoken Oauth refresh token
mailbox.oauthtokenexpireson Oauth token expiration datetime
mailbox.officeappsdeploymentcompleteon Office Apps Deployment Completed On
mailbox.officeappsdeploymenterror Office Apps Deployment Error
mailbox.officeappsdeploymentscheduled Office Apps Deployment Scheduled
mailbox.officeappsdeploymentstatus Office Apps Deployment Type
mailbox.organizationid Organization
mailbox.orgmarkedasprimaryforexchangesync Crm Org Marked as Primary Org for Exchange Mailbox
mailbox.outgoingemaildeliverymethod Outgoing Email
mailbox.outgoingemailstatus Outgoing Email Status
mailbox.ownerid Owner
mailbox.owningbusinessunit Owning Business Unit
mailbox.owningteam Owning Team
mailbox.owninguser Owning User
mailbox.password Password
mailbox.postponemailboxprocessinguntil Postpone Mailbox Processing Until
mailbox.postponeofficeappsdeploymentuntil Postpone Outlook Mail App Install Until
mailbox.postponesendinguntil Postpone Sending Until
mailbox.postponetestemailconfigurationuntil Postpone Test Email Configuration Until
mailbox.processanddeleteemails Delete Emails after Processing
mailbox.processedtimes Monitor Performance
mailbox.processemailreceivedafter Process Email Received After
mailbox.processinglastattemptedon Date Processing Last Attempted
mailbox.processingstatecode Mailbox Processing State
mailbox.receivingpostponeduntil Postpone receiving emails for the mailbox until the specified data and time.
mailbox.receivingpostponeduntilforact Postpone processing Appointments, Contacts, and Tasks for the mailbox until the specified data and time.
mailbox.regardingobjectid Regarding
mailbox.regardingobjecttypecode Regarding Object Type Code
mailbox.statecode Status
mailbox.statuscode Status Reason
mailbox.tagemailsafter Tag Emails After
mailbox.testandenablelastattemptedby Test and Enable Last Attempted By
mailbox.testandenablelastattemptedon Test and Enable Last Attempted On
mailbox.testemailconfigurationretrycount Test Email Configuration Retry Count
mailbox.testemailconfigurationscheduled Test Email Configuration Scheduled
mailbox.testmailboxaccesscompletedon Mailbox Test Completed On
mailbox.timezoneruleversionnumber Time Zone Rule Version Number
mailbox.transientfailurecount Transient Failure Count
mailbox.undeliverablefolder Undeliverable Folder
mailbox.username User Name
mailbox.utcconversiontimezonecode UTC Conversion Time Zone Code
mailbox.verboseloggingenabled Verbose Logging
mailbox.versionnumber Version Number
emailserverprofile Email Server Profile
emailserverprofile.aadresourceid Microsoft Entra resource ID
emailserverprofile.acsemailservicename ACS Email Service Name
emailserverprofile.acsenabledforoutgoingemail ACS Enabled for Outgoing Email
emailserverprofile.acsendpointurl ACS Endpoint Url
emailserverprofile.acsmanagedidentityid ACS Managed Identity
emailserverprofile.acsresourcegroupname ACS Resource Group Name
emailserverprofile.acssubscriptionid ACS SubscriptionId
emailserverprofile.createdby Created By
emailserverprofile.createdon Created On
emailserverprofile.createdonbehalfby Created By (Delegate)
emailserverprofile.defaultserverlocation Default Email Server Location
emailserverprofile.description Description
emailserverprofile.emailserverprofileid EmailServerProfile
emailserverprofile.emailservertypename Email Server Type Name
emailserverprofile.encodingcodepage Encoding Code Page
emailserverprofile.entityimage Entity Image
emailserverprofile.entityimageid Entity Image Id
emailserverprofile.exchangeonlinetenantid Exchange Online Tenant Id
emailserverprofile.exchangeversion Exchange Version
emailserverprofile.incomingauthenticationprotocol Incoming Authentication Protocol
emailserverprofile.incomingcredentialretrieval Incoming Email Credential Retrieval
emailserverprofile.incomingpartnerapplication Incoming Partner Application
emailserverprofile.incomingpassword Incoming Email Password
emailserverprofile.incomingportnumber Incoming Email Port
emailserverprofile.incomingserverlocation Incoming Email Server Location
emailserverprofile.incominguseimpersonation Use Impersonation for Incoming Email
emailserverprofile.incomingusername Incoming Email User Name
emailserverprofile.incomingusessl Use SSL for Incoming Email
emailserverprofile.keyvaultreferenceid Key Vault Reference Id
emailserverprofile.lastauthorizationstatus Last Test Authorization Status
emailserverprofile.lastcrmmessage Last Dynamics 365 Message
emailserverprofile.lasttestexecutionstatus Last Test Execution Status
emailserverprofile.lasttestrequest Last Test Request
emailserverprofile.lasttestresponse Last Test Response
emailserverprofile.lastteststarttime Last Test Time
emailserverprofile.lasttesttotalexecutiontime Last Test Time Taken
emailserverprofile.lasttestvalidationstatus Last Test Validation Status
emailserverprofile.managedidentityid Managed Identity Id
emailserverprofile.maxconcurrentconnections Maximum Concurrent Connections
emailserverprofile.minpollingintervalinminutes Minimum Polling Interval In Minutes
emailserverprofile.modifiedby Modified By
emailserverprofile.modifiedon Modified On
emailserverprofile.modifiedonbehalfby Modified By (Delegate)
emailserverprofile.moveundeliveredemails Move Undelivered Emails to the Undeliverable Folder
emailserverprofile.name Name
emailserverprofile.oauthclientid Oauth ClientId
emailserverprofile.oauthclientsecret OAuth Client Secret
emailserverprofile.organizationid Organization Id
emailserverprofile.outgoingauthenticationprotocol Outgoing Authentication Protocol
emailserverprofile.outgoingautograntdelegateaccess Auto Grant Delegate Access for Outgoing Email.
emailserverprofile.outgoingcredentialretrieval Outgoing Email Credential Retrieval
emailserverprofile.outgoingpartnerapplication Outgoing Partner Application
emailserverprofile.outgoingpassword Outgoing Email Password
emailserverprofile.outgoingportnumber Outgoing Email Port
emailserverprofile.outgoingserverlocation Outgoing Email Server Location
emailserverprofile.outgoinguseimpersonation Use Impersonation for Outgoing Email
emailserverprofile.outgoingusername Outgoing Email User Name
emailserverprofile.outgoingusessl Use SSL for Outgoing Email
emailserverprofile.owneremailaddress Email Server Profile Owner's email address
emailserverprofile.ownerid Owner
emailserverprofile.owningbusinessunit Owning Business Unit
emailserverprofile.owningteam Owning Team
emailserverprofile.owninguser Owning User
emailserverprofile.processemailsreceivedafter Process Emails Received After
emailserverprofile.purviewmanagedidentityid Purview Managed Identity
emailserverprofile.sendemailalert Send an alert email to the owner of the email server profile reporting on major events
emailserverprofile.serverauthority Email server authority
emailserverprofile.servertype Email Server Type
emailserverprofile.statecode Status
emailserverprofile.statuscode Status Reason
emailserverprofile.timeoutmailboxconnection Timeout Mailbox Connection to Exchange
emailserverprofile.timeoutmailboxconnectionafteramount Timeout a Single Mailbox Connection After this Amount of Milliseconds
emailserverprofile.timezoneruleversionnumber Time Zone Rule Version Number
emailserverprofile.useautodiscover Auto Discover Server Location
emailserverprofile.usedefaulttenantid Use Default Tenant Id
emailserverprofile.usesamesettingsforoutgoingconnections Use Same Settings for Outgoing Connection
emailserverprofile.utcconversiontimezonecode UTC Conversion Time Zone Code
emailserverprofile.versionnumber Version Number
organization Organization
organization.acknowledgementtemplateid Acknowledgement Template
organization.allowaddressbooksyncs Allow Address Book Synchronization
organization.allowautoresponsecreation Allow Automatic Response Creation
organization.allowautounsubscribe Allow Automatic Unsubscribe
organization.allowautounsubscribeacknowledgement Allow Automatic Unsubscribe Acknowledgement
organization.allowmarketingemailexecution Allow Marketing Email Execution
organization.allowofflinescheduledsyncs Allow Offline Scheduled Synchronization
organization.allowoutlookscheduledsyncs Allow Scheduled Synchronization
organization.allowunresolvedpartiesonemailsend Allow Unresolved Address Email Send
organization.blockedattachments Block Attachments
organization.daysbeforeemaildescriptionismigrated Number of days before we migrate email description to blob.
organization.defaultemailserverprofileid Email Server Profile
organization.defaultemailsettings Default Email Settings
organization.emailconnectionchannel Email Connection Channel
organization.emailcorrelationenabled Use Email Correlation
organization.emailsendpollingperiod Email Send Polling Frequency
organization.enablesmartmatching Enable Smart Matching
organization.generatealertsforerrors Generate Alerts For Errors
organization.generatealertsforinformation Generate Alerts For Information
organization.generatealertsforwarnings Generate Alerts For Warnings
organization.hashdeltasubjectcount Hash Delta Subject Count
organization.hashfilterkeywords Hash Filter Keywords
organization.hashmaxcount Hash Max Count
organization.hashminaddresscount Hash Min Address Count
organization.ignoreinternalemail Ignore Internal Email
organization.incomingemailexchangeemailretrievalbatchsize Exchange Email Retrieval Batch Size
organization.isappointmentattachmentsyncenabled Is Attachment Sync Enabled
organization.isassignedtaskssyncenabled Is Assigned Tasks Sync Enabled
organization.iscontactmailingaddresssyncenabled Is Mailing Address Sync Enabled
organization.iscontextualemailenabled Indicates whether Contextual email experience is enabled on this organization
organization.isemailaddressvalidationenabled Enable Smart Email Address Validation.
organization.isemailmonitoringallowed Allow tracking recipient activity on sent emails
organization.isemailserverprofilecontentfilteringenabled Is Email Server Profile Content Filtering Enabled
organization.isfolderbasedtrackingenabled Is Folder Based Tracking Enabled
organization.ismailboxforcedunlockingenabled Is Mailbox Forced Unlocking Enabled
organization.ismailboxinactivebackoffenabled Is Mailbox Keep Alive Enabled
organization.isresourcebookingexchangesyncenabled Resource booking synchronization enabled
organization.mailboxintermittentissueminrange Lower Threshold For Mailbox Intermittent Issue
organization.mailboxpermanentissueminrange Lower Threshold For Mailbox Permanent Issue.
organization.maxfolderbasedtrackingmappings Max Folder Based Tracking Mappings
organization.maximumtrackingnumber Max Tracking Number
organization.maxuploadfilesize Max Upload File Size
organization.maxverboseloggingmailbox Max No Of Mailboxes To Enable For Verbose Logging
organization.maxverboseloggingsynccycles Maximum number of sync cycles for which verbose logging will be enabled by default
organization.minaddressbooksyncinterval Min Address Synchronization Frequency
organization.minofflinesyncinterval Min Offline Synchronization Frequency
organization.minoutlooksyncinterval Min Synchronization Frequency
organization.name Organization Name
organization.nexttrackingnumber Next Tracking Number
organization.notifymailboxownerofemailserverlevelalerts Notify Mailbox Owner Of Email Server Level Alerts
organization.officeappsautodeploymentenabled Enable Office Apps Auto Deployment for this Organization
organization.organizationid Organization
organization.orgdborgsettings Organization Database Organization Settings
organization.performactsyncafter PerformACTSyncAfter
organization.rendersecureiframeforemail Render Secure Frame For Email
organization.requireapprovalforqueueemail Is Approval For Queue Email Required
organization.requireapprovalforuseremail Is Approval For User Email Required
organization.resolvesimilarunresolvedemailaddress Apply same email address to all unresolved matches when you manually resolve it for one
organization.sendbulkemailinuci Send Bulk Email in UCI
organization.syncoptinselection Enable dynamics 365 azure sync framework for this organization.
organization.syncoptinselectionstatus Status of opt-in or opt-out operation for dynamics 365 azure sync.
organization.tagmaxaggressivecycles Auto-Tag Max Cycles
organization.tagpollingperiod Auto-Tag Interval
organization.tracelogmaximumageindays Tracelog record maximum age in days
organization.trackingprefix Tracking Prefix
organization.trackingtokenidbase Tracking Token Base
organization.trackingtokeniddigits Tracking Token Digits
organization.unresolveemailaddressifmultiplematch Set To,cc,bcc fields as unresolved if multiple matches are found
queue Queue
queue.allowemailcredentials Allow to Use Credentials for Email Processing (Obsolete)
queue.createdon Created On
queue.defaultmailbox Mailbox
queue.description Description
queue.emailaddress Incoming Email
queue.emailpassword Password (Obsolete)
queue.emailrouteraccessapproval Primary Email Status
queue.emailusername User Name (Obsolete)
queue.ignoreunsolicitedemail Convert To Email Activities
queue.incomingemaildeliverymethod Incoming Email Delivery Method
queue.incomingemailfilteringmethod Convert Incoming Email To Activities
queue.isemailaddressapprovedbyo365admin Email Address O365 Admin Approval Status
queue.modifiedon Modified On
queue.name Name
queue.outgoingemaildeliverymethod Outgoing Email Delivery Method
queue.ownerid Owner
queue.queueid Queue
queue.queuetypecode Queue Type
queue.queueviewtype Type
queue.statecode Status
queue.statuscode Status Reason
queue.versionnumber Version Number
systemuser User
systemuser.accessmode Access Mode
systemuser.applicationid Application ID
systemuser.azureactivedirectoryobjectid Azure AD Object ID
systemuser.azurestate Azure State
systemuser.businessunitid Business Unit
systemuser.createdon Created On
systemuser.defaultmailbox Mailbox
systemuser.domainname User Name
systemuser.emailrouteraccessapproval Primary Email Status
systemuser.firstname First Name
systemuser.fullname Full Name
systemuser.incomingemaildeliverymethod Incoming Email Delivery Method
systemuser.internalemailaddress Primary Email
systemuser.isdisabled Status
systemuser.isemailaddressapprovedbyo365admin Email Address O365 Admin Approval Status
systemuser.isintegrationuser Integration user mode
systemuser.islicensed User Licensed
systemuser.issyncwithdirectory User Synced
systemuser.lastname Last Name
systemuser.mobilealertemail Mobile Alert Email
systemuser.modifiedon Modified On
systemuser.outgoingemaildeliverymethod Outgoing Email Delivery Method
systemuser.personalemailaddress Email 2
systemuser.queueid Default Queue
systemuser.setupuser Restricted Access Mode
systemuser.systemuserid User
systemuser.versionnumber Version number
systemuser.windowsliveid Windows Live ID
tracelog Trace
tracelog.canbedeleted Trace CanBeDeleted Flag
tracelog.collationlevel Collation Level
tracelog.createdby Created By
tracelog.createdon Created On
tracelog.createdonbehalfby Created By (Delegate)
tracelog.errortypedisplay Trace Error Details
tracelog.isunique Is Unique Trace
tracelog.level Level
tracelog.modifiedby Modified By
tracelog.modifiedon Last Update On
tracelog.modifiedonbehalfby Modified By (Delegate)
tracelog.organizationid Organization
tracelog.parenttracelogid Parent Id
tracelog.regardingobjectid Regarding
tracelog.regardingobjectowningbusinessunit Owning Business Unit
tracelog.text Text
tracelog.timezoneruleversionnumber Time Zone Rule Version Number
tracelog.traceactionxml Trace Actions XML
tracelog.tracecode Error Code
tracelog.tracedetailxml Trace Detail XML
tracelog.tracelogid Trace
tracelog.traceparameterhash Trace Parameter Hash
tracelog.traceparameterxml Trace Parameter XML
tracelog.traceregardingid Trace Regarding
tracelog.tracestatus Trace Status
tracelog.utcconversiontimezonecode UTC Conversion Time Zone Code
mailboxtrackingfolder Mailbox Auto Tracking Folder
mailboxtrackingfolders Mailbox Auto Tracking Folders
mailboxtrackingfolder.createdby Created By
mailboxtrackingfolder.createdon Created On
mailboxtrackingfolder.createdonbehalfby Created By (Delegate)
mailboxtrackingfolder.exchangefolderid Exchange Folder Id
mailboxtrackingfolder.exchangefoldername Exchange Folder Name
mailboxtrackingfolder.folderonboardingstatus Folder on boarding Status
mailboxtrackingfolder.mailboxid MailboxId
mailboxtrackingfolder.modifiedby Modified By
mailboxtrackingfolder.modifiedon Modified On
mailboxtrackingfolder.modifiedonbehalfby Modified By (Delegate)
mailboxtrackingfolder.organizationid Organization
mailboxtrackingfolder.ownerid Owner
mailboxtrackingfolder.owningbusinessunit Owning Business Unit
mailboxtrackingfolder.owningteam Owning Team
mailboxtrackingfolder.owninguser Owning User
mailboxtrackingfolder.regardingobjectid Regarding Object Id
mailboxtrackingfolder.regardingobjecttypecode Regarding Object Type Code
mailboxtrackingfolder.versionnumber Version number
`;

export const displayNames: ReadonlyMap<string, string> = new Map(
  text
    .trim()
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)];
    }),
);
