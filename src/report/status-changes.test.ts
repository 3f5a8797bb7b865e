/** What a look tells that the one before did not. */

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { StatusMailbox } from '../model/status.generated.ts';
import type { StatusChange } from '../model/status-change.generated.ts';
import { exampleStatus, makeMailbox, makeStatus, tests } from './fixtures/statuses.ts';
import { changeLines, statusChanges } from './status-changes.ts';
import type { Style } from './style.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 80, unicode: true };
const ALICE = 'mailbox:user/alice@contoso.com';

const ALERT: StatusMailbox['alerts'][number] = {
  level: 'error',
  time: '2026-11-21T03:10:00Z',
  text: 'No host.',
  code: 'HostNotFound',
  hint: null,
  cause: null,
  effect: null,
  article: null,
};

function changes(before: Partial<StatusMailbox>, after: Partial<StatusMailbox>): readonly object[] {
  const found = statusChanges(
    makeStatus([makeMailbox(ALICE, before)]),
    makeStatus([makeMailbox(ALICE, after)]),
  );
  return found.map(({ field, from, to }) => ({ field, from, to }));
}

it('nothing, where nothing is different', () => {
  expect(statusChanges(exampleStatus(), exampleStatus())).toEqual([]);
});

describe('what is different', () => {
  it.each<[string, Partial<StatusMailbox>, Partial<StatusMailbox>, readonly object[]]>([
    ['an approval', { approval: 'pending' }, {}, [{ field: 'approval', from: 'pending', to: 'approved' }]],
    [
      'the results of a test',
      { tests: tests('failure', 'success', 'success') },
      {},
      [{ field: 'tests.incoming', from: 'failure', to: 'success' }],
    ],
    [
      'a direction',
      { enabled: { incoming: false, outgoing: true, appointments_contacts_tasks: true } },
      {},
      [{ field: 'enabled.incoming', from: false, to: true }],
    ],
    [
      'a server profile',
      {},
      { server_profile: null },
      [{ field: 'server_profile', from: 'Exchange Online', to: null }],
    ],
    ['a new alert', {}, { alerts: [ALERT] }, [{ field: 'alert', from: null, to: 'No host.' }]],
    ['not an alert that is gone', { alerts: [ALERT] }, {}, []],
    ['not an alert that was there', { alerts: [ALERT] }, { alerts: [ALERT] }, []],
  ])('%s', (_, before, after, found) => expect(changes(before, after)).toEqual(found));

  it('a mailbox that comes, and one that goes, in the order of the addresses', () => {
    const before = makeStatus([makeMailbox('mailbox:user/old@contoso.com')]);
    const after = makeStatus([makeMailbox(ALICE)]);
    const { as_of: time, environment } = after;
    expect(statusChanges(before, after)).toEqual([
      { time, environment: environment.name, address: ALICE, field: 'listed', from: false, to: true },
      {
        time,
        environment: environment.name,
        address: 'mailbox:user/old@contoso.com',
        field: 'listed',
        from: true,
        to: false,
      },
    ]);
  });
});

const CHANGE: StatusChange = {
  time: '2026-11-21T09:00:00Z',
  environment: 'prod',
  address: ALICE,
  field: 'tests.incoming',
  from: 'not-run',
  to: 'success',
};

it.each<[string, Partial<StatusChange>, Partial<Style>, string]>([
  ['a line', {}, {}, `2026-11-21T09:00:00Z ${ALICE} tests.incoming: not-run → success`],
  ['ASCII', {}, { unicode: false }, `2026-11-21T09:00:00Z ${ALICE} tests.incoming: not-run -> success`],
  ['nothing before', { from: null }, {}, `2026-11-21T09:00:00Z ${ALICE} tests.incoming: (none) → success`],
  [
    'the YAML names it',
    { field: 'tests.appointments_contacts_tasks' },
    {},
    `2026-11-21T09:00:00Z ${ALICE} tests.appointmentsContactsTasks: not-run → success`,
  ],
  [
    'an alert',
    { field: 'alert', from: null, to: 'No\nhost' },
    {},
    `2026-11-21T09:00:00Z ${ALICE} alert: No host`,
  ],
  [
    'a name that would draw',
    { to: 'a\u001b[2Jb' },
    {},
    `2026-11-21T09:00:00Z ${ALICE} tests.incoming: not-run → a\\u001b[2Jb`,
  ],
])('written as %s', (_, parts, style, text) => {
  expect(changeLines([{ ...CHANGE, ...parts }], { ...STYLE, ...style })).toEqual([text]);
});

it('is a line for each mailbox and look', () => {
  const changes = [
    CHANGE,
    { ...CHANGE, field: 'email_address', from: null, to: 'a@b.com' },
    { ...CHANGE, address: 'mailbox:queue/Support', field: 'approval', from: 'pending', to: 'approved' },
    { ...CHANGE, time: '2026-11-21T09:01:00Z' },
  ];
  expect(changeLines(changes, STYLE)).toEqual([
    `2026-11-21T09:00:00Z ${ALICE} tests.incoming: not-run → success, emailAddress: (none) → a@b.com`,
    '2026-11-21T09:00:00Z mailbox:queue/Support approved: pending → approved',
    `2026-11-21T09:01:00Z ${ALICE} tests.incoming: not-run → success`,
  ]);
});
