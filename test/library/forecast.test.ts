/** What a plan says that it will cost, against what its apply costs on the embedded Dataverse. */

import { expect, it } from 'vitest';
import { lanesFor } from '../../src/apply/lanes.ts';
import { openWorld } from '../world.ts';

/** The forecast may be wrong by this factor. */
const OFF = 1.5;
/** What the forecast reckons with: 50 ms of way, 20 ms of work for each step, eight at once. */
const COST = { latency: '50ms', operationTime: '20ms', workers: 8 };
const ITEMS = {
  edits: { steps: 1, item: { incoming: 'none' } },
  'approvals and tests': { steps: 2, item: { approved: true, testAndEnable: true } },
};

type What = keyof typeof ITEMS;

const CASES = (Object.keys(ITEMS) as What[]).flatMap((what) =>
  [3, 300, 3_000].map((steps): readonly [number, What] => [steps, what]),
);

it.each(CASES)('about %d %s take about as many requests as the plan says', async (steps, what) => {
  const { item, steps: each } = ITEMS[what];
  const users = Array.from({ length: Math.ceil(steps / each) }, (_none, index) => `u${index}@contoso.com`);
  const world = await openWorld({
    config: JSON.stringify({
      version: 1,
      environments: { local: { url: 'emulator', tests: { perRun: users.length } } },
      mailboxes: users.map((user) => ({ user, ...item })),
    }),
    organization: JSON.stringify({
      version: 1,
      organizationId: '7d000000-0000-4000-8000-000000000001',
      clock: '2026-11-21T09:00:00Z',
      cost: COST,
      profiles: [{ name: 'Microsoft Exchange Online' }],
      users: users.map((signIn) => ({ signIn, approval: 'Pending Approval' })),
    }),
    intercept: (request, pass) => {
      requests += 1;
      return pass(request);
    },
  });
  let requests = 0;
  const plan = await world.plan();
  requests = 0;
  const { outcomes } = await world.apply(plan, { lanes: lanesFor(null, COST.workers) });
  expect(outcomes.filter(({ kind }) => kind === 'applied')).toHaveLength(each * users.length);
  expect(plan.forecast.requests).toBeGreaterThanOrEqual(requests / OFF);
  expect(plan.forecast.requests).toBeLessThanOrEqual(requests * OFF);
  await world.close();
});
