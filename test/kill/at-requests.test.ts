/** Promise 8: an apply that is killed at any request, before it arrives and after it was carried out, converges. */

import { describe, expect, it } from 'vitest';
import { CONTOSO, expectItConverges, uninterrupted } from './kill-points.ts';

describe('an apply that is killed and run again', async () => {
  const { atRequests, state } = await uninterrupted(CONTOSO);

  it('is tried at every request, before and after', () => {
    process.stdout.write(`kill points: ${atRequests.length / 2} requests, each before and after\n`);
    expect(atRequests.length / 2).toBeGreaterThanOrEqual(30);
  });

  it.concurrent.each(atRequests)('$name: converges, with no record and no message twice', (point) =>
    expectItConverges(point, state),
  );
});
