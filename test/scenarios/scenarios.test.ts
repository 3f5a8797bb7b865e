/** Every scenario on the service of its organization file, with the plans that people reviewed, and on others. */

import { describe, expect, it } from 'vitest';
import { playOn } from './play-on.ts';
import { runScenario } from './run-scenario.ts';
import { SCENARIOS, scenarioPath } from './scenario.ts';
import { SERVICES } from './services.ts';

describe.each(SCENARIOS)('$name: $shows', (scenario) => {
  it('plans as reviewed, and converges', async () => {
    await runScenario(scenario, {
      comparePlan: (text, round) =>
        expect(text).toMatchFileSnapshot(scenarioPath(scenario.name, `plan-${round}.txt`)),
    });
  });
});

playOn(SERVICES.filter((_, index) => index % 2 === 0));
