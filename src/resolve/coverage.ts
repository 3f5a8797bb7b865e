/**
 * The rules over mailboxes. Mailboxes that the same rules cover with the same certainty share one cover, and with
 * it everything that follows from the rules alone.
 */

import type { Identity } from './identity.ts';
import type { CompiledRule } from './match-rule.ts';
import type { Layer } from './merge-layers.ts';
import type { RuleAnswers } from './rule-coverage.ts';

export interface Cover {
  /** From weak to strong. */
  readonly layers: readonly Layer[];
  /** One of the rules covers the mailbox for certain. */
  readonly certain: boolean;
}

/** By the answer of the rule that comes next. */
interface Step extends Cover {
  readonly next: Map<CompiledRule, { yes?: Step; unknown?: Step }>;
}

export const NO_RULES: Cover = { layers: [], certain: false };

/** Notes what each rule says of the mailboxes that it is asked about. */
export function coverOf(
  rules: readonly CompiledRule[],
  { matched, doubted }: RuleAnswers,
): (identity: Identity) => Cover {
  const none: Step = { ...NO_RULES, next: new Map() };
  return (identity) => {
    let step = none;
    for (const rule of rules) {
      const answer = rule.covers(identity);
      if (answer === 'no') continue;
      (answer === 'yes' ? matched : doubted).add(rule);
      step = following(step, rule, answer);
    }
    return step;
  };
}

function following(step: Step, compiled: CompiledRule, answer: 'yes' | 'unknown'): Step {
  const answers = step.next.get(compiled) ?? {};
  step.next.set(compiled, answers);
  answers[answer] ??= begun(step, compiled, answer);
  return answers[answer];
}

function begun({ layers, certain }: Cover, compiled: CompiledRule, answer: 'yes' | 'unknown'): Step {
  const { fields, source } = compiled.rule;
  const layer: Layer = { rule: compiled, fields, source };
  const own: Layer = answer === 'yes' ? layer : { ...layer, uncertain: true };
  return { layers: [...layers, own], certain: certain || answer === 'yes', next: new Map() };
}
