/** Pages of three lists that come in any order, and rows that change in between. */

import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import type { RawRow } from '../catalogue/field.ts';
import { type MailboxList, mailboxList, type ObservedMailboxes } from './mailbox-list.ts';

const USERS: readonly RawRow[] = [
  { systemuserid: 'U1', domainname: 'Ann@x.org', fullname: 'Ann', emailrouteraccessapproval: 1 },
  { systemuserid: 'u2', fullname: 'SYSTEM', isdisabled: true, _queueid_value: 'Q2' },
];
const QUEUES: readonly RawRow[] = [
  { queueid: 'q1', name: 'Support', statecode: 0, _ownerid_value: 'U2', emailrouteraccessapproval: 2 },
  { queueid: 'q2', name: 'Own', statecode: 0, queueviewtype: 1, _ownerid_value: 'team' },
];
const MAILBOXES: readonly RawRow[] = [
  { mailboxid: 'M1', _regardingobjectid_value: 'u1', emailrouteraccessapproval: 0, _modifiedby_value: 'U2' },
  { mailboxid: 'm2', _regardingobjectid_value: 'Q1', emailrouteraccessapproval: 2, statecode: 0 },
  { mailboxid: 'm3', _regardingobjectid_value: 'q2', modifiedon: '2026-01-01T00:00:00Z' },
  { mailboxid: 'm4', isforwardmailbox: true, name: 'In', emailaddress: 'in@x.org', statecode: 0 },
  { mailboxid: 'm5', isforwardmailbox: false, name: 'Nobody' },
];

function joined(add: (list: MailboxList) => void): ObservedMailboxes {
  const list = mailboxList(CATALOGUE, () => null);
  add(list);
  return list.join({
    teamQueues: [],
    memberships: () => ({ businessUnits: [], teams: [], securityRoles: [] }),
    alertsOf: () => [],
  });
}

const whole = joined((list) => {
  list.addUsers(USERS);
  list.addQueues(QUEUES);
  list.addMailboxes(MAILBOXES);
});

describe('lists of mailboxes and their owners', () => {
  it('are joined, whatever the case of ids', () => {
    const { resources, ownerless } = whole;
    expect(
      resources.map(({ address, mailbox, fields, records, modified }) => [
        address,
        mailbox?.personalQueue,
        mailbox?.queueOwner,
        fields.approved,
        records.map(({ id }) => id),
        modified,
      ]),
    ).toEqual([
      ['mailbox:forward/In', false, null, null, ['m4'], { on: null, by: null }],
      ['mailbox:queue/Own', true, null, null, ['m3', 'q2'], { on: '2026-01-01T00:00:00Z', by: null }],
      [
        'mailbox:queue/Support',
        false,
        { name: 'SYSTEM', enabled: false },
        'pending',
        ['m2', 'q1'],
        { on: null, by: null },
      ],
      ['mailbox:user/Ann@x.org', false, null, 'approved-on-owner', ['M1', 'U1'], { on: null, by: 'SYSTEM' }],
    ]);
    expect(ownerless).toBe(false);
  });

  it('are the same in any order, row by row', () => {
    const other = joined((list) => {
      for (const row of MAILBOXES.toReversed()) list.addMailboxes([row]);
      for (const row of QUEUES.toReversed()) list.addQueues([row]);
      for (const row of USERS.toReversed()) list.addUsers([row]);
    });
    expect(other).toEqual(whole);
  });

  it('tell of a mailbox whose owner is not there', () => {
    const { resources, ownerless } = joined((list) => list.addMailboxes(MAILBOXES));
    expect(resources.map(({ address }) => address)).toEqual(['mailbox:forward/In']);
    expect(ownerless).toBe(true);
  });

  it('have a mailbox once, as it came last, when it moved from page to page', () => {
    const again = [
      { ...MAILBOXES[1], mailboxid: 'M2', emailaddress: 'new@x.org' },
      { ...MAILBOXES[3], name: 'Inbox' },
    ];
    const { resources } = joined((list) => {
      list.addQueues(QUEUES);
      list.addMailboxes(MAILBOXES.slice(1, 4));
      list.addMailboxes(again);
    });
    expect(resources.map(({ address, fields }) => [address, fields.emailAddress])).toEqual([
      ['mailbox:forward/Inbox', 'in@x.org'],
      ['mailbox:queue/Own', null],
      ['mailbox:queue/Support', 'new@x.org'],
    ]);
  });
});
