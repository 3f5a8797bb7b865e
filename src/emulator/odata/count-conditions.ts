/** How many conditions a filter holds, which the service limits. */

import type { Expression } from './query.ts';

export function countConditions(expression: Expression): number {
  if (expression.kind === 'and' || expression.kind === 'or') {
    return expression.operands.reduce((sum, operand) => sum + countConditions(operand), 0);
  }
  if (expression.kind === 'not') return countConditions(expression.operand);
  if (expression.kind === 'lambda') return expression.body === null ? 1 : countConditions(expression.body);
  return 1;
}
