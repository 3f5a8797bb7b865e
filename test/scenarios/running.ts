/** A scenario under way: its environments, each an emulator of its own, and what earlier rounds have left. */

import { parse } from 'yaml';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { sharedLinks } from '../../src/emulator/index.ts';
import { chooseSwitches } from '../../src/emulator/switches.ts';
import type { Plan } from '../../src/model/plan.generated.ts';
import { openWorld, type World } from '../world.ts';
import type { Combination } from './pairwise.ts';
import type { RunOptions } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Round } from './scenario-facts.ts';
import { type SecretsSeen, watchSecrets } from './secrets-seen.ts';

export interface Running extends Pick<RunOptions, 'service' | 'comparePlan'> {
  readonly scenario: Scenario;
  readonly catalogue: Catalogue;
  /** By the name of the environment; the process that plans and applies there. */
  readonly worlds: Map<string, World>;
  /** By the number of their round, counted from 0. */
  readonly plans: Plan[];
  readonly secrets: SecretsSeen;
}

export async function openRunning(
  scenario: Scenario,
  { service, comparePlan }: RunOptions,
  catalogue: Catalogue,
): Promise<Running> {
  const secrets = watchSecrets(scenario.env ?? {});
  const entries = Object.entries(scenario.organizations);
  // Environments of one tenant have one Exchange.
  const links = entries.length > 1 ? { links: sharedLinks() } : {};
  const worlds = new Map<string, World>();
  for (const [name, organization] of entries) {
    const world = await openWorld({
      config: scenario.config,
      files: scenario.files,
      organization,
      ...(name === '' ? {} : { environment: name }),
      switches: service === undefined ? {} : switchesFor(scenario, organization, service),
      env: scenario.env ?? {},
      catalogue,
      intercept: secrets.intercept,
      ...links,
    });
    worlds.set(name, world);
  }
  return {
    scenario,
    catalogue,
    worlds,
    plans: [],
    secrets,
    ...(service === undefined ? {} : { service }),
    ...(comparePlan === undefined ? {} : { comparePlan }),
  };
}

/** Where the story excludes what the service does, the organization file's own value stays. */
export function switchesFor(
  { excludes = {} }: Scenario,
  organization: string,
  service: Combination,
): Combination {
  const file: unknown = parse(organization);
  const own = chooseSwitches((file as { switches?: Readonly<Record<string, unknown>> }).switches ?? {});
  const chosen = Object.entries(service).map(([name, value]): [string, string] => {
    const excluded = excludes[name]?.values.includes(value) === true;
    return [name, excluded ? own[name as keyof typeof own] : value];
  });
  return Object.fromEntries(chosen);
}

/** The environment of the round, after what the round changes of the configuration and of the caller. */
export async function worldOf(running: Running, round: Round, number: number): Promise<World> {
  const { scenario, worlds, secrets } = running;
  const name = round.environment ?? '';
  const { intercept } = secrets;
  if (round.config !== undefined) {
    const config = scenario.files[round.config];
    if (config === undefined) throw new Error(`${label(running, number)}: there is no file ${round.config}`);
    for (const [known, world] of worlds) worlds.set(known, await world.restart({ config, intercept }));
  }
  const world = worlds.get(name);
  if (world === undefined) throw new Error(`${label(running, number)}: there is no environment "${name}"`);
  if (round.token === undefined) return world;
  const restarted = await world.restart({ token: round.token, intercept });
  worlds.set(name, restarted);
  return restarted;
}

export function label({ scenario }: Pick<Running, 'scenario'>, number: number): string {
  return `${scenario.name}, round ${number} (${scenario.rounds[number - 1]?.shows ?? ''})`;
}
