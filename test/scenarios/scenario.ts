/** What a scenario is: the files of one folder, checked as they are read. Runs nothing. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { checkFacts, type ScenarioFacts } from './scenario-facts.ts';

export interface Scenario extends ScenarioFacts {
  readonly name: string;
  readonly config: string;
  readonly organization: string;
}

export const SCENARIOS_DIRECTORY = fileURLToPath(new URL('.', import.meta.url));

export const SCENARIOS: readonly Scenario[] = readdirSync(SCENARIOS_DIRECTORY, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => loadScenario(name))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

export function scenarioPath(name: string, file: string): string {
  return join(SCENARIOS_DIRECTORY, name, file);
}

function loadScenario(name: string): Scenario {
  const read = (file: string): string => readFileSync(scenarioPath(name, file), 'utf8');
  const facts: unknown = parse(read('scenario.yaml'));
  checkFacts(name, facts);
  return { ...facts, name, config: read('mailboxctl.yaml'), organization: read('organization.yaml') };
}
