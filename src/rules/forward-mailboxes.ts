/** Forward mailboxes only receive, and the mailboxes that one feeds need it. */

import { SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { DeclaredResource } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { checkedMailboxes } from './checked.ts';
import { effective } from './effective.ts';
import { type Declarations, type Found, found } from './rule.ts';
import { about, subjectOfItem, subjectsOf } from './subject.ts';

const FORWARD_METHODS = [
  {
    direction: 'incoming',
    allowed: ['none', SERVER_SIDE_SYNC],
    why: 'it receives by server-side-sync or not at all',
    code: '0x8005E212',
  },
  { direction: 'outgoing', allowed: ['none'], why: 'it sends no mail', code: '0x8005E213' },
] as const;

/** 0x8005E211 ForwardMailboxEmailAddressRequired. */
export function forwardMailboxHasAddress(declared: Declarations): readonly Diagnostic[] {
  return forwardMailboxes(declared)
    .filter(({ fields }) => !fields.has('emailAddress'))
    .map(({ address, source }) =>
      found('error', 'missing-key', {
        address,
        source,
        message: 'emailAddress is missing; a forward mailbox requires it',
        hint: 'Write emailAddress. Without it the service answers 0x8005E211.',
      }),
    );
}

/**
 * 0x8005E212 ForwardMailboxUnexpectedIncomingDeliveryMethod, 0x8005E213 ForwardMailboxUnexpectedOutgoingDeliveryMethod:
 * as written, or as the default settings would have it.
 */
export function forwardMailboxOnlyReceives(declared: Declarations): readonly Diagnostic[] {
  return forwardMailboxes(declared).flatMap((item) =>
    FORWARD_METHODS.flatMap(({ direction, allowed, why, code }) => {
      const method = effective(item, direction, declared);
      if (method === undefined || allowed.some((value) => value === method.value)) return [];
      const own = item.fields.get(direction);
      const source = (own ?? item.fields.get('applyDefaultEmailSettings'))?.source ?? item.source;
      const subject = own === undefined ? 'applyDefaultEmailSettings stands for ' : '';
      const verb = own === undefined ? ', which is' : ' is';
      return [
        found('error', 'method-not-for-forward', {
          address: item.address,
          source,
          message: `${subject}${direction} "${String(method.value)}"${verb} not possible for a forward mailbox; ${why}`,
          hint: `Write ${direction}: ${allowed.join(' or ')}. As it is the service answers ${code}.`,
        }),
      ];
    }),
  );
}

/**
 * 0x8005E223 IncomingDeliveryIsForwardMailbox is what a look into such a mailbox itself ends with: its mail comes
 * through an active forward mailbox or not at all. One finding, at the first use: a thousand mailboxes may say so.
 */
export function forwardMailboxIsThere(declared: Declarations): readonly Diagnostic[] {
  const active = checkedMailboxes(declared).some(
    ({ sort, fields }) => sort === 'forward' && fields.get('state')?.value !== 'inactive',
  );
  const fed = fedMailboxes(declared).at(0);
  if (active || fed === undefined) return [];
  return [
    found('warning', 'forward-mailbox-missing', {
      ...fed,
      message: `${fed.message} "forward-mailbox" needs an active forward mailbox, and none is declared here`,
      hint: 'Declare one (- forward: Inbound), or make sure that the environment has one. Without it no mail arrives.',
    }),
  ];
}

function fedMailboxes(declared: Declarations): readonly Omit<Found, 'hint'>[] {
  const settings = declared.settings.map((item) => ({ ...subjectOfItem(item), label: 'newMailboxes.' }));
  const subjects = subjectsOf(declared).filter(({ sorts }) => !sorts.includes('forward'));
  return [...settings, ...subjects].flatMap((subject) => {
    const field = subject.fields.get(
      subject.label === 'newMailboxes.' ? 'newMailboxes.incoming' : 'incoming',
    );
    if (field?.value !== 'forward-mailbox') return [];
    return [{ ...about(subject, field), message: `${subject.label}incoming` }];
  });
}

function forwardMailboxes(declared: Declarations): readonly DeclaredResource[] {
  return checkedMailboxes(declared).filter(({ sort }) => sort === 'forward');
}
