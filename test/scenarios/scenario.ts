/** What a scenario is: the files of one folder, checked as they are read. Runs nothing. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { checkFacts, type ScenarioFacts } from './scenario-facts.ts';

export interface Scenario extends ScenarioFacts {
  readonly name: string;
  /** Text of `mailboxctl.yaml`. */
  readonly config: string;
  /** Files of the folder that belong to the project: overlays, lists, later configurations. */
  readonly files: Readonly<Record<string, string>>;
  /** Text of the organization file of each environment; by an empty name where there is only one. */
  readonly organizations: Readonly<Record<string, string>>;
}

export const SCENARIOS_DIRECTORY = fileURLToPath(new URL('.', import.meta.url));

const ORGANIZATION = /^organization(?:-(.+))?\.yaml$/u;
const OWN = /^(?:organization(?:-.+)?\.yaml|scenario\.yaml|plan-\d+\.txt|mailboxctl\.yaml)$/u;

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
  const files = readdirSync(scenarioPath(name, '.')).sort();
  const organizations = files.flatMap((file): [string, string][] => {
    const match = ORGANIZATION.exec(file);
    return match === null ? [] : [[match[1] ?? '', read(file)]];
  });
  return {
    ...facts,
    name,
    config: read('mailboxctl.yaml'),
    files: Object.fromEntries(files.filter((file) => !OWN.test(file)).map((file) => [file, read(file)])),
    organizations: Object.fromEntries(organizations),
  };
}
