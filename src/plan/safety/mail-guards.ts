/** Guards of mail that moves now and would not any more, and of mail that is lost. */

import { ENABLED_FIELDS, TEST_FIELDS } from '../../catalogue/mailbox-tests.ts';
import { SERVER_SIDE_SYNC } from '../../catalogue/methods.ts';
import { kindOf } from '../../model/address.ts';
import type { PlanStep } from '../../model/plan.generated.ts';
import type { Folding } from '../fold.ts';
import { fieldsAfter, fieldsBefore, mailboxesThere, usersOfProfile } from './around.ts';
import { addressesOf, type Hit, hit } from './guard.ts';
import { workingDirections } from './working.ts';

const ENDING: ReadonlySet<PlanStep['verb']> = new Set(['deactivate', 'reject', 'delete']);

/** A managed change, the ceiling's included, ends a direction that works now. */
export function mailStops({ steps, state }: Folding): Hit | null {
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
  return hit(addressesOf(stopped), (count) => `Mail that moves now stops for mailboxes: ${count}`);
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
  const required = folding.steps.flatMap(({ verb, set }) =>
    verb === 'approval-policy' ? set.flatMap(({ field, to }) => (to === true ? [field] : [])) : [],
  );
  if (required.length === 0) return [];
  // What is taken away on purpose is told by `mail-stops`.
  const rejected = new Set(addressesOf(folding.steps.filter(({ verb }) => verb === 'reject')));
  return mailboxesThere(folding)
    .filter(({ address, mailbox }) => {
      if (rejected.has(address)) return false;
      const policy = mailbox?.sort === 'queue' ? 'onlyApproved.queues' : 'onlyApproved.users';
      const isAffected = mailbox !== null && mailbox.sort !== 'forward' && required.includes(policy);
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
