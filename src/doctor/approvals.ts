/**
 * Who could give the approvals that a configuration asks for. The planner alone knows: it is asked what it would hand
 * off if no approval had been given yet, and the account tried.
 */

import { addressKey } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Desired, DesiredResource } from '../model/desired.ts';
import type { DoctorApproval, DoctorFinding } from '../model/doctor.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Caller, Observed, Snapshot } from '../model/snapshot.ts';
import { compareText, isRef } from '../model/value.ts';
import { type AskedApprovals, askedApprovals, unseenApprovals } from './unseen-approvals.ts';

export interface Seen {
  readonly config: Config;
  readonly snapshot: Snapshot;
  readonly desired: Desired;
}

/**
 * The same world, were every approval that is asked for still to be given, and `approvals: apply`. What is not approved
 * now stays as it is: how it came to be decides whether it can be approved.
 */
export function asIfUnapproved({ config, snapshot, desired }: Seen): Seen {
  const asked = new Set(desired.resources.filter(asksForApproval).map(({ address }) => addressKey(address)));
  const pending = (observed: Observed): Observed =>
    observed.fields.approved === 'approved' && asked.has(addressKey(observed.address))
      ? { ...observed, fields: { ...observed.fields, approved: 'pending' } }
      : observed;
  return {
    config: { ...config, environment: { ...config.environment, approvals: 'apply' } },
    snapshot: { ...snapshot, resources: snapshot.resources.map(pending) },
    desired: {
      ...desired,
      resources: desired.resources.map((resource) =>
        resource.actual === null ? resource : { ...resource, actual: pending(resource.actual) },
      ),
    },
  };
}

function asksForApproval({ fields }: DesiredResource): boolean {
  return fields.get('approved')?.value === true;
}

/** By the server profile that the mailboxes are to have, from a plan of that world. */
export function approvalsByProfile(plan: Plan, desired: Desired): readonly DoctorApproval[] {
  const profiles = new Map(
    desired.resources.map((resource) => [addressKey(resource.address), profileOf(resource)]),
  );
  const handoffs = new Map(plan.handoffs.map((handoff) => [handoff.step, handoff]));
  const groups = new Map<string | null, DoctorApproval>();
  for (const { id, address, verb } of plan.steps) {
    if (verb !== 'approve') continue;
    const profile = profiles.get(addressKey(address)) ?? null;
    const before = groups.get(profile) ?? none(profile);
    const handoff = handoffs.get(id);
    groups.set(profile, {
      ...before,
      approvals: before.approvals + 1,
      handed_off: before.handed_off + (handoff === undefined ? 0 : 1),
      why: handoff === undefined ? before.why : withItem(before.why, handoff.why),
      who: handoff === undefined ? before.who : handoff.who.reduce(withItem, before.who),
    });
  }
  return [...groups.values()].sort((a, b) => compareText(a.server_profile ?? '', b.server_profile ?? ''));
}

function none(profile: string | null): DoctorApproval {
  return { server_profile: profile, approvals: 0, handed_off: 0, why: [], who: [] };
}

function profileOf({ fields, actual }: DesiredResource): string | null {
  const ref = fields.get('serverProfile')?.value ?? actual?.fields.serverProfile;
  return isRef(ref) ? ref.ref.slice(ref.ref.indexOf(':') + 1) : null;
}

function withItem<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return list.includes(item) ? list : [...list, item];
}

const WHY: Readonly<Record<DoctorApproval['why'][number], string>> = {
  'no-privilege': 'the account lacks the privilege to approve',
  'no-role': 'the account lacks a role that approving takes',
  'by-configuration': 'the environment has "approvals: hand-off"',
  'owner-approved-mailbox-not': 'the user or queue is approved but its mailbox is not',
  'own-sign-in': 'the user of the mailbox has to sign in',
};

