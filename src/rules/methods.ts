/** Synchronization methods have to be possible for the sort of mailbox that gets them. */

import { DIRECTIONS, METHODS, SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { Declared } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText } from '../model/value.ts';
import { profilesByName } from './declared-profile.ts';
import { effective, type Holder, profileNameOf } from './effective.ts';
import { type Declarations, found } from './rule.ts';
import { about, type Subject, subjectOfItem, subjectsOf } from './subject.ts';

/** 0x8005E210 QueueMailboxUnexpectedDeliveryMethod. */
export function outlookNotOnQueues(declared: Declarations): readonly Diagnostic[] {
  const subjects = subjectsOf(declared).filter(({ sorts }) => sorts.includes('queue'));
  return subjects.flatMap((subject) =>
    outlookFields(subject).map(([key, field]) =>
      found('error', 'method-not-for-queue', {
        ...about(subject, field),
        message: `${subject.label}${key} "outlook" is not possible for queue mailboxes; use one of: ${queueMethods(key)}`,
        hint:
          subject.address === null
            ? 'Write match: { mailboxOf: user } if the rule is not meant for queues. As it is the service answers 0x8005E210.'
            : `Write one of them, for example ${key}: ${SERVER_SIDE_SYNC}. As it is the service answers 0x8005E210.`,
      }),
    ),
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
  return [
    ...declared.settings.flatMap((item) =>
      problem(
        { ...subjectOfItem(item), label: 'newMailboxes.' },
        item.fields.get('newMailboxes.appointmentsContactsTasks'),
        profileNameOf(item.fields.get('newMailboxes.serverProfile')),
      ),
    ),
    ...subjectsOf(declared).flatMap((subject) =>
      problem(
        subject,
        effective(subject, 'appointmentsContactsTasks', declared),
        profileNameOf(effective(subject, 'serverProfile', declared)),
      ),
    ),
  ];
}

function queueMethods(direction: string): string {
  const methods = METHODS[DIRECTIONS.find((known) => known === direction) ?? 'incoming'];
  return Object.keys(methods)
    .filter((method) => method !== 'outlook')
    .join(', ');
}

function outlookFields({ fields }: Holder): readonly (readonly [string, Declared])[] {
  return [...fields].filter(
    ([key, { value }]) => value === 'outlook' && DIRECTIONS.some((direction) => key.endsWith(direction)),
  );
}
