/** What has to be read to plan a configuration; made from the configuration alone. */

import type { Kind } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Query } from '../model/snapshot.ts';

/**
 * Mailboxes refer to profiles, and whether they need an approval is a setting: with mailboxes everything is read.
 * Settings refer to a profile.
 */
export function need(config: Config): Query {
  const mailboxes = config.mailboxes.length > 0 || config.rules.length > 0;
  const settings = mailboxes || config.settings !== null;
  const profiles = settings || config.profiles.length > 0;
  const kinds: Kind[] = [];
  if (profiles) kinds.push('profile');
  if (settings) kinds.push('settings');
  if (mailboxes) kinds.push('mailbox');
  return { kinds, alerts: false };
}
