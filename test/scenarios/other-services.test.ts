/** Every scenario on other services than its own, where plans may differ and the promises may not. */

import { describe, it } from 'vitest';
import type { Combination } from './pairwise.ts';
import { PLAYS } from './play-on.ts';
import { runScenario } from './run-scenario.ts';

describe.each(PLAYS)('$scenario.name, on other services', ({ scenario, services }) => {
  const named = services.map((service) => ({ service, named: nameOf(service) }));

  // At once: much of the time is spent in waiting for journals to be on disk.
  it.concurrent.each(named)('converges where $named', async ({ service }) => {
    await runScenario(scenario, { service });
  });
});

/** All that sets it apart: whoever reads of a failure can put it into an organization file. */
function nameOf(service: Combination): string {
  return Object.entries(service)
    .map((pair) => pair.join(': '))
    .join(', ');
}
