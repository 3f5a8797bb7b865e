/**
 * Whoever stops a run while the service halts it for minutes does not wait those minutes, and nothing is sent when they
 * are over.
 */

import { afterEach, expect, it } from 'vitest';
import type { ApplyOptions } from '../../src/apply/apply.ts';
import type { JournalEvent } from '../../src/model/events.generated.ts';
import { openWorld, type World } from '../world.ts';

const STEPS = 1_500;
const USERS = Array.from({ length: STEPS }, (_none, index) => `u${index}@contoso.com`);
const ORGANIZATION = JSON.stringify({
  version: 1,
  organizationId: '7d000000-0000-0000-0000-000000000001',
  clock: '2026-11-21T09:00:00Z',
  cost: { latency: '50ms', operationTime: '50ms', workers: 8 },
  users: USERS.map((signIn) => ({ signIn, name: signIn, emailAddress: signIn })),
});
const CONFIG = JSON.stringify({
  version: 1,
  environments: { local: { url: 'emulator' } },
  mailboxes: USERS.map((user) => ({ user, incoming: 'none' })),
});
const PAUSE_S = 600;

interface Stopped {
  readonly lines: readonly JournalEvent[];
  readonly stopped: string | null;
  readonly skipped: number;
  /** Milliseconds from the refused reading to the end of the run. */
  readonly tookMs: number;
  /** Writes that left at least a second after the refused reading: others were under way. */
  readonly writtenLater: number;
}

let world: World | null = null;
afterEach(() => world?.close());

/** A reading halfway is refused for ten minutes; `onPause` is called when the journal says so. */
async function applyHalted(options: Partial<ApplyOptions>, onPause: () => void): Promise<Stopped> {
  let isApplying = false;
  let writes = 0;
  let haltedAt: number | null = null;
  let writtenLater = 0;
  const now = (): number => world?.clock.now() ?? 0;
  world = await openWorld({
    config: CONFIG,
    organization: ORGANIZATION,
    intercept: async (request, pass) => {
      const isWrite = request.method !== 'GET' && (await request.clone().text()).includes('PATCH ');
      if (isApplying && (isWrite || request.method === 'PATCH')) {
        writes += 1;
        if (haltedAt !== null && now() >= haltedAt + 1_000) writtenLater += 1;
      } else if (isApplying && writes > 3 && haltedAt === null) {
        haltedAt = now();
        const headers = { 'Content-Type': 'application/json', 'Retry-After': String(PAUSE_S) };
        return new Response('{"error":{"code":"0x80072321","message":"wait"}}', { status: 429, headers });
      }
      return pass(request);
    },
  });
  const plan = await world.plan();
  isApplying = true;
  const lines: JournalEvent[] = [];
  const { outcomes, stopped } = await world.apply(plan, options, {
    onEvent: (event) => {
      lines.push(event);
      if (event.event === 'paused') onPause();
    },
  });
  const tookMs = now() - (haltedAt ?? Number.NEGATIVE_INFINITY);
  // Whatever waits for the pause comes now.
  await world.clock.sleep(2 * PAUSE_S * 1_000);
  const skipped = outcomes.filter(({ kind }) => kind === 'skipped').length;
  return { lines, stopped, skipped, tookMs, writtenLater };
}

it('an interruption', async () => {
  const interruption = new AbortController();
  const ran = await applyHalted({ interrupted: interruption.signal }, () => interruption.abort());
  expect(ran).toMatchObject({ stopped: 'interrupted', writtenLater: 0 });
  expect(ran.tookMs).toBeLessThanOrEqual(10_000);
  expect(ran.skipped).toBeGreaterThan(0);
  const interrupted = ran.lines.findIndex(({ event }) => event === 'interrupted');
  expect(ran.lines.slice(interrupted).filter(({ event }) => event === 'intent')).toEqual([]);
  expect(ran.lines.filter(({ event }) => event === 'paused')).toHaveLength(1);
});

it('the time of the run', async () => {
  const timeoutMs = 60_000;
  const ran = await applyHalted({ timeoutMs }, () => {});
  expect(ran).toMatchObject({ stopped: 'time-out', writtenLater: 0 });
  expect(ran.tookMs).toBeLessThanOrEqual(timeoutMs + 10_000);
  expect(ran.skipped).toBeGreaterThan(0);
});
