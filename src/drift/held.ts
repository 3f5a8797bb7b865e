/**
 * Why nothing is done about a difference: what the planner holds back, found by the field that differs. Gives no
 * reason of its own, so that plan and drift never disagree.
 */

import { type Address, addressKey, type Kind } from '../model/address.ts';
import type { PlanHeldBack } from '../model/plan.generated.ts';
import { isHealth } from './finding.ts';

/** The verb of a field's row in the catalogue; `null` for what is observed only. */
export type VerbOf = (kind: Kind, field: string) => string | null;

const STEPS: Readonly<Record<string, readonly PlanHeldBack['verb'][]>> = {
  edit: ['edit', 'create'],
  readdress: ['readdress', 'create'],
  state: ['activate', 'deactivate'],
  approve: ['approve', 'reject'],
  test: ['test'],
  'approval-policy': ['approval-policy'],
  delete: ['delete'],
};

const REASONS: Readonly<Record<PlanHeldBack['reason'], string>> = {
  'owner-disabled': 'The user or queue that it belongs to is disabled.',
  'no-address': 'It has no e-mail address.',
  'waits-for-approval': 'It waits for a person to approve its e-mail address.',
  'not-approved': 'Its e-mail address is not approved.',
  'failed-recently': 'Its last test failed not long ago, and nothing has changed since.',
  stuck: 'A test of it does not end, and until then the service refuses every save.',
  'type-cannot-change': 'The service does not change the type of a profile; make another profile.',
  'approval-needs-address': 'Nothing in the configuration vouches for its e-mail address.',
  'profile-missing': 'It has no server profile.',
  'profile-inactive': 'Its server profile is inactive.',
  'mailbox-inactive': 'The mailbox is deactivated.',
  stolen: 'Another environment synchronizes its Exchange mailbox.',
  'waits-for-sign-in': 'Its user has to sign in to the mail provider first.',
  'in-use': 'Something else still refers to it.',
};

/** Finds what keeps the difference of a field from being mended; `null` where nothing does. */
export type FindHeld = (address: Address, kind: Kind, field: string) => PlanHeldBack | null;

export function heldFinder(heldBack: readonly PlanHeldBack[], verbOf: VerbOf): FindHeld {
  const byKey = new Map(heldBack.map((held) => [keyOf(held.address, held.verb), held]));
  return (address, kind, field) => {
    for (const verb of STEPS[mendingVerb(kind, field, verbOf)] ?? []) {
      const held = byKey.get(keyOf(address, verb));
      if (held !== undefined) return held;
    }
    return null;
  };
}

/** By what sort of step a difference is mended. */
function mendingVerb(kind: Kind, field: string, verbOf: VerbOf): string {
  if (isHealth(field)) return 'test';
  return field === 'absent' ? 'delete' : (verbOf(kind, field) ?? '');
}

export function heldText({ reason, until, detail }: PlanHeldBack): string {
  const time = until === undefined ? '' : ` Not before ${timeText(until)}.`;
  return `${REASONS[reason]}${detail === undefined ? '' : ` ${detail}`}${time}`;
}

/** As reports write times: in UTC, to the minute. */
function timeText(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function keyOf(address: Address, verb: string): string {
  return `${addressKey(address)}\n${verb}`;
}
