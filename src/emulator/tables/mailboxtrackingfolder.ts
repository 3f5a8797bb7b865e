/**
 * Columns of mailboxtrackingfolder, one a line, in the notation of parse-facts.ts: the folders of a mailbox that are
 * tracked automatically. No environment starts with any; of the hundreds of tables that a folder can regard, the two
 * that it is made for.
 * Source: Microsoft Learn, table reference "mailboxtrackingfolder" (powerapps-docs, reference/entities/mailboxtrackingfolder.md).
 */

export const mailboxtrackingfolderFacts = `
createdby CreatedBy Lookup R-- - -> createdby:systemuser
createdon CreatedOn DateTime R-- -
createdonbehalfby CreatedOnBehalfBy Lookup R-- - -> createdonbehalfby:systemuser
exchangefolderid ExchangeFolderId String RCU - len 120
exchangefoldername ExchangeFolderName String RCU - len 256
folderonboardingstatus FolderOnboardingStatus Integer RCU S 0..2147483647
mailboxid MailboxId Lookup RCU S -> mailboxid:mailbox
mailboxtrackingfolderid MailboxTrackingFolderId Uniqueidentifier R-- S
modifiedby ModifiedBy Lookup R-- - -> modifiedby:systemuser
modifiedon ModifiedOn DateTime R-- -
modifiedonbehalfby ModifiedOnBehalfBy Lookup R-- - -> modifiedonbehalfby:systemuser
organizationid OrganizationId Lookup R-- S -> organizationid:organization
ownerid OwnerId Owner RCU S -> ownerid:systemuser, ownerid:team
owneridtype OwnerIdType EntityName RCU S virtual
owningbusinessunit OwningBusinessUnit Lookup R-- - -> owningbusinessunit:businessunit
owningteam OwningTeam Lookup R-- - -> owningteam:team
owninguser OwningUser Lookup R-- - -> owninguser:systemuser
regardingobjectid RegardingObjectId Lookup RCU - -> regardingobjectid_account:account, regardingobjectid_contact:contact
regardingobjecttypecode RegardingObjectTypeCode EntityName RCU - virtual
versionnumber VersionNumber BigInt R-- -
`;
