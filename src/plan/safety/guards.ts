/** The guards, one named function each. */

import { TEST_FIELDS } from '../../catalogue/mailbox-tests.ts';
import { SERVER_SIDE_SYNC } from '../../catalogue/methods.ts';
import { addressKey } from '../../model/address.ts';
import type { PlanStep } from '../../model/plan.generated.ts';
import { type FieldValues, isRef } from '../../model/value.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';
import { sendsMessage } from '../forecast.ts';
import { type Guard, type Hit, hit } from './guard.ts';
import { workingDirections } from './working.ts';

const EDITS: ReadonlySet<PlanStep['verb']> = new Set(['edit', 'readdress', 'activate', 'deactivate']);
const FIRST_APPLY = { edits: 50, asDeclaredShare: 0.1 };

export const GUARDS: readonly Guard[] = [
  { name: 'mail-stops', severity: 'refuse', check: mailStops },
  { name: 'breaks-working-mailbox', severity: 'refuse', check: breaksWorkingMailbox },
  { name: 'deactivate', severity: 'refuse', check: deactivate },
  { name: 'approval-off', severity: 'refuse', check: approvalOff },
  { name: 'approve-rejected', severity: 'refuse', check: approveRejected },
  { name: 'personal-queue-address', severity: 'refuse', check: personalQueueAddress },
  { name: 'test-in-non-production', severity: 'refuse', check: testInNonProduction },
  { name: 'max-changes', severity: 'refuse', check: maxChanges },
  { name: 'first-apply', severity: 'refuse', check: firstApply },
  { name: 'cascade', severity: 'notice', check: cascade },
  { name: 'max-messages', severity: 'notice', check: maxMessages },
];

/** A managed change ends a direction that works now. */
function mailStops({ steps, state }: Folding): Hit | null {
  const stopped = steps.filter((step) => {
    const actual = state.get(step.address)?.resource.actual;
    if (actual?.kind !== 'mailbox') return false;
    const working = workingDirections(actual.fields);
    if (working.length === 0) return false;
    if (step.verb === 'deactivate' || step.verb === 'reject') return true;
    return step.set.some(
      ({ field, to }) => working.some((direction) => direction === field) && to !== SERVER_SIDE_SYNC,
    );
  });
  return hit(addresses(stopped), (count) => `Mail that moves now stops for mailboxes: ${count}`);
}

/** The service's reaction ends a direction that works now, and the plan does not restore it. */
function breaksWorkingMailbox(folding: Folding): Hit | null {
  const { steps, heldBack, context } = folding;
  const restored = new Set(
    addresses(steps.filter(({ verb, hand_off }) => verb === 'test' && hand_off !== true)),
  );
  const broken: string[] = [];
  for (const { address, set, verb } of steps) {
    if (verb === 'deactivate') broken.push(...usersOfProfile(address, folding));
    if (verb !== 'edit' && verb !== 'readdress') continue;
    const loses = set.some(({ field }) => losesTests(field, address, context));
    if (!loses) continue;
    const targets = address.startsWith('profile:') ? usersOfProfile(address, folding) : [address];
    broken.push(...targets.filter((target) => !restored.has(target)));
  }
  const leavingWorking = broken.filter((address) => stillWanted(address, folding));
  const held = new Set(heldBack.map(({ address }) => address));
  return hit(leavingWorking, (count) => {
    const waits = leavingWorking.some((address) => held.has(address)) ? ' (its test is held back)' : '';
    return `Tested and enabled now, to be tested again after this plan, and not tested by it${waits}: ${count}`;
  });
}

function losesTests(field: string, address: string, { catalogue }: PlanContext): boolean {
  const kind = address.startsWith('profile:') ? 'profile' : 'mailbox';
  const resets = catalogue.row(kind, field)?.resets ?? [];
  return resets.some(
    ({ fields, effect }) => effect === 'invalidates' && fields.some((name) => TEST_FIELDS.includes(name)),
  );
}

/** All mailboxes that go through a profile after the plan, managed or not. */
function usersOfProfile(profile: string, folding: Folding): readonly string[] {
  const key = addressKey(profile);
  return folding.context.snapshot.resources
    .map(({ address }) => address)
    .filter((address) => {
      const { serverProfile } = fieldsAfter(address, folding);
      return isRef(serverProfile) && addressKey(serverProfile.ref) === key;
    });
}

/** What a resource will be after the plan; what it is where nothing manages it. */
function fieldsAfter(address: string, { state, observed }: Folding): FieldValues {
  return state.get(address)?.fields ?? observed.get(addressKey(address))?.fields ?? {};
}

/** Works now, and has a direction left that is meant to go on after the plan. */
function stillWanted(address: string, folding: Folding): boolean {
  const actual = folding.observed.get(addressKey(address))?.fields ?? {};
  const after = fieldsAfter(address, folding);
  // What is turned off on purpose is told by `mail-stops`.
  if (after.state === 'inactive') return false;
  return workingDirections(actual).some((direction) => after[direction] === SERVER_SIDE_SYNC);
}

