/**
 * What tests make of the link between an Exchange mailbox and an organization, here and in the other environments
 * (Microsoft Learn, "When would I want to use this check box?"): who tests an address takes it, and the row of whoever
 * had it is disabled there; its results stay.
 */

import type { Row } from '../odata/table.ts';
import { isExchange } from '../rules/profile-facts.ts';
import { follow, never, patchAsEngine, text, type World } from '../world.ts';
import { alertTaken } from './alerts.ts';
import { testedDirections } from './directions.ts';

/** Stands for an environment that no emulator plays. */
const anotherOrganization = 'another organization';

function ownId(world: World): string {
  return world.organization.organizationId.toLowerCase();
}

function isOnExchange(world: World, mailbox: Row): boolean {
  const profile = follow(world, mailbox.emailserverprofile);
  return profile !== undefined && isExchange(profile);
}

/** Another environment is primary for the mailbox; the check box of the dialog takes it back. */
export function isHeldByAnother(world: World, mailbox: Row): boolean {
  if (mailbox.orgmarkedasprimaryforexchangesync === true) return false;
  const primary = world.links.get(text(mailbox.emailaddress))?.primary ?? null;
  return primary !== null && primary !== ownId(world);
}

/** After a test that passed in some direction. */
export function linkMailbox(world: World, mailbox: Row): void {
  const emailAddress = text(mailbox.emailaddress);
  if (emailAddress === '' || !isOnExchange(world, mailbox)) return;
  const before = world.links.get(emailAddress);
  const asks = mailbox.orgmarkedasprimaryforexchangesync === true;
  const syncs = mailbox.actdeliverymethod === 1 && mailbox.actstatus === 1;
  const primary = asks || (syncs && (before?.primary ?? null) === null) ? ownId(world) : before?.primary;
  const isSame = before?.organization === ownId(world) && before.primary === (primary ?? null);
  if (!isSame) world.links.set(emailAddress, { organization: ownId(world), primary: primary ?? null });
}

const seen = new WeakMap<World['store'], string>();

/** Disables the mailboxes here that another environment has taken since the last look. */
export function loseMailboxes(world: World): void {
  if (!world.links.shared) return;
  const state = world.links.state();
  if (seen.get(world.store) === state) return;
  seen.set(world.store, state);
  for (const mailbox of [...world.store.rows('mailbox')]) {
    if (!isSynchronized(mailbox) || !isOnExchange(world, mailbox)) continue;
    const link = world.links.get(text(mailbox.emailaddress));
    if (link !== undefined && link.organization !== ownId(world)) disable(world, mailbox);
  }
}

/** Tested here, and enabled in some direction. */
function isSynchronized(mailbox: Row): boolean {
  if (text(mailbox.testmailboxaccesscompletedon) <= never) return false;
  return testedDirections(mailbox).some(({ enabled }) => mailbox[enabled] === true);
}

/** An environment that no emulator plays takes the mailbox. */
export function takeMailbox(world: World, mailbox: Row): void {
  world.links.set(text(mailbox.emailaddress), {
    organization: anotherOrganization,
    primary: anotherOrganization,
  });
  disable(world, mailbox);
}

function disable(world: World, mailbox: Row): void {
  const saved = patchAsEngine(world, 'mailbox', mailbox, {
    enabledforincomingemail: false,
    enabledforoutgoingemail: false,
    enabledforact: false,
    isactsyncorgflagset: false,
    orgmarkedasprimaryforexchangesync: false,
  });
  alertTaken(world, saved);
}
