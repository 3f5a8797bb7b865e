/** What has to be read to plan a configuration; made from the configuration alone. */

import { KINDS } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import { NO_MEMBERSHIPS, type Query } from '../model/snapshot.ts';

/**
 * Mailboxes refer to profiles, and whether they need an approval is a setting: with mailboxes everything is read.
 * So it is with profiles: a change of one can stop mailboxes that nothing here mentions, and a guard tells.
 * Settings refer to a profile.
 */
export function need(config: Config): Query {
  const { profiles, settings, rules, mailboxes } = config;
  const everything = profiles.length > 0 || rules.length > 0 || mailboxes.length > 0;
  return {
    kinds: everything ? KINDS : settings === null ? [] : ['profile', 'settings'],
    alerts: false,
    memberships: NO_MEMBERSHIPS,
  };
}
