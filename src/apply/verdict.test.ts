import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../model/plan.generated.ts';
import type { FieldValues } from '../model/value.ts';
import {
  APPROVED,
  at,
  DONE,
  PENDING,
  reading,
  rowTime,
  SETTINGS,
  step,
  TESTED,
  TESTING,
  UNDONE,
  UNTESTED,
} from './apply.test-support.ts';
import { NO_HISTORY } from './history.ts';
import { verdictOf } from './verdict.ts';

type Case = readonly [name: string, step: PlanStep, row: FieldValues | null, verdict: string];

const secret = (why: 'not-set' | 'rotate'): PlanStep =>
  step('a#edit', {
    set: [{ field: 'password', from: { is_set: why === 'rotate' }, to: { secret: 'env:PASSWORD', why } }],
  });
const two = step('a#edit', {
  set: [
    { field: 'x', from: 0, to: 1 },
    { field: 'y', from: { ref: 'profile:Old' }, to: { ref: 'profile:New' } },
  ],
});
const emptied = step('a#edit', { set: [{ field: 'x', from: 5, to: null }] });
const unknownBefore = step('a#edit', { set: [{ field: 'x', from: { unknown: '77' }, to: 1 }] });
const rejectedBefore = step('a#approve', {
  set: [{ field: 'approved', from: 'rejected', to: 'approved', for: 'a@c' }],
});
const notPinned = step('a#approve', { set: [{ field: 'approved', from: 'pending', to: 'approved' }] });
const onlyIfLost = step('a#test', { only_if_lost: true });
const marking = step('a#test', {
  set: [
    { field: 'testAndEnable', from: { incoming: 'not-run' }, to: true },
    { field: 'primary', from: false, to: true },
  ],
});
const enabled = { ...UNTESTED, 'tests.incoming': 'success', 'enabled.incoming': true };

const CASES: readonly Case[] = [
  ['create: not there', step('a#create'), null, 'send x, port'],
  ['create: there as wanted, whatever it fills in', step('a#create'), { x: 1, port: 25 }, 'already'],
  ['create: there and different', step('a#create'), { x: 2, port: 993 }, 'stale: x was empty, now 2'],
  ['edit: as before', step('a#edit'), UNDONE, 'send x'],
  ['edit: as wanted', step('a#edit'), DONE, 'already'],
  ['edit: something else', step('a#edit'), { x: 7 }, 'stale: x was 0, now 7'],
  ['edit: gone', step('a#edit'), null, 'gone'],
  ['edit: other fields do not count', step('a#edit'), { ...UNDONE, z: 3 }, 'send x'],
  ['edit: one field is so already', two, { x: 1, y: { ref: 'PROFILE:old' } }, 'send y'],
  [
    'edit: all that changed is named',
    two,
    { x: 3, y: null },
    'stale: x was 0, now 3; y was "profile:Old", now empty',
  ],
  ['edit: a value is taken away', emptied, { x: 5 }, 'send x'],
  ['edit: an unknown option is still the same one', unknownBefore, { x: { unknown: '77' } }, 'send x'],
  [
    'edit: an unknown option is another one',
    unknownBefore,
    { x: { unknown: '78' } },
    'stale: x was unknown, now unknown',
  ],
  ['edit: a test is under way', step('a#edit'), { ...UNDONE, ...TESTING }, 'blocked'],
  ['edit: as wanted, a test is under way', step('a#edit'), { ...DONE, ...TESTING }, 'already'],
  ['secret: none is set', secret('not-set'), { password: { is_set: false } }, 'send password'],
  ['secret: one is set since', secret('not-set'), { password: { is_set: true } }, 'already'],
  ['secret: rotation cannot be seen', secret('rotate'), { password: { is_set: true } }, 'send password'],
  ['secret: is exempt from staleness', secret('rotate'), { password: { is_set: false } }, 'send password'],
  ['readdress: as before', step('a#readdress'), { emailAddress: 'old@c' }, 'send emailAddress'],
  [
    'readdress: a third address',
    step('a#readdress'),
    { emailAddress: 'new@c' },
    'stale: emailAddress was "old@c", now "new@c"',
  ],
  [
    'approval-policy: as before',
    step('a#approval-policy'),
    { 'onlyApproved.users': false },
    'send onlyApproved.users',
  ],
  ['activate: as before', step('a#activate'), { state: 'inactive' }, 'send state'],
  ['deactivate: as wanted', step('a#deactivate'), { state: 'inactive' }, 'already'],
  ['delete: as the plan showed it', step('a#delete'), { x: 1, z: 3 }, 'send x'],
  ['delete: something else by now', step('a#delete'), { x: 2 }, 'stale: x was 1, now 2'],
  ['delete: a test is under way', step('a#delete'), { x: 1, ...TESTING }, 'blocked'],
  ['delete: gone', step('a#delete'), null, 'already'],
  ['approve: pending', step('a#approve'), PENDING, 'send approved'],
  [
    'approve: the address in other letters',
    step('a#approve'),
    { ...PENDING, emailAddress: 'A@C' },
    'send approved',
  ],
  ['approve: approved', step('a#approve'), APPROVED, 'already'],
  [
    'approve: on the owner alone',
    step('a#approve'),
    { ...PENDING, approved: 'approved-on-owner' },
    'owner-only',
  ],
  [
    'approve: the address is another',
    step('a#approve'),
    { ...APPROVED, emailAddress: 'chief@c' },
    'stale: the e-mail address is "chief@c" and the approval is for "a@c"',
  ],
  [
    'approve: the address is gone',
    step('a#approve'),
    { approved: 'pending' },
    'stale: the e-mail address is empty and the approval is for "a@c"',
  ],
  [
    'approve: for no address',
    notPinned,
    PENDING,
    'stale: the e-mail address is "a@c" and the approval is for empty',
  ],
  [
    'approve: rejected since',
    step('a#approve'),
    { ...PENDING, approved: 'rejected' },
    'stale: somebody rejected the address since',
  ],
  [
    'approve: rejected, and the plan knew',
    rejectedBefore,
    { ...PENDING, approved: 'rejected' },
    'send approved',
  ],
  ['approve: a test is under way', step('a#approve'), { ...PENDING, ...TESTING }, 'blocked'],
  ['reject: approved', step('a#reject'), APPROVED, 'send approved'],
  ['reject: approved on the owner', step('a#reject'), { approved: 'approved-on-owner' }, 'send approved'],
  ['reject: pending is no approval', step('a#reject'), PENDING, 'already'],
  ['reject: rejected', step('a#reject'), { approved: 'rejected' }, 'already'],
  ['test: not since the plan', step('a#test'), UNTESTED, 'send testAndEnable'],
  ['test: never', step('a#test'), { incoming: 'server-side-sync' }, 'send testAndEnable'],
  ['test: ended since the plan', step('a#test'), TESTED, 'already'],
  [
    'test: ended in the second of the plan',
    step('a#test'),
    { 'tests.completedOn': rowTime(0) },
    'send testAndEnable',
  ],
  ['test: under way', step('a#test'), TESTING, 'testing'],
  ['test: gone', step('a#test'), null, 'gone'],
  ['test: only if lost, and it is', onlyIfLost, UNTESTED, 'send testAndEnable'],
  ['test: only if lost, and it is not', onlyIfLost, enabled, 'already'],
  [
    'test: only if lost, and the flag is off',
    onlyIfLost,
    { ...enabled, 'enabled.incoming': false },
    'send testAndEnable',
  ],
  ['test with a mark: neither', marking, UNTESTED, 'send testAndEnable, primary'],
  [
    'test with a mark: ended since the plan, without it',
    marking,
    { ...TESTED, primary: false },
    'send testAndEnable, primary',
  ],
  ['test with a mark: ended since the plan, with it', marking, { ...TESTED, primary: true }, 'already'],
  ['test with a mark: under way without it', marking, TESTING, 'blocked'],
  ['test with a mark: under way with it', marking, { ...TESTING, primary: true }, 'testing'],
];

