/** References that the files alone cannot settle: a profile may be declared here or exist in the environment. */

import type { Declared, DeclaredResource } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foldText, isRef } from '../model/value.ts';
import { nearest } from '../rules/nearest.ts';
import type { Declarations } from '../rules/rule.ts';

/** One finding for each name, at its first use: a thousand mailboxes may share a profile. */
export function referenceProblems(declared: Declarations): readonly Diagnostic[] {
  const names = new Set(declared.profiles.map(({ name }) => foldText(name)));
  const problems = new Map<string, Diagnostic>();
  for (const item of [...declared.settings, ...declared.rules, ...declared.mailboxes]) {
    for (const field of item.fields.values()) {
      const name = profileName(field);
      if (name === null || names.has(foldText(name)) || problems.has(foldText(name))) continue;
      problems.set(foldText(name), notDeclared(name, field, declared.profiles));
    }
  }
  return [...problems.values()];
}

function profileName({ value }: Declared): string | null {
  return isRef(value) && value.ref.startsWith('profile:') ? value.ref.slice('profile:'.length) : null;
}

function notDeclared(name: string, { source }: Declared, profiles: readonly DeclaredResource[]): Diagnostic {
  const near = nearest(
    name,
    profiles.map((profile) => profile.name),
  );
  return {
    code: 'unknown-reference',
    severity: near === null ? 'info' : 'warning',
    address: null,
    source,
    message: `server profile "${name}" is not declared here; it will be looked up in the environment`,
    hint: near === null ? 'Declare it under serverProfiles to manage it too.' : `Did you mean "${near}"?`,
  };
}
