/** A plan with what it does that another configuration, planned from the same snapshot, does not. */

import { configDigest } from '../local/digest.ts';
import { textPattern } from '../model/address.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Seen } from '../pipeline.ts';
import { compareWithBase } from '../plan/base.ts';
import { referenceChange, secretReferences } from '../plan/base-secrets.ts';
import { type PlanSeenInput, planSeen } from './plan-seen.ts';

/** Both are seen in one snapshot. */
export function planBeside(seen: Seen, base: Seen, input: Omit<PlanSeenInput, 'referenceChanged'>): Plan {
  const references = secretReferences(seen.desired.resources, base.desired.resources);
  const plan = planSeen(seen, {
    ...input,
    diagnostics: [...input.diagnostics, ...problemsOf(base)],
    referenceChanged: referenceChange(references),
  });
  const before = planSeen(withoutLimit(base), { ...input, diagnostics: [] });
  const targets = input.wishes.target.map(textPattern);
  const compared = compareWithBase(
    { plan, desired: seen.desired },
    { plan: { ...before, config_digest: configDigest(base.config) }, desired: base.desired },
    {
      rules: seen.config.rules,
      baseRules: base.config.rules,
      references,
      isTargeted: (address) => targets.length === 0 || targets.some((matches) => matches(address)),
    },
  );
  return { ...plan, base: compared };
}

/** What only this environment shows to be wrong: such items are left out of the comparison. */
function problemsOf({ desired }: Seen): readonly Diagnostic[] {
  const errors = desired.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  return [baseInvalid(errors, 'What is wrong there counts as not declared.')];
}

/** Problems that a diagnostic about all of them quotes. */
const QUOTED = 3;

export function baseInvalid(problems: readonly Diagnostic[], hint: string): Diagnostic {
  const quoted = problems.slice(0, QUOTED).map(({ source, message }) => {
    const place = source === null ? '' : `${source.file}:${source.line} `;
    return `${place}${message}`;
  });
  const rest = problems.length - quoted.length;
  return {
    code: 'base-invalid',
    severity: 'warning',
    address: null,
    source: null,
    message: `The base configuration is not valid: ${quoted.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`,
    hint,
  };
}

/** Tests that a run leaves for the next one are due all the same. */
function withoutLimit(seen: Seen): Seen {
  const { environment } = seen.config;
  const tests = { ...environment.tests, perRun: Number.MAX_SAFE_INTEGER };
  return { ...seen, config: { ...seen.config, environment: { ...environment, tests } } };
}
