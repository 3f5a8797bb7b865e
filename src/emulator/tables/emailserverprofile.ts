/**
 * Columns of emailserverprofile, one a line, in the notation of parse-facts.ts.
 * Source: Microsoft Learn, table reference "emailserverprofile" (powerapps-docs, reference/entities/emailserverprofile.md).
 */

export const emailserverprofileFacts = `
aadresourceid AadResourceId String RCU - len 1024
acsemailservicename ACSEmailServiceName String RCU - len 200
acsenabledforoutgoingemail ACSEnabledForOutgoingEmail Boolean RCU - =false
acsendpointurl ACSEndpointUrl String RCU - len 300
acsmanagedidentityid ACSManagedIdentityId Lookup RCU - -> acsmanagedidentityid:managedidentity
acsresourcegroupname ACSResourceGroupName String RCU - len 200
acssubscriptionid ACSSubscriptionId Uniqueidentifier RCU -
createdby CreatedBy Lookup R-- - -> createdby:systemuser
createdon CreatedOn DateTime R-- -
createdonbehalfby CreatedOnBehalfBy Lookup R-- - -> createdonbehalfby:systemuser
defaultserverlocation DefaultServerLocation String RCU - len 2084
description Description Memo RCU - len 2000
emailserverprofileid EmailServerProfileId Uniqueidentifier RC- S
emailservertypename EmailServerTypeName String R-- - len 250
encodingcodepage EncodingCodePage String RCU - len 100
entityimage EntityImage Image RCU -
entityimage_timestamp EntityImage_Timestamp BigInt R-- -
entityimage_url EntityImage_URL String R-- - len 200
entityimageid EntityImageId Uniqueidentifier R-- -
exchangeonlinetenantid ExchangeOnlineTenantId String RCU - len 36
exchangeversion ExchangeVersion Picklist RCU - {0 Exchange 2007 | 1 Exchange 2007 SP1 | 2 Exchange 2010 | 3 Exchange 2010 SP1 | 4 Exchange 2010 SP2 | 5 Exchange 2013}
incomingauthenticationprotocol IncomingAuthenticationProtocol Picklist RCU - =0 {0 Auto Detect | 1 Negotiate | 2 NTLM | 3 Basic | 4 OAuth}
incomingcredentialretrieval IncomingCredentialRetrieval Picklist RCU - =0 {0 Credentials Specified by a User or Queue | 1 Credentials Specified in Email Server Profile | 2 Server to Server Authentication | 3 Windows Integrated Authentication | 4 Without Credentials (Anonymous) | 5 Gmail OAuth | 6 Exchange Hybrid Modern Auth (HMA) | 7 OAuth with Microsoft Entra ID}
incomingpartnerapplication IncomingPartnerApplication Lookup R-- - -> incomingpartnerapplication:partnerapplication
incomingpassword IncomingPassword String -CU - len 250
incomingportnumber IncomingPortNumber Integer RCU - 0..65536
incomingserverlocation IncomingServerLocation String RCU - len 2084
incominguseimpersonation IncomingUseImpersonation Boolean RCU - =false
incomingusername IncomingUserName String RCU - len 250
incomingusessl IncomingUseSSL Boolean RCU - =true
isincomingpasswordset IsIncomingPasswordSet Boolean R-- - =false
isoauthclientsecretset IsOauthClientSecretSet Boolean R-- - =false
isoutgoingpasswordset IsOutgoingPasswordSet Boolean R-- - =false
keyvaultreferenceid keyvaultreferenceid Lookup RCU - -> keyvaultreferenceid:keyvaultreference
lastauthorizationstatus LastAuthorizationStatus Picklist RCU - =1 {0 Failure | 1 Success}
lastcrmmessage LastCrmMessage Memo RCU - len 2084
lasttestexecutionstatus LastTestExecutionStatus Picklist RCU - =1 {0 Failure | 1 Success | 2 Warning}
lasttestrequest LastTestRequest Memo RCU - len 2084
lasttestresponse LastTestResponse Memo RCU - len 2084
lastteststarttime LastTestStartTime DateTime RCU -
lasttesttotalexecutiontime LastTestTotalExecutionTime BigInt RCU -
lasttestvalidationstatus LastTestValidationStatus Picklist RCU - =1 {0 Failure | 1 Success}
managedidentityid managedidentityid Lookup RCU - -> managedidentityid:managedidentity
maxconcurrentconnections MaxConcurrentConnections Integer RCU - 1..300
minpollingintervalinminutes MinPollingIntervalInMinutes Integer RCU - 0..1440
modifiedby ModifiedBy Lookup R-- - -> modifiedby:systemuser
modifiedon ModifiedOn DateTime R-- -
modifiedonbehalfby ModifiedOnBehalfBy Lookup R-- - -> modifiedonbehalfby:systemuser
moveundeliveredemails MoveUndeliveredEmails Boolean RCU - =false
name Name String RCU A len 100
oauthclientid OauthClientId String RCU - len 1024
oauthclientsecret OauthClientSecret String -CU - len 1024
organizationid OrganizationId Lookup R-- S -> organizationid:organization
outgoingauthenticationprotocol OutgoingAuthenticationProtocol Picklist RCU - =0 {0 Auto Detect | 1 Negotiate | 2 NTLM | 3 Basic | 4 OAuth}
outgoingautograntdelegateaccess OutgoingAutoGrantDelegateAccess Boolean RCU - =false
outgoingcredentialretrieval OutgoingCredentialRetrieval Picklist RCU - {0 Credentials Specified by a User or Queue | 1 Credentials Specified in Email Server Profile | 2 Server to Server Authentication | 3 Windows Integrated Authentication | 4 Without Credentials (Anonymous) | 5 Gmail OAuth | 6 Exchange Hybrid Modern Auth (HMA) | 7 OAuth with Microsoft Entra ID}
outgoingpartnerapplication OutgoingPartnerApplication Lookup R-- - -> outgoingpartnerapplication:partnerapplication
outgoingpassword OutgoingPassword String -CU - len 250
outgoingportnumber OutgoingPortNumber Integer RCU - 0..65536
outgoingserverlocation OutgoingServerLocation String RCU - len 2084
outgoinguseimpersonation OutgoingUseImpersonation Boolean RCU - =false
outgoingusername OutgoingUsername String RCU - len 250
outgoingusessl OutgoingUseSSL Boolean RCU - =true
owneremailaddress OwnerEmailAddress String RCU - len 100
ownerid OwnerId Owner RCU S -> ownerid:systemuser, ownerid:team
owneridname OwnerIdName String R-- S len 100 virtual
owneridtype OwnerIdType EntityName RCU S virtual
owneridyominame OwnerIdYomiName String R-- S len 100 virtual
owningbusinessunit OwningBusinessUnit Lookup R-- - -> owningbusinessunit:businessunit
owningteam OwningTeam Lookup R-- - -> owningteam:team
owninguser OwningUser Lookup R-- - -> owninguser:systemuser
processemailsreceivedafter ProcessEmailsReceivedAfter DateTime RCU -
purviewmanagedidentityid PurviewManagedIdentityId Lookup RCU - -> purviewmanagedidentityid:managedidentity
sendemailalert SendEmailAlert Boolean RCU - =false
serverauthority ServerAuthority Picklist RCU S =0 {0 Public (+GCC) (https://login.microsoftonline.com) | 1 US Government (GCC High and DoD) (https://login.microsoftonline.us) | 2 China (21Vianet) (https://login.chinacloudapi.cn) | 3 Automatic (determined by Dynamics 365 cloud)}
servertype ServerType Picklist RCU A {0 Exchange Server | 1 Other (POP3/SMTP) | 2 Exchange Server (Hybrid) | 3 Exchange Online (Hybrid) | 4 IMAP/SMTP}
statecode StateCode State R-U S {0 Active | 1 Inactive}
statuscode StatusCode Status RCU - {1 Active | 2 Inactive}
timeoutmailboxconnection TimeoutMailboxConnection Boolean RCU - =true
timeoutmailboxconnectionafteramount TimeoutMailboxConnectionAfterAmount Integer RCU - 0..100000
timezoneruleversionnumber TimeZoneRuleVersionNumber Integer RCU - -1..2147483647
useautodiscover UseAutoDiscover Boolean RCU - =false
usedefaulttenantid UseDefaultTenantId Boolean RCU - =true
usesamesettingsforoutgoingconnections UseSameSettingsForOutgoingConnections Boolean RCU - =true
utcconversiontimezonecode UTCConversionTimeZoneCode Integer RCU - -1..2147483647
versionnumber VersionNumber BigInt R-- -
`;
