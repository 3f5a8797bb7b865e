/**
 * Columns of systemuser, one a line, in the notation of parse-facts.ts.
 * Source: Microsoft Learn, table reference "systemuser" (powerapps-docs, reference/entities/systemuser.md).
 */

export const systemuserFacts = `
accessmode AccessMode Picklist RCU S =0 {0 Read-Write | 1 Administrative | 2 Read | 3 Support User | 4 Non-interactive | 5 Delegated Admin}
applicationid ApplicationId Uniqueidentifier RCU -
azureactivedirectoryobjectid AzureActiveDirectoryObjectId Uniqueidentifier R-- -
azurestate AzureState Picklist RCU S =0 {0 Exists | 1 Soft deleted | 2 Not found or hard deleted}
businessunitid BusinessUnitId Lookup RCU S -> businessunitid:businessunit
caltype CALType Picklist RCU S =0 {0 Professional | 1 Administrative | 2 Basic | 3 Device Professional | 4 Device Basic | 5 Essential | 6 Device Essential | 7 Enterprise | 8 Device Enterprise | 9 Sales | 10 Service | 11 Field Service | 12 Project Service}
createdon CreatedOn DateTime R-- -
defaultmailbox DefaultMailbox Lookup R-- - -> defaultmailbox:mailbox
domainname DomainName String RCU S len 1024
emailrouteraccessapproval EmailRouterAccessApproval Picklist RCU S =0 {0 Empty | 1 Approved | 2 Pending Approval | 3 Rejected}
firstname FirstName String RCU A len 256
fullname FullName String R-- - len 200
incomingemaildeliverymethod IncomingEmailDeliveryMethod Picklist RCU S =1 {0 None | 1 Microsoft Dynamics 365 for Outlook | 2 Server-Side Synchronization or Email Router | 3 Forward Mailbox}
internalemailaddress InternalEMailAddress String RCU S len 100
invitestatuscode InviteStatusCode Picklist RCU - =0 {0 Invitation Not Sent | 1 Invited | 2 Invitation Near Expired | 3 Invitation Expired | 4 Invitation Accepted | 5 Invitation Rejected | 6 Invitation Revoked}
isdisabled IsDisabled Boolean RCU - =false
isemailaddressapprovedbyo365admin IsEmailAddressApprovedByO365Admin Boolean R-- - =false
isintegrationuser IsIntegrationUser Boolean RCU S =false
islicensed IsLicensed Boolean RCU S =false
issyncwithdirectory IsSyncWithDirectory Boolean RCU S =false
lastname LastName String RCU A len 256
mobilealertemail MobileAlertEMail String RCU - len 100
modifiedon ModifiedOn DateTime R-- -
outgoingemaildeliverymethod OutgoingEmailDeliveryMethod Picklist RCU S =1 {0 None | 1 Microsoft Dynamics 365 for Outlook | 2 Server-Side Synchronization or Email Router}
personalemailaddress PersonalEMailAddress String RCU - len 100
queueid QueueId Lookup RCU - -> queueid:queue
setupuser SetupUser Boolean RCU S =false
systemmanagedusertype SystemManagedUserType Picklist R-- - =0 {0 Entra User | 1 C2 User | 2 Impersonable Stub User}
systemuserid SystemUserId Uniqueidentifier RC- S
versionnumber VersionNumber BigInt R-- -
windowsliveid WindowsLiveID String RCU - len 1024
`;
