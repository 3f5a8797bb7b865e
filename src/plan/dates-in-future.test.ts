/** Times that are still to come, at their place in the files. */

import { expect, it } from 'vitest';
import {
  AS_OF,
  mailboxItem,
  profile,
  profileItem,
  rule,
  settings,
  user,
} from '../model/world.test-support.ts';
import { type Case, planOf } from './planned.test-support.ts';

const LATER = { processEmailsFrom: '2027-01-01T00:00:00Z' };
const NOW = { processEmailsFrom: AS_OF };
const A = 'mailbox:user/a@contoso.com';
const resources = [settings(), profile('Gmail'), user('a@contoso.com'), user('b@contoso.com')];

function found(config: Case['config'] = {}): readonly unknown[] {
  return planOf({ config, resources })
    .diagnostics.filter(({ code }) => code === 'date-in-future')
    .map(({ severity, address, line }) => [severity, address, line]);
}

it.each<[string, Case['config'], readonly unknown[]]>([
  ['of a mailbox', { mailboxes: [mailboxItem('user', 'a@contoso.com', LATER)] }, [['warning', A, 50]]],
  ['of a profile', { profiles: [profileItem('Gmail', LATER)] }, [['warning', 'profile:Gmail', 20]]],
  ['of a new profile', { profiles: [profileItem('New', LATER)] }, [['warning', 'profile:New', 20]]],
  ['of a rule, once', { rules: [rule('all', LATER)] }, [['warning', null, 40]]],
  ['that is now', { mailboxes: [mailboxItem('user', 'a@contoso.com', NOW)] }, []],
  ['of nobody', {}, []],
])('a time %s', (_name, config, expected) => expect(found(config)).toEqual(expected));

it('says what it means', () => {
  const [diagnostic] = planOf({ config: { rules: [rule('all', LATER)] }, resources }).diagnostics;
  expect(diagnostic?.message).toBe(
    `processEmailsFrom 2027-01-01T00:00:00Z is later than now (${AS_OF}): mail before it is left alone`,
  );
});
