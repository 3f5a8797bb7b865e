/**
 * Alerts (tracelog rows) of tests. One problem leaves several rows: two of level Information for the owner, one Error on
 * the mailbox, one Error on the profile. Record tokens as listed by public tools: @[type code,id,"name"].
 */

import type { Reference, Row } from '../odata/table.ts';
import { uuidFrom } from '../uuid.ts';
import { follow, isReference, organizationRow, stamp, text, type World } from '../world.ts';
import type { Direction } from './directions.ts';

export type Level = 1 | 2 | 3;

const switches: Readonly<Record<Level, string>> = {
  1: 'generatealertsforinformation',
  2: 'generatealertsforwarnings',
  3: 'generatealertsforerrors',
};

function token(world: World, reference: Reference): string {
  const code = world.tables.get(reference.table)?.objectTypeCode ?? 0;
  return `@[${code},${reference.id},"${reference.name ?? ''}"]`;
}

/** A switch that was never set counts as on: the documented default. */
export function isWritten(world: World, level: Level): boolean {
  return organizationRow(world)[switches[level]] !== false;
}

/** The same alert again moves the time of the row that is there (Microsoft Learn, table reference "tracelog"). */
export function writeAlert(
  world: World,
  regarding: Reference,
  level: Level,
  message: string,
  success = false,
): void {
  if (!isWritten(world, level)) return;
  const organizationId = world.organization.organizationId.toLowerCase();
  const id = uuidFrom(organizationId, 'tracelog', regarding.id, String(level), message);
  const known = world.store.get('tracelog', id);
  const now = stamp(world);
  world.store.put('tracelog', id, {
    tracelogid: id,
    text: message.slice(0, 2000),
    level,
    regardingobjectid: regarding,
    regardingobjectowningbusinessunit: follow(world, regarding)?.owningbusinessunit ?? null,
    organizationid: world.store.reference('organization', organizationId),
    tracestatus: success,
    tracecode: 0,
    canbedeleted: true,
    isunique: false,
    collationlevel: 0,
    createdon: known?.createdon ?? now,
    modifiedon: now,
  });
}

/** Where error alerts are off, a failed test leaves none of them. */
export function alertFailure(
  world: World,
  mailbox: Row,
  direction: Direction,
  code: string,
  transient: boolean,
): void {
  const level = transient && world.switches.transientAlertLevel === 'warning' ? 2 : 3;
  if (!isWritten(world, level)) return;
  const reference = world.store.reference('mailbox', text(mailbox.mailboxid));
  const shown = token(world, reference);
  const then = transient
    ? 'The system will try again.'
    : 'The mailbox has been disabled for this direction; correct the problem, then test and enable it again.';
  const detail = `Email Server Error Code: ${code}`;
  writeAlert(
    world,
    reference,
    level,
    `${direction.words} for the email address "${text(mailbox.emailaddress)}" of the mailbox ${shown}. ${then} ${detail}`,
  );
  writeAlert(
    world,
    reference,
    1,
    `${direction.words} for the mailbox ${shown}. ${then} The owner of the associated email server profile has been notified.`,
  );
  writeAlert(world, reference, 1, `${direction.words} for your mailbox ${shown}. ${then}`);
  const profile = mailbox.emailserverprofile;
  if (isReference(profile)) {
    writeAlert(
      world,
      profile,
      level,
      `${direction.words} for one or more mailboxes associated with the email server profile ${token(world, profile)}. ${detail}`,
    );
  }
}

export function alertSuccess(world: World, mailbox: Row): void {
  if (world.switches.successAlert !== 'true') return;
  const reference = world.store.reference('mailbox', text(mailbox.mailboxid));
  writeAlert(
    world,
    reference,
    1,
    `The mailbox ${token(world, reference)} has been tested and enabled for processing.`,
    true,
  );
}

export function alertTaken(world: World, mailbox: Row): void {
  const reference = world.store.reference('mailbox', text(mailbox.mailboxid));
  writeAlert(
    world,
    reference,
    3,
    `The mailbox ${token(world, reference)} was disabled because another organization is set as the primary organization that synchronizes it with Exchange. Email Server Error Code: ExchangeSyncOrgMismatch`,
  );
}
