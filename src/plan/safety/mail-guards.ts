/** Guards of mail that moves now and would not any more, and of mail that is lost. */

import { ENABLED_FIELDS, TEST_FIELDS } from '../../catalogue/mailbox-tests.ts';
import { SERVER_SIDE_SYNC } from '../../catalogue/methods.ts';
import { kindOf } from '../../model/address.ts';
import type { PlanStep } from '../../model/plan.generated.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';
import { fieldsAfter, fieldsBefore, mailboxesThere, usersOfProfile } from './around.ts';
import { addressesOf, type Hit, hit } from './guard.ts';
import { minuteText, PROCESS_FROM, processing } from './processed-from.ts';
import { workingDirections } from './working.ts';

const MOVING_TIME: ReadonlySet<string> = new Set([PROCESS_FROM, 'serverProfile']);
const ENDING: ReadonlySet<PlanStep['verb']> = new Set(['deactivate', 'reject', 'delete']);

/** A managed change, the ceiling's included, ends a direction that works now, or leaves new mail alone for a while. */
export function mailStops(folding: Folding, { snapshot }: PlanContext): Hit | null {
  const stopped = new Set(ended(folding));
  const waiting = untilLater(Date.parse(snapshot.asOf), folding).filter(
    ({ address }) => !stopped.has(address),
  );
  const last = Math.max(...waiting.map(({ from }) => from));
  const parts = [
    stopped.size === 0 ? '' : `Mail that moves now stops for mailboxes: ${stopped.size}`,
    waiting.length === 0
      ? ''
      : `Incoming mail before ${minuteText(last)} is left alone (processEmailsFrom). Mailboxes: ${waiting.length}`,
  ];
  return hit([...stopped, ...waiting.map(({ address }) => address)], () =>
    parts.filter((text) => text !== '').join('. '),
  );
}

function ended({ steps, state }: Folding): readonly string[] {
  const stopped = steps.filter((step) => {
    const actual = state.get(step.address)?.resource.actual;
    if (actual?.kind !== 'mailbox') return false;
    const working = workingDirections(actual.fields);
    if (working.length === 0) return false;
    if (ENDING.has(step.verb)) return true;
    return step.set.some(
      ({ field, to }) => working.some((direction) => direction === field) && to !== SERVER_SIDE_SYNC,
    );
  });
  return addressesOf(stopped);
}

/** Working mailboxes whose incoming mail is processed from a time to come after this plan, and is not now. */
function untilLater(now: number, folding: Folding): readonly { address: string; from: number }[] {
  const writes = folding.steps.some(({ set }) => set.some(({ field }) => MOVING_TIME.has(field)));
  if (!writes) return [];
  return mailboxesThere(folding).flatMap(({ address, fields }) => {
    const after = fieldsAfter(address, folding);
    if (!workingDirections(fields).includes('incoming') || after.incoming !== SERVER_SIDE_SYNC) return [];
    const before = processing(fields, (profile) => fieldsBefore(profile, folding));
    const { from } = processing(after, (profile) => fieldsAfter(profile, folding));
    return from === null || from <= now || (before.from ?? now) > now ? [] : [{ address, from }];
  });
}

/** The service's reaction ends a direction that works now, and the plan does not restore it. */
export function breaksWorkingMailbox(folding: Folding): Hit | null {
  const untested = losingTests(folding);
  const unapproved = losingProcessing(folding);
  const held = new Set(folding.heldBack.map(({ address }) => address));
  const waits = untested.some((address) => held.has(address)) ? ' (its test is held back)' : '';
  const parts = [
    untested.length === 0
      ? ''
      : `Tested and enabled now, to be tested again after this plan, and not tested by it${waits}: ${untested.length}`,
    unapproved.length === 0
      ? ''
      : `Works now without approval, which this plan begins to require: ${unapproved.length}`,
  ];
  return hit([...untested, ...unapproved], () => parts.filter((text) => text !== '').join('. '));
}

/** Working mailboxes whose tests or profile a step takes away, and which no test of this run restores. */
function losingTests(folding: Folding): readonly string[] {
  const { steps } = folding;
  const restored = new Set(
    addressesOf(steps.filter(({ verb, hand_off }) => verb === 'test' && hand_off !== true)),
  );
  const losing = steps.flatMap((step) => losers(step, folding)).filter((address) => !restored.has(address));
  return [...new Set(losing)].filter((address) => stillWanted(address, folding));
}

function losers(step: PlanStep, folding: Folding): readonly string[] {
  const { address, verb, set } = step;
  if (verb === 'deactivate' || verb === 'delete') return usersOfProfile(address, folding);
  if (verb === 'create' || verb === 'test') return [];
  const resets = set.flatMap(
    ({ field }) => folding.context.catalogue.row(kindOf(address), field)?.resets ?? [],
  );
  const losing = resets.filter(
    ({ fields, effect }) =>
      effect === 'invalidates' &&
      fields.some((name) => TEST_FIELDS.includes(name) || ENABLED_FIELDS.includes(name)),
  );
  return losing.flatMap(({ on }) => (on === 'self' ? [address] : usersOfProfile(address, folding)));
}

/** Working mailboxes whose mail this plan makes depend on an approval that they do not have after it. */
function losingProcessing(folding: Folding): readonly string[] {
  const policy = folding.steps.filter(({ verb }) => verb === 'approval-policy');
  const required = policy.flatMap(({ set }) => set.flatMap(({ field, to }) => (to === true ? [field] : [])));
  if (required.length === 0) return [];
  // What is taken away on purpose is told by `mail-stops`.
  const settled = new Set(addressesOf(folding.steps.filter(({ verb }) => verb === 'reject')));
  // Whoever turns the requirement on for us gives the approvals of this plan too.
  if (policy.every(({ hand_off }) => hand_off === true))
    for (const { verb, address } of folding.steps) if (verb === 'approve') settled.add(address);
  return mailboxesThere(folding)
    .filter(({ address, mailbox }) => {
      if (settled.has(address)) return false;
      const field = mailbox?.sort === 'queue' ? 'onlyApproved.queues' : 'onlyApproved.users';
      const isAffected = mailbox !== null && mailbox.sort !== 'forward' && required.includes(field);
      return isAffected && fieldsAfter(address, folding).approved !== 'approved';
    })
    .map(({ address }) => address)
    .filter((address) => stillWanted(address, folding));
}

/** Works now, and has a direction left that is meant to go on after the plan. */
function stillWanted(address: string, folding: Folding): boolean {
  const after = fieldsAfter(address, folding);
  // What is turned off on purpose is told by `mail-stops`.
  if (after.state === 'inactive') return false;
  const working = workingDirections(fieldsBefore(address, folding));
  return working.some((direction) => after[direction] === SERVER_SIDE_SYNC);
}

/** What is processed is deleted on the mail server: nothing brings it back. */
export function deleteMail({ steps }: Folding): Hit | null {
  const deleting = steps.filter(({ set }) =>
    set.some(({ field, to }) => field === 'deleteEmailsAfterProcessing' && to === true),
  );
  return hit(
    addressesOf(deleting),
    (count) => `Mail is deleted on the mail server after it was processed. Mailboxes: ${count}`,
  );
}
