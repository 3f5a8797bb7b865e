/** Every scenario on the service of its organization file, with the plans that people reviewed. */

import { describe, expect, it } from 'vitest';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS, scenarioPath } from './scenario.ts';

describe.each(SCENARIOS)('$name: $shows', (scenario) => {
  it('plans as reviewed, and converges', async () => {
    await runScenario(scenario, {
      comparePlan: (text, round) =>
        expect(text).toMatchFileSnapshot(scenarioPath(scenario.name, `plan-${round}.txt`)),
    });
  });
});
