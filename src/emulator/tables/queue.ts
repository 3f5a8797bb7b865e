/**
 * Columns of queue, one a line, in the notation of parse-facts.ts.
 * Source: Microsoft Learn, table reference "queue" (powerapps-docs, reference/entities/queue.md).
 */

export const queueFacts = `
allowemailcredentials AllowEmailCredentials Boolean R-- S =false
createdby CreatedBy Lookup R-- - -> createdby:systemuser
createdon CreatedOn DateTime R-- -
defaultmailbox DefaultMailbox Lookup R-- - -> defaultmailbox:mailbox
description Description Memo RCU - len 2000
emailaddress EMailAddress String RCU - len 100
emailpassword EmailPassword String R-- - len 200
emailrouteraccessapproval EmailRouterAccessApproval Picklist RCU S =0 {0 Empty | 1 Approved | 2 Pending Approval | 3 Rejected}
emailusername EmailUsername String R-- - len 200
ignoreunsolicitedemail IgnoreUnsolicitedEmail Boolean RCU - =false
incomingemaildeliverymethod IncomingEmailDeliveryMethod Picklist RCU S =0 {0 None | 2 Server-Side Synchronization or Email Router | 3 Forward Mailbox}
incomingemailfilteringmethod IncomingEmailFilteringMethod Picklist RCU S =0 {0 All email messages | 1 Email messages in response to Dynamics 365 email | 2 Email messages from Dynamics 365 Leads, Contacts and Accounts | 3 Email messages from Dynamics 365 records that are email enabled | 4 No email messages}
isemailaddressapprovedbyo365admin IsEmailAddressApprovedByO365Admin Boolean R-- S =false
modifiedby ModifiedBy Lookup R-- - -> modifiedby:systemuser
modifiedon ModifiedOn DateTime R-- -
name Name String RCU A len 200
organizationid OrganizationId Lookup R-- - -> organizationid:organization
outgoingemaildeliverymethod OutgoingEmailDeliveryMethod Picklist RCU S =0 {0 None | 2 Server-Side Synchronization or Email Router}
ownerid OwnerId Owner RCU S -> ownerid:systemuser, ownerid:team
owningbusinessunit OwningBusinessUnit Lookup R-- - -> owningbusinessunit:businessunit
owningteam OwningTeam Lookup R-- - -> owningteam:team
owninguser OwningUser Lookup R-- - -> owninguser:systemuser
queueid QueueId Uniqueidentifier RC- S
queuetypecode QueueTypeCode Picklist R-- - {1 Default Value}
queueviewtype QueueViewType Picklist RCU S =0 {0 Public | 1 Private}
statecode StateCode State RCU S =0 {0 Active | 1 Inactive}
statuscode StatusCode Status RCU S {1 Active | 2 Inactive}
versionnumber VersionNumber BigInt R-- -
`;
