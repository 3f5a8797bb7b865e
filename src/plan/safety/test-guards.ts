/** Guards of what tests do beyond testing: they pair a mailbox with this environment, and they send messages. */

import { sendsMessage } from '../../model/sends-message.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';
import { PRIMARY_FIELD, takesMailboxAway } from '../tests-wanted.ts';
import { addressesOf, type Hit, hit } from './guard.ts';

/** Never for the embedded Dataverse or a loopback address, where no mail exists; a ceiling says what may be tested. */
export function testInNonProduction({ steps }: Folding, { environment }: PlanContext): Hit | null {
  if (environment.purpose === 'production' || environment.mail !== null || isLocal(environment.url))
    return null;
  const tests = steps.filter(({ verb }) => verb === 'test');
  return hit(
    addressesOf(tests),
    (count) => `Tests in a non-production environment take mailboxes away from production. Tests: ${count}`,
  );
}

function isLocal(url: string): boolean {
  if (url === 'emulator') return true;
  return /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/iu.test(url);
}

/** Whoever is marked already keeps what it has. */
export function primaryOrganization({ steps, state }: Folding): Hit | null {
  const taking = steps.filter(({ address, verb, set }) => {
    const planned = state.get(address);
    const marks = verb === 'test' && set.some(({ field }) => field === PRIMARY_FIELD);
    return marks && planned !== undefined && takesMailboxAway(planned);
  });
  return hit(
    addressesOf(taking),
    (count) =>
      `Synchronized from this organization only: every other environment loses them. Mailboxes: ${count}`,
  );
}

export function maxMessages({ steps }: Folding, { environment, options }: PlanContext): Hit | null {
  const { targets } = options;
  // What is not targeted sends nothing in this run, and no other step needs a test.
  const tests = steps.filter(
    (step) =>
      sendsMessage(step) && (targets.length === 0 || targets.some((matches) => matches(step.address))),
  );
  if (tests.length * 2 < environment.tests.perRun) return null;
  return hit(
    addressesOf(tests),
    (count) => `Real test messages that will be sent, each from a mailbox to itself: ${count}`,
  );
}
