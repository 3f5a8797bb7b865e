/**
 * Which messages the tables have, and the rows of sdkmessage and sdkmessagefilter by which clients ask for them.
 * Source: Microsoft Learn, table references, "Messages"; of the other tables only what this environment answers.
 */

import type { Row } from '../odata/table.ts';
import { uuidFrom } from '../uuid.ts';

const owned =
  'Assign Associate Create Delete Disassociate GrantAccess ModifyAccess Retrieve RetrieveMultiple RetrievePrincipalAccess RetrieveSharedPrincipalsAndAccess RevokeAccess SetState Update Upsert';

const messages: Readonly<Record<string, string>> = {
  mailbox: owned,
  emailserverprofile: owned,
  organization: 'Associate Disassociate Retrieve RetrieveMultiple Update',
  queue: `AddPrincipalToQueue ${owned} RetrieveUserQueues`,
  systemuser: 'Associate Create Delete Disassociate Retrieve RetrieveMultiple SetState Update Upsert',
  tracelog: 'Associate Create Delete Disassociate Retrieve RetrieveMultiple',
  mailboxtrackingfolder: 'Create Delete Retrieve RetrieveMultiple Update Upsert',
  team: 'Associate Create Delete Disassociate Retrieve RetrieveMultiple Update',
  businessunit: 'Create Retrieve RetrieveMultiple Update',
  role: 'Associate Create Delete Disassociate Retrieve RetrieveMultiple',
  privilege: 'Retrieve RetrieveMultiple',
};

export const sdkmessageFacts = `
name Name String R-- S len 256
sdkmessageid SdkMessageId Uniqueidentifier R-- S
versionnumber VersionNumber BigInt R-- -
`;

export const sdkmessagefilterFacts = `
primaryobjecttypecode PrimaryObjectTypeCode EntityName R-- S
sdkmessagefilterid SdkMessageFilterId Uniqueidentifier R-- S
sdkmessageid SdkMessageId Lookup R-- - -> sdkmessageid:sdkmessage
versionnumber VersionNumber BigInt R-- -
`;

/** Rows that are the same in every environment, by id. */
export const fixedRows: ReadonlyMap<string, ReadonlyMap<string, Row>> = new Map([
  ['sdkmessage', byId('sdkmessageid', messageRows())],
  ['sdkmessagefilter', byId('sdkmessagefilterid', filterRows())],
]);

function byId(column: string, rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [String(row[column]), row]));
}

function messageRows(): readonly Row[] {
  const names = new Set(Object.values(messages).flatMap((list) => list.split(' ')));
  return [...names].map((name) => ({ sdkmessageid: messageId(name), name, versionnumber: 1 }));
}

function filterRows(): readonly Row[] {
  return Object.entries(messages).flatMap(([table, list]) =>
    list.split(' ').map((name) => ({
      sdkmessagefilterid: uuidFrom('sdkmessagefilter', table, name),
      sdkmessageid: { table: 'sdkmessage', id: messageId(name), name },
      primaryobjecttypecode: table,
      versionnumber: 1,
    })),
  );
}

function messageId(name: string): string {
  return uuidFrom('sdkmessage', name);
}
