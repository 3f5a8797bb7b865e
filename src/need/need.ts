/** What has to be read to plan a configuration; made from the configuration alone. */

import { KINDS } from '../model/address.ts';
import type { Config, DeclaredRule, Match } from '../model/config.ts';
import type { Memberships, NamedMailbox, Query } from '../model/snapshot.ts';
import { foldText } from '../model/value.ts';

/**
 * Mailboxes refer to profiles, and whether they need an approval is a setting: with mailboxes everything is read.
 * So it is with profiles: a change of one can stop mailboxes that nothing here mentions, and a guard tells. A ceiling
 * may reach every mailbox. Settings refer to a profile.
 */
export function need(config: Config): Query {
  const { environment, profiles, settings, rules, mailboxes } = config;
  const reachesAll = environment.mail?.others === 'none';
  const everything = reachesAll || profiles.length > 0 || rules.length > 0 || mailboxes.length > 0;
  return {
    kinds: everything ? KINDS : settings === null ? [] : ['profile', 'settings'],
    alerts: false,
    memberships: membershipsOf(rules),
  };
}

/** Above, whole lists take fewer and simpler requests. */
const FEW = 400;

/**
 * The mailboxes that a plan needs to know of, where single items are all that is declared; `null`: all of them. Rules
 * and a ceiling may reach any mailbox, and so may what profiles and settings change.
 */
export function namedMailboxes({
  environment,
  profiles,
  settings,
  rules,
  mailboxes,
}: Config): readonly NamedMailbox[] | null {
  if (environment.mail?.others === 'none' || settings !== null) return null;
  if (rules.length > 0 || profiles.length > 0 || mailboxes.length === 0 || mailboxes.length > FEW)
    return null;
  return mailboxes.flatMap(({ sort, name, id, fields }): readonly NamedMailbox[] => {
    const declared = fields.get('emailAddress')?.value;
    const emailAddress = typeof declared === 'string' ? declared : null;
    const isNamed = sort === 'user' || sort === 'queue' || (sort === 'forward' && emailAddress !== null);
    return isNamed ? [{ sort, name, id, emailAddress }] : [];
  });
}

/** What has to be read for two configurations at once. */
export function needBoth(config: Config, base: Config): Query {
  const [own, other] = [need(config), need(base)];
  const [mine, theirs] = [own.memberships, other.memberships];
  return {
    kinds: KINDS.filter((kind) => own.kinds.includes(kind) || other.kinds.includes(kind)),
    alerts: own.alerts || other.alerts,
    memberships: {
      businessUnits: mine.businessUnits || theirs.businessUnits,
      teams: mine.teams || theirs.teams,
      securityRoles: mine.securityRoles || theirs.securityRoles,
    },
  };
}

/** The mailboxes that either of the plans needs to know of; `null`: all of them. */
export function namedInBoth(config: Config, base: Config): readonly NamedMailbox[] | null {
  const [own, other] = [namedOrNone(config), namedOrNone(base)];
  if (own === null || other === null) return null;
  const named = new Map<string, NamedMailbox>();
  for (const mailbox of [...own, ...other]) {
    const key = `${mailbox.sort} ${foldText(mailbox.name)}`;
    const joined = joinedWith(named.get(key), mailbox);
    if (joined === null) return null;
    named.set(key, joined);
  }
  return named.size === 0 || named.size > FEW ? null : [...named.values()];
}

/** A configuration that declares nothing needs none; there is no list then, which otherwise means all. */
function namedOrNone(config: Config): readonly NamedMailbox[] | null {
  return need(config).kinds.length === 0 ? [] : namedMailboxes(config);
}

/** One mailbox under one name, id and e-mail address; `null`: it is named in two ways, which takes the whole lists. */
function joinedWith(known: NamedMailbox | undefined, mailbox: NamedMailbox): NamedMailbox | null {
  if (known === undefined) return mailbox;
  const isOther = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
  if (isOther(known.id, mailbox.id) || isOther(known.emailAddress, mailbox.emailAddress)) return null;
  return {
    ...known,
    id: known.id ?? mailbox.id,
    emailAddress: known.emailAddress ?? mailbox.emailAddress,
  };
}

/** Lists of their own, so that they are read only where a rule or one of its exceptions asks. */
function membershipsOf(rules: readonly DeclaredRule[]): Memberships {
  const matches = rules.flatMap(({ match, except }) => [
    match,
    ...except.filter((entry): entry is Match => typeof entry !== 'string'),
  ]);
  const asks = (key: keyof Match): boolean => matches.some((match) => match[key] !== undefined);
  return { businessUnits: asks('businessUnit'), teams: asks('team'), securityRoles: asks('securityRole') };
}
