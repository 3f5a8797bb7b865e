/** The words for what resolving finds out about rules, approvals and incomplete reads. */

import type { Address } from '../model/address.ts';
import type { Declared, DeclaredResource, DeclaredRule, ListEntry } from '../model/config.ts';
import type { DesiredResource, WithheldApproval } from '../model/desired.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import type { Memberships, NotSeen, Observed, UnseenMembership } from '../model/snapshot.ts';
import { compareText, sameText } from '../model/value.ts';
import type { Conflict, Layer } from './merge-layers.ts';
import type { IdleReason } from './rule-coverage.ts';

export function readIncomplete(
  address: Address,
  source: Source,
  notFound: string,
  { depth }: NotSeen,
): Diagnostic {
  return {
    code: 'read-incomplete',
    severity: 'warning',
    address,
    source,
    message: `${notFound} was not found, but not all records of its kind can be seen (read depth: ${depth})`,
    hint: 'Nothing is created and nothing is called missing. Give the caller organization-wide read.',
  };
}

export function declaredTwice(item: DeclaredResource, first: DeclaredResource, actual: Observed): Diagnostic {
  return {
    code: 'duplicate-item',
    severity: 'error',
    address: actual.address,
    source: item.source,
    message: `${actual.address} is meant here and in ${place(first.source)}: one by its name, one by its id`,
    hint: 'Make one item of the two.',
  };
}

export function matchesNothing({ name, source }: DeclaredRule, { why, close }: IdleReason): Diagnostic {
  return {
    code: 'rule-matches-nothing',
    severity: 'warning',
    address: null,
    source,
    message: `Rule "${name}" covers no mailbox of this environment: ${why}`,
    hint:
      close.length > 0
        ? `Close: ${close.map((text) => `"${text}"`).join(', ')}.`
        : 'Check its match. Rules reach active mailboxes of enabled people and of shared queues; others only by include.',
  };
}

const MEMBERSHIP_NAMES: Readonly<Record<keyof Memberships, string>> = {
  businessUnits: 'business units',
  teams: 'teams',
  securityRoles: 'security roles',
};

export function membershipUnseen(
  { name, source }: DeclaredRule,
  { membership, depth }: UnseenMembership,
): Diagnostic {
  const what = MEMBERSHIP_NAMES[membership];
  return {
    code: 'read-incomplete',
    severity: 'warning',
    address: null,
    source,
    message: `Rule "${name}" matches on ${what}, which this caller cannot see all of (read depth: ${depth}); it covers nobody whom that decides about, and what it would set for them is left as it is`,
    hint: `Give the caller organization-wide read of ${what === 'security roles' ? 'security roles and teams' : what}, or match on something else.`,
  };
}

export function listEntryMatchesNothing({ text, source }: ListEntry): Diagnostic {
  return {
    code: 'list-entry-matches-nothing',
    severity: 'warning',
    address: null,
    source,
    message: `"${text}" is no sign-in name, e-mail address or queue name of this environment`,
    hint: 'Correct the line, or remove it if the mailbox is gone.',
  };
}

export function itemCoveredByRule(
  { address, source }: DeclaredResource,
  layers: readonly Layer[],
): Diagnostic {
  const rules = layers.flatMap(({ rule }) => (rule === null ? [] : [`"${rule.rule.name}"`]));
  const covering = rules.length === 1 ? `rule ${rules[0]} covers` : `rules ${rules.join(', ')} cover`;
  return {
    code: 'item-covered-by-rule',
    severity: 'info',
    address,
    source,
    message: `${address} is as ${covering} it already; the item changes nothing`,
    hint: 'Remove the item, or keep it to stay independent of the rule.',
  };
}

export function addressOwnedByDirectory(
  address: Address,
  source: Source,
  declared: string,
  signIn: string,
): Diagnostic {
  return {
    code: 'address-owned-by-directory',
    severity: 'warning',
    address,
    source,
    message: `emailAddress "${declared}" differs from the sign-in name "${signIn}"; people's addresses come from the directory, which may set its own again`,
    hint: 'Change the address in Microsoft 365 rather than here, or leave emailAddress out.',
  };
}

export function forwardMailboxMissing(source: Source, fed: readonly DesiredResource[]): Diagnostic {
  const addresses = fed.map(({ address }) => address).sort(compareText);
  const [first = null] = addresses;
  const more = addresses.length > 1 ? ` and ${addresses.length - 1} more` : '';
  return {
    code: 'forward-mailbox-missing',
    severity: 'warning',
    address: addresses.length === 1 ? first : null,
    source,
    message: `${first}${more}: incoming is "forward-mailbox", but no forward mailbox is active, so that no mail arrives`,
    hint: 'Declare a forward mailbox ("forward: NAME" under mailboxes), or use server-side-sync.',
  };
}

export function absentButUsed(item: DeclaredResource, address: Address | null, source: Source): Diagnostic {
  return {
    code: 'absent-not-possible',
    severity: 'error',
    address,
    source,
    message: `the server profile "${item.name}" is to be deleted (${place(item.fields.get('absent')?.source ?? item.source)}), but this still refers to it`,
    hint: 'Refer to another profile here, or keep the profile.',
  };
}

export function ruleConflict(address: Address, { field, first, second }: Conflict): Diagnostic {
  return {
    code: 'rule-conflict',
    severity: 'error',
    address,
    source: second.source,
    message: `${address}  ${field} is set by rules of two files that disagree: ${place(first.source)} and ${place(second.source)}`,
    hint: 'Between files there is no order. Put both rules into one file, except the mailbox from one of them, or declare it singly.',
  };
}

export function approvalNeedsAddress(withheld: WithheldApproval): Diagnostic {
  const { address, source, emailAddress, vouchedFor } = withheld;
  const actual = emailAddress === null ? 'has no e-mail address' : `has the e-mail address "${emailAddress}"`;
  const differs =
    emailAddress !== null && vouchedFor !== null && !sameText(emailAddress, vouchedFor)
      ? `, which is not the sign-in name "${vouchedFor}"`
      : '';
  return {
    code: 'approval-needs-address',
    severity: 'warning',
    address,
    source,
    message: `${address} ${actual}${differs}; nothing here vouches for it, so it is not approved`,
    hint: 'Write "emailAddress:" and "approved: true" into the single item of this mailbox if the address is right.',
  };
}

const NAMES_SHOWN = 5;

/** `by`: the item that takes its mailbox out; `null`: a rule does. */
export function outsideCeiling(
  by: Address | null,
  source: Source,
  mailboxes: readonly Address[],
): Diagnostic {
  const names = [...mailboxes].sort(compareText);
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  const shown = `${names.slice(0, NAMES_SHOWN).join(', ')}${more}`;
  const which =
    names.length === 1
      ? `${shown} is outside the mail ceiling and moves mail all the same`
      : `${names.length} mailboxes are outside the mail ceiling and move mail all the same: ${shown}`;
  return {
    code: 'ceiling-passed-over',
    severity: 'warning',
    address: by,
    source,
    message: `${which}${names.length === 1 ? ':' : ';'} "managed: false" goes before the ceiling`,
    hint: 'Remove "managed: false" to silence what is not meant to move mail here; the ceiling then reaches it.',
  };
}

function place({ file, line }: Declared['source']): string {
  return `${file}:${line}`;
}
