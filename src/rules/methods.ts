/** Synchronization methods have to be possible for the sort of mailbox that gets them. */

import { DIRECTIONS, SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { Declared, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { profilesByName } from './declared-profile.ts';
import { effective, type Holder, profileNameOf } from './effective.ts';
import { type Declarations, found } from './rule.ts';

type Subject = Holder & Pick<Partial<DeclaredResource>, 'address' | 'sort'> & { readonly label: string };

/** 0x8005E210 QueueMailboxUnexpectedDeliveryMethod. */
export function outlookNotOnQueues(declared: Declarations): readonly Diagnostic[] {
  const queues = declared.mailboxes.filter(({ sort }) => sort === 'queue').map(subjectOfItem);
  const rules = declared.rules.filter(reachesQueues).map(subjectOfRule);
  return [...queues, ...rules].flatMap((subject) =>
    outlookFields(subject).map(([key, field]) =>
      found('error', 'method-not-for-queue', {
        ...about(subject, field),
        message: `${subject.label}${key} "outlook" is not possible for queue mailboxes; use one of: none, server-side-sync`,
        hint:
          subject.sort === undefined
            ? 'Write match: { mailboxOf: user } if the rule is not meant for queues. The service answers 0x8005E210.'
            : 'With it the service answers 0x8005E210.',
      }),
    ),
  );
}

/** Microsoft Learn, "Set up server-side synchronization": Outlook as a method is deprecated. */
export function outlookIsDeprecated(declared: Declarations): readonly Diagnostic[] {
  const subjects = [
    ...declared.settings.map((item) => ({ ...item, label: '' })),
    ...declared.mailboxes.filter(({ sort }) => sort === 'user').map(subjectOfItem),
    ...declared.rules.filter((rule) => !reachesQueues(rule)).map(subjectOfRule),
  ];
  return subjects.flatMap((subject) =>
    outlookFields(subject).map(([key, field]) =>
      found('warning', 'method-deprecated', {
        ...about(subject, field),
        message: `${subject.label}${key} "outlook" is deprecated`,
        hint: 'Use server-side-sync, or none.',
      }),
    ),
  );
}

/** 0x8005E211 ForwardMailboxEmailAddressRequired, 0x8005E212 and 0x8005E213 for the methods. */
export function forwardMailboxIsComplete(declared: Declarations): readonly Diagnostic[] {
  return forwardMailboxes(declared).flatMap((item) => {
    const problems: Diagnostic[] = [];
    const { address } = item;
    if (!item.fields.has('emailAddress')) {
      const hint = 'Write emailAddress. Without it the service answers 0x8005E211.';
      const message = 'emailAddress is missing; a forward mailbox requires it';
      problems.push(found('error', 'missing-key', { address, source: item.source, message, hint }));
    }
    const incoming = item.fields.get('incoming');
    if (incoming !== undefined && incoming.value !== 'none' && incoming.value !== SERVER_SIDE_SYNC) {
      const message = `incoming "${String(incoming.value)}" is not possible for a forward mailbox; use one of: none, server-side-sync`;
      const hint = 'With it the service answers 0x8005E212.';
      problems.push(
        found('error', 'method-not-for-forward', { address, source: incoming.source, message, hint }),
      );
    }
    const outgoing = item.fields.get('outgoing');
    if (outgoing !== undefined && outgoing.value !== 'none') {
      const message = `outgoing "${String(outgoing.value)}" is not possible for a forward mailbox; it sends no mail`;
      const hint = 'Write none, or remove the key. With it the service answers 0x8005E213.';
      problems.push(
        found('error', 'method-not-for-forward', { address, source: outgoing.source, message, hint }),
      );
    }
    return problems;
  });
}

/** Microsoft Learn, "Forward mailbox vs. individual mailboxes": one node, throttled, a single point of failure. */
export function forwardIsDiscouraged(declared: Declarations): readonly Diagnostic[] {
  return forwardMailboxes(declared).map(({ address, source }) =>
    found('warning', 'forward-discouraged', {
      address,
      source,
      message: 'a forward mailbox is a single point of failure; Microsoft prefers individual mailboxes',
      hint: 'Give each user and queue server-side-sync where that is possible.',
    }),
  );
}

/** 0x8005E247 MailboxUnsupportedEmailServerType. */
export function appointmentsNeedExchange(declared: Declarations): readonly Diagnostic[] {
  const profiles = profilesByName(declared);
  const problem = (
    subject: Subject,
    act: Declared | undefined,
    profile: string | null,
  ): readonly Diagnostic[] => {
    const typed = profile === null ? undefined : profiles.get(foldText(profile));
    if (act?.value !== SERVER_SIDE_SYNC || typed === undefined || typed.facts.appointmentsContactsTasks)
      return [];
    return [
      found('error', 'type-forbids-appointments', {
        ...about(subject, act),
        message: `${subject.label}appointmentsContactsTasks "server-side-sync" is not possible with "${profile}", a profile of type ${typed.type}`,
        hint: 'Write appointmentsContactsTasks: none. As it is the service answers 0x8005E247.',
      }),
    ];
  };
  const holders = [...declared.mailboxes.map(subjectOfItem), ...declared.rules.map(subjectOfRule)];
  return [
    ...declared.settings.flatMap((item) =>
      problem(
        { ...item, label: 'newMailboxes.' },
        item.fields.get('newMailboxes.appointmentsContactsTasks'),
        profileNameOf(item.fields.get('newMailboxes.serverProfile')),
      ),
    ),
    ...holders.flatMap((subject) =>
      problem(
        subject,
        effective(subject, 'appointmentsContactsTasks', declared),
        profileNameOf(effective(subject, 'serverProfile', declared)),
      ),
    ),
  ];
}

function forwardMailboxes({ mailboxes }: Declarations): readonly DeclaredResource[] {
  return mailboxes.filter(({ sort }) => sort === 'forward');
}

function reachesQueues({ match }: DeclaredRule): boolean {
  return match.mailboxOf === undefined || match.mailboxOf.includes('queue');
}

function outlookFields({ fields }: Holder): readonly (readonly [string, Declared])[] {
  return [...fields].filter(
    ([key, { value }]) => value === 'outlook' && DIRECTIONS.some((direction) => key.endsWith(direction)),
  );
}

function subjectOfItem(item: DeclaredResource): Subject {
  return { fields: item.fields, address: item.address, sort: item.sort, label: '' };
}

function subjectOfRule({ name, fields }: DeclaredRule): Subject {
  return { fields, label: `rule "${name}": ` };
}

function about(
  { address }: Subject,
  { source }: Declared,
): Pick<Parameters<typeof found>[2], 'address' | 'source'> {
  return address === undefined ? { source } : { address, source };
}