/** `plan`: of now, which knows what waits for a person. */
export function approvalFindings(
  approvals: readonly DoctorApproval[],
  seen: Seen,
  plan: Plan,
): readonly DoctorFinding[] {
  const mode = seen.config.environment.approvals;
  const declared = askedApprovals(seen.config);
  const asked = approvals.reduce((sum, group) => sum + group.approvals, 0);
  const unseen = unseenFindings(unseenApprovals(declared, seen), asked);
  if (asked === 0) return unseen.length > 0 ? unseen : [noneAsked(declared)];
  if (mode === 'hand-off') return [...unseen, byConfiguration(waitingNow(plan))];
  const now = new Map(
    approvalsByProfile(plan, seen.desired).map((group) => [group.server_profile, group.handed_off]),
  );
  const closed = approvals.filter(({ handed_off }) => handed_off > 0);
  const found = closed.map((group) => handedOff(group, now.get(group.server_profile) ?? 0, mode));
  return [...unseen, ...(found.length > 0 ? found : [mayApprove(seen.snapshot.caller, asked)])];
}

/** As the plan counts them: rejecting and requiring approval are left to a person as well. */
function waitingNow({ handoffs }: Plan): number {
  return handoffs.filter(({ what }) => what !== 'sign-in').length;
}

/** Names that a finding gives. */
const NAMED = 3;

/** What a rule asks for is judged by the mailboxes that can be seen, if there are any. */
function unseenFindings({ items, rules }: AskedApprovals, asked: number): readonly DoctorFinding[] {
  const unjudged = asked === 0 ? rules.map(({ name }) => `rule "${name}"`) : [];
  const who = [...items.map(({ address }) => address), ...unjudged];
  if (who.length === 0) return [];
  const rest = who.length > NAMED ? ` and ${who.length - NAMED} more` : '';
  return [
    finding(
      'warning',
      'Nothing can be said about approvals of mailboxes that the account does not see.',
      `The configuration asks for them: ${who.slice(0, NAMED).join(', ')}${rest}.`,
      'Let the account see these mailboxes, or run doctor as the account that is to approve.',
    ),
  ];
}

function noneAsked({ items, rules }: AskedApprovals): DoctorFinding {
  if (items.length + rules.length === 0)
    return finding('ok', 'The configuration asks for no approval.', null, null);
  return finding(
    'ok',
    'No mailbox is to be approved now.',
    'The configuration asks for approvals, and reaches no mailbox whose e-mail address it vouches for.',
    null,
  );
}

function byConfiguration(waiting: number): DoctorFinding {
  return finding(
    'ok',
    'Approvals are left to a person: the environment has "approvals: hand-off".',
    `Waiting for a person now: ${waiting} approvals.`,
    waiting === 0 ? null : '"mailboxctl plan" lists them, with the command for that person.',
  );
}

/** Those that were given before would be lost with a change of the address; `now`: those that are still to be given. */
function handedOff(
  group: DoctorApproval,
  now: number,
  mode: Config['environment']['approvals'],
): DoctorFinding {
  const { server_profile, approvals, handed_off, why, who } = group;
  const through = server_profile === null ? 'without a server profile' : `through "${server_profile}"`;
  return finding(
    mode === 'fail' ? 'problem' : 'warning',
    `The account cannot approve ${handed_off} of ${approvals} mailboxes ${through}: ${why.map((one) => WHY[one]).join('; ')}.`,
    mode === 'fail'
      ? `Waiting for a person now: ${now} approvals. Each makes apply end with exit 7, since the environment has "approvals: fail".`
      : `Waiting for a person now: ${now} approvals, and the tests behind them.`,
    `Give it ${who.join(', or ')}. Or write "approvals: hand-off" in the environment and let a person approve.`,
  );
}

/** What the roles of the tenant allow cannot be read from Dataverse, and Microsoft's pages speak of people alone. */
function mayApprove({ applicationUser, mailboxApprover }: Caller, asked: number): DoctorFinding {
  const what = `The account may approve: ${asked} mailboxes are to be approved.`;
  if (applicationUser) {
    return finding(
      'warning',
      what,
      'No more than "may" can be said: Microsoft documents approving for people alone. After the first approval that the service accepts without carrying it out, the rest is handed off.',
      'If that happens, write "approvals: hand-off" in the environment.',
    );
  }
  const role = mailboxApprover
    ? 'It is Delegated Mailbox Approver.'
    : 'Whether it is Global or Exchange administrator, which Exchange Online asks for, cannot be read from Dataverse.';
  return finding('ok', what, `${role} What the service ignores is read back and told.`, null);
}

function finding(
  level: DoctorFinding['level'],
  what: string,
  soWhat: string | null,
  mend: string | null,
): DoctorFinding {
  return { id: 'approvals', level, what, so_what: soWhat, mend };
}
