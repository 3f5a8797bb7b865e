import { describe, expect, it } from 'vitest';
import type { StatusMailbox } from '../model/status.generated.ts';
import { exampleStatus, makeMailbox, tests } from './fixtures/statuses.ts';
import {
  type Condition,
  directionState,
  mailboxCondition,
  statusSummary,
  statusView,
} from './status-condition.ts';

const OFF = { incoming: false, outgoing: true, appointments_contacts_tasks: true };
const ALL_OFF = { incoming: false, outgoing: false, appointments_contacts_tasks: false };
const OFF_BUT_OUTGOING = { ...ALL_OFF, outgoing: true };
const NO_SYNC = { incoming: 'none', outgoing: 'outlook', appointments_contacts_tasks: 'none' };

describe('condition', () => {
  it.each<[string, Partial<StatusMailbox>, Condition]>([
    ['all is well', {}, 'working'],
    ['a failed direction', { tests: tests('success', 'failure', 'success') }, 'failed'],
    [
      'a failed direction while it is tested again',
      { tests: { ...tests('failure', 'success', 'success'), scheduled: true } },
      'failed',
    ],
    [
      'an old failure of a direction that is not synchronized',
      { incoming: 'none', tests: tests('failure', 'success', 'success') },
      'working',
    ],
    [
      'a failure of an inactive mailbox',
      { state: 'inactive', tests: tests('failure', 'success', 'success') },
      'inactive',
    ],
    [
      'a test under way',
      { tests: { ...tests('success', 'success', 'success'), scheduled: true } },
      'testing',
    ],
    ['not approved', { approval: 'pending' }, 'not_approved'],
    ['approved on the owner only', { approval: 'approved-on-owner' }, 'not_approved'],
    ['not tested', { tests: tests('success', 'not-run', 'success') }, 'not_tested'],
    [
      'a result that is not known',
      { tests: { ...tests('success', 'success', 'success'), outgoing: { unknown: 'option 9' } } },
      'not_tested',
    ],
    ['tested but not enabled', { enabled: OFF }, 'disabled'],
    ['not enabled where it is not synchronized', { enabled: OFF, incoming: 'none' }, 'working'],
    ['all off although all was well', { enabled: ALL_OFF }, 'stolen'],
    ['all off that is synchronized', { outgoing: 'none', enabled: OFF_BUT_OUTGOING }, 'stolen'],
    ['all off and not approved', { enabled: ALL_OFF, approval: 'pending' }, 'not_approved'],
    ['no server-side sync', NO_SYNC, 'not_synchronized'],
    [
      'nothing to approve, as on a personal queue',
      { approval: 'pending', email_address: null },
      'not_synchronized',
    ],
  ])('%s', (_, parts, expected) => {
    expect(mailboxCondition(makeMailbox('mailbox:user/a@b.com', parts))).toBe(expected);
  });
});

it.each<[string, Partial<StatusMailbox>, unknown]>([
  ['works', {}, 'ok'],
  ['failed', { tests: tests('failure', 'success', 'success') }, 'failed'],
  ['is not enabled', { enabled: OFF }, 'off'],
  ['was never tested', { tests: { ...tests('success', 'success', 'success'), incoming: null } }, 'not-run'],
  ['is not synchronized', { incoming: 'forward-mailbox' }, 'forward-mailbox'],
])('a direction that %s', (_, parts, expected) => {
  expect(directionState(makeMailbox('mailbox:user/a@b.com', parts), 'incoming')).toEqual(expected);
});

it('counts every mailbox once', () => {
  const { mailboxes, ...conditions } = statusSummary(exampleStatus().mailboxes);
  expect(mailboxes).toBe(12);
  expect(Object.values(conditions).reduce((sum, number) => sum + number, 0)).toBe(12);
});

it('shows the failed ones and still counts all', () => {
  const view = statusView(exampleStatus(), 'test-and-enable-failed');
  expect(view.mailboxes.map(({ address }) => address)).toEqual([
    'mailbox:queue/サポート窓口',
    'mailbox:queue/🎉 Events & Feiern',
  ]);
  expect(view.summary).toEqual(exampleStatus().summary);
});
