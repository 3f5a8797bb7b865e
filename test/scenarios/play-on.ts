/** Plays every scenario on other services than its own, where plans may differ and the promises may not. */

import { describe, it } from 'vitest';
import type { Combination } from './pairwise.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS } from './scenario.ts';

export function playOn(services: readonly Combination[]): void {
  const named = services.map((service) => ({ service, named: nameOf(service) }));
  describe.each(SCENARIOS)('$name, on other services', (scenario) => {
    // At once: much of the time is spent in waiting for journals to be on disk.
    it.concurrent.each(named)('converges where $named', async ({ service }) => {
      await runScenario(scenario, { service });
    });
  });
}

/** All that sets it apart: whoever reads of a failure can put it into an organization file. */
function nameOf(service: Combination): string {
  return Object.entries(service)
    .map((pair) => pair.join(': '))
    .join(', ');
}
