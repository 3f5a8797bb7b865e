/** Advice on queues: approved and tested, nobody's personal queue, nobody's address, an owner who is there. */

import { DIRECTIONS, SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import { addressKey } from '../model/address.ts';
import type { Config, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { DesiredResource } from '../model/desired.ts';
import { isEngineIdentity } from '../model/engine-identity.ts';
import type { Observed } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';
import type { Check, CheckFinding, SeenEnvironment } from './check.ts';
import {
  activeQueues,
  addressesToBe,
  declaredText,
  kept,
  managedResources,
  observedQueues,
  placeOf,
  planned,
} from './subjects.ts';

export const queueApprovedAndTested: Check = {
  id: 'queue-approved-and-tested',
  title: 'Queues approved and tested',
  why: 'A queue whose address is not approved, or that was never tested and enabled, loses mail silently (Microsoft Learn, "Connect to Exchange Online", approve email and test the configuration of mailboxes).',
  severity: 'warning',
  find: ({ config, seen }) => (seen === null ? declaredHalf(config) : resolvedHalf(seen)),
};

const HALF_HINT = 'Write approved: true beside its emailAddress, and testAndEnable: true.';

/** What the files alone show: nothing is said of a queue that a rule may complete. */
function declaredHalf({ mailboxes, rules }: Config): readonly CheckFinding[] {
  const testedByRule = rules.some(
    (rule) => rule.fields.get('testAndEnable')?.value === true && mayReachQueues(rule),
  );
  return kept(mailboxes).flatMap((item) => {
    if (item.sort !== 'queue' || !declaresSync(item)) return [];
    const lacks = [
      item.fields.get('approved')?.value === true ? null : 'approved',
      item.fields.get('testAndEnable')?.value === true || testedByRule ? null : 'tested and enabled',
    ].filter((word) => word !== null);
    return lacks.length === 0 ? [] : [halfFinding(item, lacks)];
  });
}

function halfFinding({ address, source }: DeclaredResource, lacks: readonly string[]): CheckFinding {
  return {
    address,
    source,
    message: `it uses server-side-sync, and is not to be ${lacks.join(', nor ')}`,
    hint: HALF_HINT,
  };
}

function declaresSync({ fields }: DeclaredResource): boolean {
  return DIRECTIONS.some((direction) => fields.get(direction)?.value === SERVER_SIDE_SYNC);
}

function mayReachQueues({ match }: DeclaredRule): boolean {
  return match.mailboxOf === undefined || match.mailboxOf.includes('queue');
}

function resolvedHalf(seen: SeenEnvironment): readonly CheckFinding[] {
  const together = (count: number): string =>
    `${count} queues use server-side-sync, and are not to be both approved and tested`;
  const withheld = new Set(seen.desired.withheldApprovals.map(({ address }) => addressKey(address)));
  return activeQueues(seen).flatMap((resource) => {
    const synchronized = DIRECTIONS.filter((direction) => planned(resource, direction) === SERVER_SIDE_SYNC);
    if (synchronized.length === 0) return [];
    const lacks = lacking(resource, withheld.has(addressKey(resource.address)));
    if (lacks.length === 0) return [];
    return [
      {
        address: resource.address,
        source: placeOf(resource, ...synchronized),
        message: `it uses server-side-sync, and is not to be ${lacks.join(', nor ')}`,
        hint: HALF_HINT,
        together,
      },
    ];
  });
}

/** An approval that is withheld is told by a diagnostic of its own. */
function lacking({ fields, actual }: DesiredResource, withheld: boolean): readonly string[] {
  const approved =
    fields.get('approved')?.value === true ||
    withheld ||
    (!fields.has('approved') && actual?.fields.approved === 'approved');
  const tested = fields.get('testAndEnable')?.value === true;
  return [approved ? null : 'approved', tested ? null : 'tested and enabled'].filter((word) => word !== null);
}

export const personalQueueAddress: Check = {
  id: 'personal-queue-address',
  title: 'No address on a personal queue',
  why: 'The platform makes a private queue for each user and team; with an e-mail address it takes in all mail of that address (Microsoft Learn, "Queue tables", and Microsoft\'s advice on default queues).',
  severity: 'warning',
  find: ({ config, seen }) => (seen === null ? [] : personalQueues(config, seen)),
};

function personalQueues({ environment }: Config, seen: SeenEnvironment): readonly CheckFinding[] {
  const toBe = addressesToBe(seen);
  const together = (count: number): string => `${count} personal queues have an e-mail address`;
  return observedQueues(seen).flatMap((observed) => {
    if (observed.mailbox?.personalQueue !== true) return [];
    const emailAddress = toBe(observed);
    if (emailAddress === null) return [];
    const resource = managedResources(seen)(observed);
    return [
      {
        address: observed.address,
        source: resource === undefined ? environment.source : placeOf(resource, 'emailAddress'),
        message: `it is a personal queue and has the e-mail address ${emailAddress}: all mail to it flows in`,
        hint: 'Take the address away, or make a queue of its own for it.',
        together,
      },
    ];
  });
}

export const queueAddressOfPerson: Check = {
  id: 'queue-address-of-person',
  title: "No person's address on a queue",
  why: 'A queue with a person\'s address takes in that person\'s mail, where everybody who sees the queue reads it (Microsoft Learn, "Forward mailbox vs. individual mailboxes": one Exchange mailbox belongs to one mailbox record).',
  severity: 'warning',
  find: ({ config, seen }) => (seen === null ? declaredOfPerson(config) : observedOfPerson(config, seen)),
};

const OF_PERSON_HINT = 'Give the queue an address of its own, such as that of a shared mailbox.';

function declaredOfPerson({ mailboxes }: Config): readonly CheckFinding[] {
  const people = new Map<string, string>();
  for (const { sort, name, fields } of kept(mailboxes)) {
    if (sort !== 'user') continue;
    people.set(foldText(name), name);
    people.set(foldText(declaredText(fields, 'emailAddress') ?? name), name);
  }
  return kept(mailboxes).flatMap(({ sort, address, fields }) => {
    const declared = fields.get('emailAddress');
    const person = sort === 'queue' ? people.get(foldText(String(declared?.value))) : undefined;
    if (declared === undefined || person === undefined) return [];
    return [
      {
        address,
        source: declared.source,
        message: `emailAddress "${String(declared.value)}" is that of ${person}`,
        hint: OF_PERSON_HINT,
      },
    ];
  });
}

function observedOfPerson({ environment }: Config, seen: SeenEnvironment): readonly CheckFinding[] {
  const queues = observedQueues(seen).filter(({ mailbox }) => mailbox?.personalQueue === false);
  const toBe = addressesToBe(seen);
  const addresses = queues.flatMap((observed) => toBe(observed) ?? []);
  const people = peopleByAddress(seen, new Set(addresses.map(foldText)));
  const together = (count: number): string => `${count} queues have the e-mail address of a person`;
  return queues.flatMap((observed) => {
    const emailAddress = toBe(observed);
    const person = emailAddress === null ? undefined : people.get(foldText(emailAddress));
    if (person === undefined) return [];
    const resource = managedResources(seen)(observed);
    return [
      {
        address: observed.address,
        source: resource === undefined ? environment.source : placeOf(resource, 'emailAddress'),
        message: `its e-mail address ${emailAddress} is that of ${person}`,
        hint: OF_PERSON_HINT,
        together,
      },
    ];
  });
}

/** Names of the people who have one of these addresses. */
function peopleByAddress(
  { snapshot }: SeenEnvironment,
  addresses: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const people = new Map<string, string>();
  if (addresses.size === 0) return people;
  const add = (text: string | null, name: string): void => {
    const key = text === null ? null : foldText(text);
    if (key !== null && addresses.has(key)) people.set(key, name);
  };
  for (const { mailbox } of snapshot.resources) {
    if (mailbox === null || !mailbox.person || !mailbox.ownerEnabled) continue;
    add(mailbox.signIn, mailbox.displayName);
    if (mailbox.emailAddress !== mailbox.signIn) add(mailbox.emailAddress, mailbox.displayName);
  }
  return people;
}

export const queueOwnerDisabled: Check = {
  id: 'queue-owner-disabled',
  title: 'Queues with an owner who is there',
  why: "The service reads and files a queue's mail with the rights of its owner; a disabled one has none (Microsoft's support article on error 80048306 names the owner of the mailbox as the cause).",
  severity: 'warning',
  find: ({ config, seen }) => (seen === null ? [] : orphanedQueues(config, seen)),
};

function orphanedQueues({ environment }: Config, seen: SeenEnvironment): readonly CheckFinding[] {
  const together = (count: number): string => `${count} queues belong to a disabled user`;
  return observedQueues(seen).flatMap((observed) => {
    const owner = observed.mailbox?.queueOwner ?? null;
    // SYSTEM is disabled everywhere, and acts all the same.
    if (owner === null || owner.enabled || isEngineIdentity(owner.name) || !isInUse(observed)) return [];
    const resource = managedResources(seen)(observed);
    return [
      {
        address: observed.address,
        source: resource === undefined ? environment.source : placeOf(resource, ...DIRECTIONS),
        message: `the queue belongs to ${owner.name}, who is disabled`,
        hint: 'Assign the queue to somebody else, or to a team with a security role.',
        together,
      },
    ];
  });
}

/** Personal queues of people who left lie around by the hundred and move no mail. */
function isInUse({ mailbox, fields }: Observed): boolean {
  if (mailbox === null || mailbox.personalQueue || mailbox.emailAddress === null) return false;
  return DIRECTIONS.some((direction) => fields[direction] === SERVER_SIDE_SYNC);
}