const DEPARTED = 'stale: the mailbox is inactive';
const WITHOUT_OWNER = 'stale: the user or queue is disabled';

function textOf(verdict: ReturnType<typeof verdictOf>): string {
  if (verdict.kind === 'send') return `send ${verdict.set.map(({ field }) => field).join(', ')}`;
  return verdict.kind === 'stale' ? `stale: ${verdict.message}` : verdict.kind;
}

it.each(CASES)('%s', (_name, planned, row, verdict) => {
  expect(textOf(verdictOf(planned, reading('a', row), SETTINGS, null))).toBe(verdict);
});

describe.each([
  ['a mailbox that is inactive by now', { state: 'inactive' }, true, DEPARTED],
  ['a mailbox whose owner is disabled by now', { state: 'active' }, false, WITHOUT_OWNER],
])('%s', (_name, state, ownerEnabled, departed) => {
  it.each([
    ['is not approved', step('a#approve'), PENDING, departed],
    ['was approved before', step('a#approve'), APPROVED, 'already'],
    ['is rejected all the same', step('a#reject'), APPROVED, 'send approved'],
    ['is not tested', step('a#test'), UNTESTED, departed],
    ['was tested before', step('a#test'), TESTED, 'already'],
    ['is being tested', step('a#test'), TESTING, 'testing'],
    ['is edited all the same', step('a#edit'), UNDONE, 'send x'],
  ])('%s', (_case, planned, row, verdict) => {
    const seen = reading('a', { ...row, ...state }, 10, ownerEnabled);
    expect(textOf(verdictOf(planned, seen, SETTINGS, null))).toBe(verdict);
  });
});

describe('a test that ended since the plan', () => {
  it.each([
    ['before our last write', at(41), 'send'],
    ['in the second of our last write', at(40), 'send'],
    ['after our last write', at(39), 'already'],
  ])('%s', (_name, lastWrite, kind) => {
    expect(verdictOf(step('a#test'), reading('a', TESTED), SETTINGS, lastWrite).kind).toBe(kind);
  });
});

describe('an earlier request of ours', () => {
  it.each([
    ['may still arrive', UNTESTED, 5, 10, 'unsettled'],
    ['may still be under way to the service', UNTESTED, 5, 184, 'unsettled'],
    ['left no trace for three minutes', UNTESTED, 5, 185, 'send'],
    ['has ended, before the plan', UNTESTED, -101, 10, 'send'],
    ['is under way', TESTING, 5, 10, 'testing'],
  ])('%s', (_name, row, requested, seen, kind) => {
    const settings = { ...SETTINGS, history: { ...NO_HISTORY, openTests: new Map([['a', at(requested)]]) } };
    expect(verdictOf(step('a#test'), reading('a', row, seen), settings, null).kind).toBe(kind);
  });
});
