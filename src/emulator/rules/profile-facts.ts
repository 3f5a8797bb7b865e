/** What the save rules ask of a server profile: its kind and its credentials, as numbers of the choice columns. */

import type { Row } from '../odata/table.ts';

export const credential = {
  userOrQueue: 0,
  profile: 1,
  serverToServer: 2,
  windows: 3,
  anonymous: 4,
  gmail: 5,
  hybrid: 6,
  entra: 7,
} as const;

export function isExchange(row: Row): boolean {
  const type = row.servertype;
  return type === 0 || type === 2 || type === 3;
}

export function isPop3(row: Row): boolean {
  return row.servertype === 1;
}

export function ownOutgoing(row: Row): boolean {
  return row.usesamesettingsforoutgoingconnections === false;
}

export function credentials(row: Row): readonly unknown[] {
  const incoming = row.incomingcredentialretrieval ?? credential.userOrQueue;
  return [incoming, ownOutgoing(row) ? row.outgoingcredentialretrieval : incoming];
}
