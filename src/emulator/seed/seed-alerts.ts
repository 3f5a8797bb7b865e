/** Alerts that an organization file starts with. */

import { toStamp } from '../clock.ts';
import type { Reference, Row } from '../odata/table.ts';
import type { AlertEntry } from '../organization.ts';
import { uuidFrom } from '../uuid.ts';
import { readChoice } from './read-columns.ts';
import type { Seed } from './seed-context.ts';

export function seedAlerts(seed: Seed): void {
  for (const [index, alert] of (seed.world.organization.alerts ?? []).entries()) {
    const id = uuidFrom(seed.organizationId, 'tracelog', String(index), alert.text);
    seed.put('tracelog', id, alertRow(seed, id, alert));
  }
}

function alertRow(seed: Seed, id: string, alert: AlertEntry): Row {
  const at = alert.at === undefined ? seed.daysAgo(1) : toStamp(Date.parse(alert.at));
  const column = seed.world.tables.get('tracelog')?.columns.get('level');
  return {
    tracelogid: id,
    text: alert.text,
    level:
      column === undefined || alert.level === undefined ? 3 : readChoice('tracelog', column, alert.level),
    regardingobjectid: regarding(seed, alert),
    tracestatus: false,
    canbedeleted: true,
    isunique: false,
    tracecode: 0,
    organizationid: seed.world.store.reference('organization', seed.organizationId),
    createdon: at,
    modifiedon: at,
  };
}

/** A mailbox is named by its name or its e-mail address. */
function regarding(seed: Seed, alert: AlertEntry): Reference {
  const { world } = seed;
  if (alert.profile !== undefined) {
    const id = seed.names.find('emailserverprofile', alert.profile);
    if (id !== undefined) return world.store.reference('emailserverprofile', id);
    throw new Error(`alert: no profile is named "${alert.profile}"`);
  }
  const wanted = (alert.mailbox ?? '').toLowerCase();
  for (const row of world.store.rows('mailbox')) {
    const names = [row.name, row.emailaddress].map((cell) => String(cell).toLowerCase());
    if (names.includes(wanted)) return world.store.reference('mailbox', String(row.mailboxid));
  }
  throw new Error(`alert: no mailbox is named "${alert.mailbox ?? ''}"`);
}
