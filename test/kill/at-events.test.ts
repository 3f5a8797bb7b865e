/** Promise 8: an apply that is killed at any event of its journal, and run again, converges. */

import { describe, expect, it } from 'vitest';
import { CONTOSO, expectItConverges, uninterrupted } from './kill-points.ts';

describe('an apply that is killed and run again', async () => {
  const { atEvents, state } = await uninterrupted(CONTOSO);

  it('is tried at every event', () => {
    process.stdout.write(`kill points: ${atEvents.length} events\n`);
    expect(atEvents.length).toBeGreaterThanOrEqual(40);
  });

  it.concurrent.each(atEvents)('$name: converges, with no record and no message twice', (point) =>
    expectItConverges(point, state),
  );
});

/** Rows then hide what was begun: only the journal tells. */
describe('on a service that keeps results and approvals', async () => {
  const switches = { profileChangeResets: 'none', methodChangeResets: 'none', addressChangeResets: 'none' };
  const { atEvents, state } = await uninterrupted({ ...CONTOSO, switches });

  it.concurrent.each(atEvents)('$name: converges, with no record and no message twice', (point) =>
    expectItConverges(point, state),
  );
});
