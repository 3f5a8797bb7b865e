/** The words for what resolving finds out about rules, approvals and incomplete reads. */

import type { Address } from '../model/address.ts';
import type { Declared, DeclaredResource, DeclaredRule } from '../model/config.ts';
import type { WithheldApproval } from '../model/desired.ts';
import type { Diagnostic, Source } from '../model/diagnostic.ts';
import type { NotSeen, Observed } from '../model/snapshot.ts';
import { compareText, sameText } from '../model/value.ts';
import type { Conflict } from './merge-layers.ts';

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

export function namesakeLeftAlone(
  { name, source }: DeclaredRule,
  { address, records }: Observed,
): Diagnostic {
  const ids = records.map(({ id }) => id).sort(compareText);
  return {
    code: 'item-ambiguous',
    severity: 'warning',
    address,
    source,
    message: `Rule "${name}" covers another record of this name, which is left alone: ${ids.join(', ')}`,
    hint: 'Rename one of the two: records of one name cannot be told apart by address.',
  };
}

export function matchesNothing({ name, source }: DeclaredRule): Diagnostic {
  return {
    code: 'rule-matches-nothing',
    severity: 'warning',
    address: null,
    source,
    message: `Rule "${name}" matches no mailbox of this environment`,
    hint: 'Check its match. Rules reach active mailboxes of enabled people and of shared queues only.',
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

function place({ file, line }: Declared['source']): string {
  return `${file}:${line}`;
}
