/** What an intent says besides its step: that a test depends on it, and under which name runs after it know the resource. */

import { expect, it } from 'vitest';
import { at, step } from './apply.test-support.ts';
import { intentLine } from './journal-event.ts';

const renamed = [{ field: 'name', from: 'Old', to: 'New' }];

it.each([
  ['an edit', step('profile:Old#edit'), {}],
  ['a renamed profile', step('profile:Old#edit', { set: renamed }), { renamed_to: 'profile:New' }],
  [
    'a renamed forward mailbox',
    step('mailbox:forward/Old#edit', { set: renamed }),
    { renamed_to: 'mailbox:forward/New' },
  ],
  ['a name that is given, not changed', step('profile:New#create', { set: renamed }), {}],
])('%s', (_name, planned, more) => {
  const { id, address, verb } = planned;
  expect(intentLine(planned, at(1), false)).toEqual({
    event: 'intent',
    step: id,
    address,
    verb,
    at: at(1),
    ...more,
  });
});
