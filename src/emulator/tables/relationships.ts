/**
 * Many-to-one relationships between tables, one a line: schema name, column, table it refers to, what deleting does.
 * The collection on the other side has the schema name. Source: Microsoft Learn, table references; many-to-many
 * relationships stand with the tables.
 */

const text = `
emailserverprofile_mailbox mailbox.emailserverprofile emailserverprofile RemoveLink
mailbox_regarding_systemuser mailbox.regardingobjectid systemuser Cascade
mailbox_regarding_queue mailbox.regardingobjectid queue Cascade
mailbox_emailaddressapprovedby_systemuser mailbox.emailaddressapprovedby systemuser RemoveLink
mailbox_testandenablelastattemptedby_systemuser mailbox.testandenablelastattemptedby systemuser RemoveLink
organization_mailbox mailbox.organizationid organization NoCascade
business_unit_mailbox mailbox.owningbusinessunit businessunit NoCascade
team_mailbox mailbox.owningteam team NoCascade
user_mailbox mailbox.owninguser systemuser NoCascade
organization_emailserverprofile emailserverprofile.organizationid organization NoCascade
business_unit_emailserverprofile emailserverprofile.owningbusinessunit businessunit NoCascade
team_emailserverprofile emailserverprofile.owningteam team NoCascade
EmailServerProfile_Organization organization.defaultemailserverprofileid emailserverprofile RemoveLink
queue_defaultmailbox_mailbox queue.defaultmailbox mailbox RemoveLink
systemuser_defaultmailbox_mailbox systemuser.defaultmailbox mailbox NoCascade
Mailbox_MailboxTrackingFolder mailboxtrackingfolder.mailboxid mailbox NoCascade
businessunit_mailboxtrackingfolder mailboxtrackingfolder.owningbusinessunit businessunit NoCascade
tracelog_Mailbox tracelog.regardingobjectid mailbox NoCascade
tracelog_EmailServerProfile tracelog.regardingobjectid emailserverprofile NoCascade
tracelog_parent_tracelog tracelog.parenttracelogid tracelog Cascade
organization_tracelog tracelog.organizationid organization NoCascade
`;

export interface Relationship {
  readonly schemaName: string;
  readonly table: string;
  readonly column: string;
  readonly target: string;
  readonly onDelete: string;
}

export const relationships: readonly Relationship[] = text
  .trim()
  .split('\n')
  .map((line) => {
    const [schemaName = '', place = '', target = '', onDelete = ''] = line.split(' ');
    const [table = '', column = ''] = place.split('.');
    return { schemaName, table, column, target, onDelete };
  });
