/** Advice on synchronization methods: server-side synchronization, neither Outlook nor forward mailboxes. */

import { DIRECTIONS, SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { Address } from '../model/address.ts';
import type { Config, Declared, DeclaredFields, DeclaredRule } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Check, CheckFinding, SeenEnvironment } from './check.ts';
import { activeMailboxes, kept, placeOf, planned, plannedAddress } from './subjects.ts';

const MAIL = ['incoming', 'outgoing'] as const;

export const serverSideSync: Check = {
  id: 'server-side-sync',
  title: 'Server-side synchronization everywhere',
  why: 'Mail that does not go through server-side synchronization is neither received nor sent by the service (Microsoft Learn, "Best practices for server-side synchronization").',
  severity: 'info',
  // Outside production the advice is the opposite: methods "none" wherever another environment synchronizes.
  find: ({ config, seen }) =>
    config.environment.purpose === 'non-production' || config.environment.mail !== null
      ? []
      : [...newMailboxesWithout(config), ...(seen === null ? [] : mailboxesWithout(seen))],
};

function newMailboxesWithout({ settings }: Config): readonly CheckFinding[] {
  return MAIL.flatMap((direction) => {
    const field = settings?.fields.get(`newMailboxes.${direction}`);
    if (settings === null || field?.value !== 'none') return [];
    return [
      {
        address: settings.address,
        source: field.source,
        message: `newMailboxes.${direction} is "none": new users and queues get no server-side synchronization`,
        hint: 'Write server-side-sync, unless each mailbox is to be set up by hand.',
      },
    ];
  });
}

/** A direction that is off is a choice; a mailbox with an address and no direction at all is mostly forgotten. */
function mailboxesWithout(seen: SeenEnvironment): readonly CheckFinding[] {
  const together = (count: number): string =>
    `${count} mailboxes have an e-mail address and no method for mail`;
  return activeMailboxes(seen)
    .filter((resource) => resource.sort !== 'forward' && plannedAddress(resource) !== null)
    .filter((resource) => MAIL.every((direction) => planned(resource, direction) === 'none'))
    .filter((resource) => !MAIL.some((direction) => isOwnChoice(resource, direction)))
    .map((resource) => ({
      address: resource.address,
      source: placeOf(resource),
      message: 'it has an e-mail address, and neither incoming nor outgoing mail has a method',
      hint: 'Write incoming and outgoing: server-side-sync, or none where it is meant.',
      together,
    }));
}

/** Written as "none" in the configuration: meant. */
function isOwnChoice({ fields }: DesiredResource, direction: string): boolean {
  return fields.get(direction)?.value === 'none';
}

export const outlookMethod: Check = {
  id: 'outlook-method',
  title: 'No Outlook method',
  why: 'Synchronizing through Outlook on somebody\'s computer is deprecated (Microsoft Learn, "Set up server-side synchronization").',
  severity: 'warning',
  find: ({ config }) => [
    ...(config.settings === null
      ? []
      : outlookFields(config.settings.fields, config.settings.address, 'newMailboxes.')),
    ...kept(config.mailboxes)
      .filter(({ sort }) => sort === 'user')
      .flatMap(({ address, fields }) => outlookFields(fields, address, '')),
    ...config.rules
      .filter((rule) => !reachesQueues(rule))
      .flatMap(({ name, fields }) => outlookFields(fields, null, '', `rule "${name}": `)),
  ],
};

/** There it is no bad practice but impossible, which a rule of its own says. */
function reachesQueues({ match }: DeclaredRule): boolean {
  return match.mailboxOf === undefined || match.mailboxOf.includes('queue');
}

function outlookFields(
  fields: DeclaredFields,
  address: Address | null,
  prefix: string,
  label = '',
): readonly CheckFinding[] {
  return DIRECTIONS.flatMap((direction) => {
    const key = `${prefix}${direction}`;
    const field: Declared | undefined = fields.get(key);
    if (field?.value !== 'outlook') return [];
    return [
      {
        address,
        source: field.source,
        message: `${label}${key} "outlook" is deprecated`,
        hint: `Use ${SERVER_SIDE_SYNC}, or none.`,
      },
    ];
  });
}

export const forwardMailbox: Check = {
  id: 'forward-mailbox',
  title: 'No forward mailboxes',
  why: 'A forward mailbox is read by one node, throttled as one, and a single point of failure (Microsoft Learn, "Forward mailbox vs. individual mailboxes").',
  severity: 'warning',
  find: ({ config }) =>
    kept(config.mailboxes)
      .filter(({ sort, fields }) => sort === 'forward' && fields.get('state')?.value !== 'inactive')
      .map(({ address, source }) => ({
        address,
        source,
        message: 'a forward mailbox is a single point of failure; Microsoft prefers individual mailboxes',
        hint: 'Give each user and queue server-side-sync where that is possible.',
      })),
};
