/** What has to be read for what is declared. */

import { expect, it } from 'vitest';
import type { Kind } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import { config, mailboxItem, profileItem, rule, settingsItem } from '../model/world.test-support.ts';
import { need } from './need.ts';

it.each<[string, Partial<Config>, readonly Kind[]]>([
  ['nothing', {}, []],
  ['settings, which refer to a profile', { settings: settingsItem({}) }, ['profile', 'settings']],
  ['a mailbox', { mailboxes: [mailboxItem('queue', 'Support')] }, ['profile', 'settings', 'mailbox']],
  ['a rule', { rules: [rule('all')] }, ['profile', 'settings', 'mailbox']],
  [
    'a profile, whose change can stop mailboxes that nothing mentions',
    { profiles: [profileItem('Gmail')] },
    ['profile', 'settings', 'mailbox'],
  ],
])('%s', (_name, parts, kinds) => expect(need(config(parts))).toEqual({ kinds, alerts: false }));
