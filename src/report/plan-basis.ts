/** What a plan was made from, and compared with, where that is not what one would think: for its first lines. */

import type { Plan } from '../model/plan.generated.ts';

const SAID_AS_THEY_ARE: readonly string[] = ['planned-from-snapshot', 'base-not-declared'];

/** Sentences; none where the environment itself was read, and all of the base configuration. */
export function basisTexts({ diagnostics, base }: Plan): readonly string[] {
  const said = diagnostics
    .filter(({ code }) => SAID_AS_THEY_ARE.includes(code))
    .map(({ message }) => `${message}.`);
  if (!diagnostics.some(({ code }) => code === 'base-invalid')) return said;
  const invalid =
    base === undefined
      ? 'The base configuration is not valid: this plan is not compared with it, and what was due before this request is not told apart (see the warnings).'
      : 'The base configuration is not valid in part: what is wrong there counts as not declared (see the warnings).';
  return [...said, invalid];
}
