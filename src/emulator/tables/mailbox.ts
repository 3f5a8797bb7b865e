/**
 * Columns of mailbox, one a line, in the notation of parse-facts.ts.
 * Source: Microsoft Learn, table reference "mailbox" (powerapps-docs, reference/entities/mailbox.md).
 */

export const mailboxFacts = `
acsenabledforoutgoingemail ACSEnabledForOutgoingEmail Boolean RCU - =false
acsmailfromcreated ACSMailFromCreated Boolean RCU - =false
acsoutgoingemailstatus ACSOutgoingEmailStatus Picklist RCU - =0 {0 Not Run | 1 Success | 2 Failure}
actdeliverymethod ACTDeliveryMethod Picklist RCU - =0 {0 Microsoft Dynamics 365 for Outlook | 1 Server-Side Synchronization | 2 None}
actstatus ACTStatus Picklist R-U - =0 {0 Not Run | 1 Success | 2 Failure}
allowemailconnectortousecredentials AllowEmailConnectorToUseCredentials Boolean RCU - =false
averagetotalduration AverageTotalDuration Integer R-- - -1..2147483647
createdby CreatedBy Lookup R-- - -> createdby:systemuser
createdon CreatedOn DateTime R-- -
createdonbehalfby CreatedOnBehalfBy Lookup R-- - -> createdonbehalfby:systemuser
emailaddress EmailAddress String RCU - len 100
emailaddressapprovedby EmailAddressApprovedBy Lookup R-- - -> emailaddressapprovedby_mailbox:systemuser
emailaddressapprovedon EmailAddressApprovedOn DateTime R-- -
emailrouteraccessapproval EmailRouterAccessApproval Picklist RCU S =0 {0 Empty | 1 Approved | 2 Pending Approval | 3 Rejected}
emailserverprofile EmailServerProfile Lookup RCU - -> emailserverprofile:emailserverprofile
enabledforact EnabledForACT Boolean R-U S =true
enabledforincomingemail EnabledForIncomingEmail Boolean R-U S =true
enabledforoutgoingemail EnabledForOutgoingEmail Boolean R-U S =true
entityimage EntityImage Image RCU -
entityimage_timestamp EntityImage_Timestamp BigInt R-- -
entityimage_url EntityImage_URL String R-- - len 200
entityimageid EntityImageId Uniqueidentifier R-- -
ewsurl EWSURL String RCU - len 2084
exchangecontactsimportcompletedon ExchangeContactsImportCompletedOn DateTime R-- -
exchangecontactsimportstatus ExchangeContactsImportStatus Picklist RCU - =0 {0 NotImported | 1 Imported | 2 ImportFailed}
exchangesyncstatexml ExchangeSyncStateXml Memo RCU - len 1073741823
exchangesyncstatexmlfileref ExchangeSyncStateXmlFileRef File R-- -
exchangesyncstatexmlfileref_name ExchangeSyncStateXmlFileRef_Name String R-- -
folderhierarchy FolderHierarchy Memo RCU - len 1073741823
forcedunlockcount ForcedUnlockCount Integer R-- S 0..2147483647
hostid HostId String R-- - len 256
incomingemaildeliverymethod IncomingEmailDeliveryMethod Picklist RCU - {0 None | 1 Microsoft Dynamics 365 for Outlook | 2 Server-Side Synchronization | 3 Forward Mailbox}
incomingemailstatus IncomingEmailStatus Picklist R-U - =0 {0 Not Run | 1 Success | 2 Failure}
isactsyncorgflagset IsACTSyncOrgFlagSet Boolean RCU - =false
isemailaddressapprovedbyo365admin IsEmailAddressApprovedByO365Admin Boolean R-U S =false
isexchangecontactsimportscheduled IsExchangeContactsImportScheduled Boolean R-- S =false
isforwardmailbox IsForwardMailbox Boolean R-- S =true
isoauthaccesstokenset IsOauthAccessTokenSet Boolean R-- - =false
isoauthrefreshtokenset IsOauthRefreshTokenSet Boolean R-- - =false
ispasswordset IsPasswordSet Boolean R-- - =false
isserviceaccount IsServiceAccount Boolean R-- S =false
itemsfailedforlastsync ItemsFailedForLastSync Integer RCU - 0..2147483647
itemsprocessedforlastsync ItemsProcessedForLastSync Integer RCU - 0..2147483647
lastactiveon LastActiveOn DateTime --- S
lastautodiscoveredon LastAutoDiscoveredOn DateTime RCU -
lastduration LastDuration Integer R-- - -1..2147483647
lastincomingemailsrequestedfromemailserveron LastIncomingEmailsRequestedFromEmailServerOn DateTime RCU -
lastmailboxforcedunlockoccurredon LastMailboxForcedUnlockOccurredOn DateTime R-- -
lastmessageid LastMessageId String RCU - len 320
lastsuccessfulsynccompletedon LastSuccessfulSyncCompletedOn DateTime R-U -
lastsyncerror LastSyncError String RCU - len 2048
lastsyncerrorcode LastSyncErrorCode Integer RCU - -2147483648..2147483647
lastsyncerrorcount LastSyncErrorCount Integer RCU - 0..2147483647
lastsyncerrormachinename LastSyncErrorMachineName String RCU - len 320
lastsyncerroroccurredon LastSyncErrorOccurredOn DateTime RCU -
lastsyncstartedon LastSyncStartedOn DateTime R-- -
lasttagcompletedon LastTagCompletedOn DateTime RCU -
lasttaggedmessageid LastTaggedMessageId String R-U - len 320
lasttagprocessedmaxitems LastTagProcessedMaxItems Boolean RCU - =false
mailboxid MailboxId Uniqueidentifier RC- S
mailboxprocessingcontext MailboxProcessingContext Integer RCU - 0..2147483647
mailboxstatus MailboxStatus Picklist R-- - =0 {0 Not Run | 1 Success | 2 Failure}
modifiedby ModifiedBy Lookup R-- - -> modifiedby:systemuser
modifiedon ModifiedOn DateTime R-- -
modifiedonbehalfby ModifiedOnBehalfBy Lookup R-- - -> modifiedonbehalfby:systemuser
name Name String RCU S len 200
nextscheduledactsyncinseconds NextScheduledACTSyncInSeconds Integer R-- - 0..2147483647
noactcount NoACTCount Integer R-- - 0..2147483647
noemailcount NoEmailCount Integer R-- - 0..2147483647
oauthaccesstoken OauthAccessToken String -CU - len 1024
oauthrefreshtoken OauthRefreshToken String -CU - len 256
oauthtokenexpireson OauthTokenExpiresOn DateTime RCU -
officeappsdeploymentcompleteon OfficeAppsDeploymentCompleteOn DateTime R-- -
officeappsdeploymenterror OfficeAppsDeploymentError String R-- - len 2048
officeappsdeploymentscheduled OfficeAppsDeploymentScheduled Boolean RCU - =false
officeappsdeploymentstatus OfficeAppsDeploymentStatus Picklist RCU - =0 {0 NotInstalled | 1 Installed | 2 InstallFailed | 3 UninstallFailed | 4 UpgradeRequired}
organizationid OrganizationId Lookup R-- S -> organizationid:organization
orgmarkedasprimaryforexchangesync OrgMarkedAsPrimaryForExchangeSync Boolean RCU - =false
outgoingemaildeliverymethod OutgoingEmailDeliveryMethod Picklist RCU - {0 None | 1 Microsoft Dynamics 365 for Outlook | 2 Server-Side Synchronization}
outgoingemailstatus OutgoingEmailStatus Picklist R-U - =0 {0 Not Run | 1 Success | 2 Failure}
ownerid OwnerId Owner RCU S -> ownerid:systemuser, ownerid:team
owneridname OwnerIdName String R-- S len 160 virtual
owneridtype OwnerIdType EntityName RCU S virtual
owneridyominame OwnerIdYomiName String R-- S len 160 virtual
owningbusinessunit OwningBusinessUnit Lookup R-- - -> owningbusinessunit:businessunit
owningteam OwningTeam Lookup R-- - -> owningteam:team
owninguser OwningUser Lookup R-- - -> owninguser:systemuser
password Password String -CU - len 200
postponemailboxprocessinguntil PostponeMailboxProcessingUntil DateTime R-U S dateonly
postponeofficeappsdeploymentuntil PostponeOfficeAppsDeploymentUntil DateTime RCU -
postponesendinguntil PostponeSendingUntil DateTime RCU S dateonly
postponetestemailconfigurationuntil PostponeTestEmailConfigurationUntil DateTime RCU -
processanddeleteemails ProcessAndDeleteEmails Boolean RCU - =false
processedtimes ProcessedTimes Integer R-- - -1..2147483647
processemailreceivedafter ProcessEmailReceivedAfter DateTime RCU - dateonly
processinglastattemptedon ProcessingLastAttemptedOn DateTime RCU -
processingstatecode ProcessingStateCode Integer R-- S 0..2147483647
receivingpostponeduntil ReceivingPostponedUntil DateTime R-- - dateonly
receivingpostponeduntilforact ReceivingPostponedUntilForACT DateTime R-- - dateonly
regardingobjectid RegardingObjectId Lookup R-- - -> regardingobjectid_queue:queue, regardingobjectid:systemuser
regardingobjecttypecode RegardingObjectTypeCode EntityName R-- - virtual
statecode StateCode State R-U S =0 {0 Active | 1 Inactive}
statuscode StatusCode Status RCU S {1 Active | 2 Inactive}
tagemailsafter TagEmailsAfter DateTime RCU - dateonly
testandenablelastattemptedby TestAndEnableLastAttemptedBy Lookup R-- - -> testandenablelastattemptedby_mailbox:systemuser
testandenablelastattemptedon TestAndEnableLastAttemptedOn DateTime R-- -
testemailconfigurationretrycount TestEmailConfigurationRetryCount Integer RCU S 0..2147483647
testemailconfigurationscheduled TestEmailConfigurationScheduled Boolean RCU - =false
testmailboxaccesscompletedon TestMailboxAccessCompletedOn DateTime R-U -
timezoneruleversionnumber TimeZoneRuleVersionNumber Integer RCU - -1..2147483647
transientfailurecount TransientFailureCount Integer R-- S 0..2147483647
undeliverablefolder UndeliverableFolder String R-U - len 256
username Username String RCU - len 200
utcconversiontimezonecode UTCConversionTimeZoneCode Integer RCU - -1..2147483647
verboseloggingenabled VerboseLoggingEnabled Integer R-U S 0..100
versionnumber VersionNumber BigInt R-- -
`;
