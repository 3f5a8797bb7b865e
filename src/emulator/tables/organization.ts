/**
 * Columns of organization, one a line, in the notation of parse-facts.ts.
 * Source: Microsoft Learn, table reference "organization" (powerapps-docs, reference/entities/organization.md).
 */

export const organizationFacts = `
acknowledgementtemplateid AcknowledgementTemplateId Lookup R-U - -> acknowledgementtemplateid:template
allowaddressbooksyncs AllowAddressBookSyncs Boolean R-U - =false
allowautoresponsecreation AllowAutoResponseCreation Boolean R-U - =false
allowautounsubscribe AllowAutoUnsubscribe Boolean R-U - =false
allowautounsubscribeacknowledgement AllowAutoUnsubscribeAcknowledgement Boolean R-U - =false
allowmarketingemailexecution AllowMarketingEmailExecution Boolean R-U - =false
allowofflinescheduledsyncs AllowOfflineScheduledSyncs Boolean R-U - =false
allowoutlookscheduledsyncs AllowOutlookScheduledSyncs Boolean R-U - =false
allowunresolvedpartiesonemailsend AllowUnresolvedPartiesOnEmailSend Boolean R-U - =false
blockedattachments BlockedAttachments String R-U - len 1073741823
createdon CreatedOn DateTime R-- -
daysbeforeemaildescriptionismigrated DaysBeforeEmailDescriptionIsMigrated Integer R-U - -2147483648..2147483647
defaultemailserverprofileid DefaultEmailServerProfileId Lookup R-U - -> defaultemailserverprofileid:emailserverprofile
defaultemailsettings DefaultEmailSettings String R-U - len 1073741823
emailconnectionchannel EmailConnectionChannel Picklist R-U S =0 {0 Server-Side Synchronization | 1 Microsoft Dynamics 365 Email Router}
emailcorrelationenabled EmailCorrelationEnabled Boolean R-U S =true
emailsendpollingperiod EmailSendPollingPeriod Integer R-U S -2147483648..2147483647
enablesmartmatching EnableSmartMatching Boolean R-U - =false
generatealertsforerrors GenerateAlertsForErrors Boolean R-U - =true
generatealertsforinformation GenerateAlertsForInformation Boolean R-U - =true
generatealertsforwarnings GenerateAlertsForWarnings Boolean R-U - =true
hashdeltasubjectcount HashDeltaSubjectCount Integer R-U - 0..2147483647
hashfilterkeywords HashFilterKeywords String R-U - len 1073741823
hashmaxcount HashMaxCount Integer R-U - 0..2147483647
hashminaddresscount HashMinAddressCount Integer R-U - 0..2147483647
ignoreinternalemail IgnoreInternalEmail Boolean R-U S =false
incomingemailexchangeemailretrievalbatchsize IncomingEmailExchangeEmailRetrievalBatchSize Integer R-U - 1..2147483647
isappointmentattachmentsyncenabled IsAppointmentAttachmentSyncEnabled Boolean R-U S =false
isassignedtaskssyncenabled IsAssignedTasksSyncEnabled Boolean R-U S =false
iscontactmailingaddresssyncenabled IsContactMailingAddressSyncEnabled Boolean R-U - =true
iscontextualemailenabled IsContextualEmailEnabled Boolean R-U - =false
isemailaddressvalidationenabled IsEmailAddressValidationEnabled Boolean R-U S =false
isemailmonitoringallowed IsEmailMonitoringAllowed Boolean R-U S =true
isemailserverprofilecontentfilteringenabled IsEmailServerProfileContentFilteringEnabled Boolean R-U S =false
isfolderbasedtrackingenabled IsFolderBasedTrackingEnabled Boolean R-U S =false
ismailboxforcedunlockingenabled IsMailboxForcedUnlockingEnabled Boolean R-U S =false
ismailboxinactivebackoffenabled IsMailboxInactiveBackoffEnabled Boolean R-U S =false
isresourcebookingexchangesyncenabled IsResourceBookingExchangeSyncEnabled Boolean R-U - =false
mailboxintermittentissueminrange MailboxIntermittentIssueMinRange Integer R-U - -2147483648..2147483647
mailboxpermanentissueminrange MailboxPermanentIssueMinRange Integer R-U - -2147483648..2147483647
maxfolderbasedtrackingmappings MaxFolderBasedTrackingMappings Integer R-U S 1..25
maximumtrackingnumber MaximumTrackingNumber Integer R-U - 0..2147483647
maxuploadfilesize MaxUploadFileSize Integer R-U S 0..2147483647
maxverboseloggingmailbox MaxVerboseLoggingMailbox Integer R-- - -2147483648..2147483647
maxverboseloggingsynccycles MaxVerboseLoggingSyncCycles Integer R-- - -2147483648..2147483647
minaddressbooksyncinterval MinAddressBookSyncInterval Integer R-U S -2147483648..2147483647
minofflinesyncinterval MinOfflineSyncInterval Integer R-U S -2147483648..2147483647
minoutlooksyncinterval MinOutlookSyncInterval Integer R-U S 0..2147483647
modifiedon ModifiedOn DateTime R-- -
name Name String R-U S len 160
nexttrackingnumber NextTrackingNumber Integer R-U - -2147483648..2147483647
notifymailboxownerofemailserverlevelalerts NotifyMailboxOwnerOfEmailServerLevelAlerts Boolean R-U S =true
officeappsautodeploymentenabled OfficeAppsAutoDeploymentEnabled Boolean R-U S =false
organizationid OrganizationId Uniqueidentifier R-- -
orgdborgsettings OrgDbOrgSettings String R-U - len 1073741823
performactsyncafter PerformACTSyncAfter DateTime R-U -
rendersecureiframeforemail RenderSecureIFrameForEmail Boolean R-U S =false
requireapprovalforqueueemail RequireApprovalForQueueEmail Boolean R-U S =false
requireapprovalforuseremail RequireApprovalForUserEmail Boolean R-U S =false
resolvesimilarunresolvedemailaddress ResolveSimilarUnresolvedEmailAddress Boolean R-U S =false
sendbulkemailinuci SendBulkEmailInUCI Boolean R-U S =false
syncoptinselection SyncOptInSelection Boolean R-U S =false
syncoptinselectionstatus SyncOptInSelectionStatus Picklist R-U - {1 Processing | 2 Passed | 3 Failed}
tagmaxaggressivecycles TagMaxAggressiveCycles Integer R-U S
tagpollingperiod TagPollingPeriod Integer R-U S 0..2147483647
tracelogmaximumageindays TraceLogMaximumAgeInDays Integer R-U S 0..2147483647
trackingprefix TrackingPrefix String R-U - len 256
trackingtokenidbase TrackingTokenIdBase Integer R-U - 0..2147483647
trackingtokeniddigits TrackingTokenIdDigits Integer R-U -
unresolveemailaddressifmultiplematch UnresolveEmailAddressIfMultipleMatch Boolean R-U S =false
versionnumber VersionNumber BigInt R-- -
`;
