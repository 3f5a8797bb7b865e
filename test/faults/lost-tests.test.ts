/**
 * A request of a test whose answer is lost: the run itself, and one that is started after it was interrupted, wait until
 * it is certain that it did not arrive, by the service's clock, and no longer.
 */

import { afterEach, expect, it } from 'vitest';
import type { JournalEvent } from '../../src/model/events.generated.ts';
import { openWorld, type World } from '../world.ts';

const ORGANIZATION = JSON.stringify({
  version: 1,
  organizationId: '7d000000-0000-0000-0000-000000000001',
  clock: '2026-11-21T09:00:00Z',
  cost: { latency: '50ms', operationTime: '50ms', workers: 8 },
  users: [{ signIn: 'a@contoso.com', name: 'A', emailAddress: 'a@contoso.com' }],
});
const CONFIG = JSON.stringify({
  version: 1,
  environments: { local: { url: 'emulator' } },
  mailboxes: [
    {
      user: 'a@contoso.com',
      incoming: 'server-side-sync',
      outgoing: 'server-side-sync',
      serverProfile: 'Microsoft Exchange Online',
      approved: true,
      testAndEnable: true,
    },
  ],
});

let world: World | null = null;
afterEach(() => world?.close());

/** Seconds from one request of the test to the next. */
async function secondsBetween(isInterrupted: boolean): Promise<readonly number[]> {
  const opened = await openWorld({ config: CONFIG, organization: ORGANIZATION });
  world = opened;
  const plan = await opened.plan();
  const intents: number[] = [];
  const interruption = new AbortController();
  let isLost = false;
  const onEvent = async ({ event, verb, answer, time }: JournalEvent): Promise<void> => {
    if (verb !== 'test') return;
    if (event === 'intent') {
      intents.push(Date.parse(time));
      if (intents.length === 1) await opened.fault([{ method: 'PATCH', drop: 'before' }]);
    }
    if (event !== 'answered' || answer !== 'lost') return;
    isLost = true;
    if (isInterrupted) interruption.abort();
  };
  const first = await opened.apply(plan, { interrupted: interruption.signal }, { onEvent });
  expect([isLost, first.stopped]).toEqual([true, isInterrupted ? 'interrupted' : null]);
  if (isInterrupted) await opened.apply(plan, {}, { onEvent });
  const [start = 0, ...later] = intents;
  return later.map((time) => Math.round((time - start) / 1_000));
}

it.each([false, true])('interrupted meanwhile: %s', async (isInterrupted) => {
  const [again = 0, ...others] = await secondsBetween(isInterrupted);
  expect(others).toEqual([]);
  expect(again).toBeGreaterThanOrEqual(180);
  expect(again).toBeLessThan(215);
});
