/** Which services each scenario is played on besides its own: the groups of `services.ts` take turns. */

import type { Combination, Group } from './pairwise.ts';
import { switchesFor } from './running.ts';
import { SCENARIOS, type Scenario } from './scenario.ts';
import { GROUPS } from './services.ts';

export interface Play {
  readonly scenario: Scenario;
  readonly services: Group;
}

/** A scenario whose configurations are all refused never meets a service. */
export const PLAYS: readonly Play[] = SCENARIOS.filter(({ rounds }) =>
  rounds.some(({ errors }) => errors === undefined),
).map((scenario, index) => ({ scenario, services: GROUPS[index % GROUPS.length] ?? [] }));

/** The services as they are then: where the story excludes a value, its own stays. */
export function servicesMet({ scenario, services }: Play): readonly Combination[] {
  const organizations = Object.values(scenario.organizations);
  return services.flatMap((service) =>
    organizations.map((organization) => switchesFor(scenario, organization, service)),
  );
}