function deactivate({ steps }: Folding): Hit | null {
  return hit(
    addresses(steps.filter(({ verb }) => verb === 'deactivate')),
    (count) => `Resources deactivated: ${count}`,
  );
}

function approvalOff({ steps }: Folding): Hit | null {
  const off = steps.filter(
    ({ verb, set }) => verb === 'approval-policy' && set.some(({ to }) => to === false),
  );
  return hit(
    addresses(off),
    () => 'Mail will also be processed for addresses that nobody approved; Microsoft does not recommend it',
  );
}

/** Also where the plan gives it a new address first, after which the status is not known. */
function approveRejected({ steps, state }: Folding): Hit | null {
  const rejected = steps.filter(
    ({ verb, address }) =>
      verb === 'approve' && state.get(address)?.resource.actual?.fields.approved === 'rejected',
  );
  return hit(addresses(rejected), (count) => `Approved although a person rejected them: ${count}`);
}

/** All mail of an address on a personal queue flows into Dataverse. */
function personalQueueAddress({ steps, state }: Folding): Hit | null {
  const personal = steps.filter(({ address, set }) => {
    const mailbox = state.get(address)?.resource.actual?.mailbox ?? null;
    return (
      mailbox?.personalQueue === true && set.some(({ field, to }) => field === 'emailAddress' && to !== null)
    );
  });
  return hit(
    addresses(personal),
    (count) => `Personal queues that get an e-mail address, and with it all its mail: ${count}`,
  );
}

/** Never for the embedded Dataverse or a loopback address, where no mail exists. */
function testInNonProduction({ steps }: Folding, { environment }: PlanContext): Hit | null {
  if (environment.purpose === 'production' || isLocal(environment.url)) return null;
  const tests = steps.filter(({ verb }) => verb === 'test');
  return hit(
    addresses(tests),
    (count) => `Tests in a non-production environment take mailboxes away from production. Tests: ${count}`,
  );
}

function isLocal(url: string): boolean {
  if (url === 'emulator') return true;
  return /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/iu.test(url);
}

function maxChanges({ steps, state }: Folding, { environment }: PlanContext): Hit | null {
  const { share, from } = environment.guards.maxChanges;
  const changed = steps.filter(({ verb }) => EDITS.has(verb) || verb === 'reject' || verb === 'delete');
  for (const kind of ['mailbox', 'profile'] as const) {
    const own = new Set(addresses(changed.filter(({ address }) => address.startsWith(`${kind}:`))));
    const managed = [...state.all()].filter(
      ({ resource }) => resource.kind === kind && resource.actual !== null,
    ).length;
    if (own.size < from || own.size <= managed * share) continue;
    const percent = Math.round((own.size / managed) * 100);
    const limit = Math.round(share * 100);
    return hit(
      own,
      (count) =>
        `Changes ${count} of ${managed} managed resources of kind ${kind} (${percent} %); the limit is ${limit} % from ${from}`,
    );
  }
  return null;
}

/** The first run over an environment that nobody has managed yet deserves a second look. */
function firstApply({ steps, state }: Folding): Hit | null {
  const edited = new Set(
    addresses(steps.filter(({ verb, address }) => EDITS.has(verb) && address.startsWith('mailbox:'))),
  );
  const managed = [...state.all()].filter(
    ({ resource }) => resource.kind === 'mailbox' && resource.actual !== null,
  );
  const asDeclared = managed.filter(({ resource }) => !edited.has(resource.address)).length;
  if (edited.size <= FIRST_APPLY.edits || asDeclared >= managed.length * FIRST_APPLY.asDeclaredShare)
    return null;
  return hit(
    edited,
    (count) => `Edits ${count} mailboxes of an environment of which almost nothing is as declared`,
  );
}

/** A change of a profile that makes many mailboxes' tests necessary. */
function cascade({ steps }: Folding): Hit | null {
  const causes = new Set(steps.filter(({ address }) => address.startsWith('profile:')).map(({ id }) => id));
  const tests = steps.filter(
    ({ verb, because }) => verb === 'test' && because.some(({ of }) => of !== undefined && causes.has(of)),
  );
  return hit(
    addresses(tests),
    (count) => `A changed server profile makes tests necessary. Mailboxes: ${count}`,
  );
}

function maxMessages({ steps }: Folding, { environment }: PlanContext): Hit | null {
  const tests = steps.filter(sendsMessage);
  if (tests.length * 2 < environment.tests.perRun) return null;
  return hit(
    addresses(tests),
    (count) => `Real test messages that will be sent, each from a mailbox to itself: ${count}`,
  );
}

function addresses(steps: readonly PlanStep[]): string[] {
  return steps.map(({ address }) => address);
}
