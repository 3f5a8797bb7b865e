/** What is wrong with the configuration of a round that is refused. Files alone say it; no environment is looked at. */

import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { RuleSet } from '../../src/rules/rule.ts';
import { problemsOf } from '../world.ts';
import type { Scenario } from './scenario.ts';
import type { Round } from './scenario-facts.ts';

/** Each finding as `code address`, sorted. */
export interface Refusal {
  readonly errors: readonly string[];
  /** Notices among them. */
  readonly warnings: readonly string[];
}

export async function refusalOf(
  { name, files }: Scenario,
  { config = '' }: Round,
  rules?: RuleSet,
): Promise<Refusal> {
  const text = files[config];
  if (text === undefined) throw new Error(`${name}: there is no file ${config}`);
  const problems = await problemsOf({ config: text, files }, rules);
  return {
    errors: listed(problems.filter(({ severity }) => severity === 'error')),
    warnings: listed(problems.filter(({ severity }) => severity !== 'error')),
  };
}

export function expectedRefusal({ errors = [], warnings = [] }: Round): Refusal {
  return { errors: [...errors].sort(), warnings: [...warnings].sort() };
}

function listed(problems: readonly Diagnostic[]): readonly string[] {
  return problems.map(({ code, address }) => (address === null ? code : `${code} ${address}`)).sort();
}
