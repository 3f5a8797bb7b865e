/**
 * What a changed limit of connections counts: the connections of each mailbox where mailboxes sign in by themselves,
 * those of the whole profile where its credentials are used (Microsoft Learn, "Connect to Exchange Server
 * (on-premises)").
 */

import { AUTHENTICATION_FACTS } from '../catalogue/authentication-facts.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { FieldValues } from '../model/value.ts';
import type { Folding } from './fold.ts';

const FIELD = 'maxConnections';
const COUNTED = {
  mailbox: 'the connections of each mailbox, since mailboxes sign in by themselves',
  profile: 'the connections of all mailboxes of the profile together, since it signs in for them',
} as const;

/** One for each profile whose limit this plan writes. */
export function connectionsCounted({ steps, state }: Folding): readonly Diagnostic[] {
  return steps.flatMap(({ address, verb, set }) => {
    const change = set.find(({ field }) => field === FIELD);
    if (change === undefined || verb === 'delete') return [];
    const planned = state.get(address);
    if (planned === undefined) return [];
    const counted = countedBy(planned.fields);
    if (counted === null) return [];
    return [
      {
        code: 'connections-counted',
        severity: 'info',
        address,
        source: planned.resource.fields.get(FIELD)?.source ?? null,
        message: `maxConnections ${String(change.to)} of ${address} limits ${counted}`,
        hint: null,
      },
    ];
  });
}

function countedBy(profile: FieldValues): string | null {
  const incoming = connectionsPer(profile['incoming.authentication']);
  const outgoing = connectionsPer(profile['outgoing.authentication']);
  const only = incoming ?? outgoing;
  if (only === null) return null;
  if (incoming === null || outgoing === null || incoming === outgoing) return COUNTED[only];
  return `for incoming mail ${COUNTED[incoming]}; for outgoing mail ${COUNTED[outgoing]}`;
}

function connectionsPer(authentication: unknown): keyof typeof COUNTED | null {
  const known = Object.entries(AUTHENTICATION_FACTS).find(([name]) => name === authentication);
  return known?.[1].connectionsPer ?? null;
}
