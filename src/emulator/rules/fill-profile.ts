/**
 * Ports that the service fills in where a profile leaves them out (Microsoft Learn, "Connect to IMAP, POP, or SMTP
 * servers": the ports populate when the row is saved), and the hosts of Gmail ("Connect Gmail accounts").
 */

import type { Row } from '../odata/table.ts';
import type { World } from '../world.ts';

const incomingPorts: Readonly<Record<number, number>> = { 1: 995, 4: 993 };

export function fillProfile(world: World, row: Row): Row {
  const filled = row.incomingcredentialretrieval === 5 ? fillGmail(world, row) : row;
  const port = incomingPorts[Number(filled.servertype)];
  if (port === undefined) return filled;
  return {
    ...filled,
    incomingportnumber: filled.incomingportnumber ?? port,
    outgoingportnumber: filled.outgoingportnumber ?? 587,
  };
}

function fillGmail(world: World, row: Row): Row {
  return {
    ...row,
    servertype: row.servertype ?? Number(world.switches.gmailServerType),
    incomingserverlocation: row.incomingserverlocation ?? 'pop.gmail.com',
    outgoingserverlocation: row.outgoingserverlocation ?? 'smtp.gmail.com',
  };
}
