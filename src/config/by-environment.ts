/** Findings of several environments as one list: equal ones once, and those of some environments with their names. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { canonical } from '../model/value.ts';

export interface FoundIn {
  readonly environment: string;
  readonly diagnostics: readonly Diagnostic[];
}

export function byEnvironment(found: readonly FoundIn[]): readonly Diagnostic[] {
  const pooled = new Map<string, { readonly diagnostic: Diagnostic; readonly environments: Set<string> }>();
  for (const { environment, diagnostics } of found) {
    for (const diagnostic of diagnostics) {
      const key = canonical(diagnostic);
      const known = pooled.get(key);
      if (known === undefined) pooled.set(key, { diagnostic, environments: new Set([environment]) });
      else known.environments.add(environment);
    }
  }
  return [...pooled.values()].map(({ diagnostic, environments }) =>
    environments.size === found.length || saysWhere(diagnostic, environments)
      ? diagnostic
      : withNames(diagnostic, [...environments]),
  );
}

/** What is about an environment itself names it already. */
function saysWhere({ message }: Diagnostic, environments: ReadonlySet<string>): boolean {
  return [...environments].every((name) => message.includes(`environment "${name}"`));
}

function withNames(diagnostic: Diagnostic, environments: readonly string[]): Diagnostic {
  return { ...diagnostic, message: `${diagnostic.message} (environments: ${environments.join(', ')})` };
}
