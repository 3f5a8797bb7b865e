/**
 * A save rule: which columns wake it, and what it refuses. A rule is asked only when the write touches one of its
 * columns, so that a row that is wrong already can be edited elsewhere.
 */

import type { Row } from '../odata/table.ts';
import { ServiceError } from '../service-error.ts';
import type { World } from '../world.ts';

export interface RuleInput {
  readonly world: World;
  /** Undefined: the row is being created. */
  readonly before: Row | undefined;
  /** The row as it would be. */
  readonly after: Row;
  readonly written: Row;
}

export interface SaveRule {
  readonly name: string;
  readonly code: string;
  readonly columns: readonly string[];
  /** True: refused. */
  readonly broken: (input: RuleInput) => boolean;
  readonly message: string;
}

export function checkRules(rules: readonly SaveRule[], input: RuleInput): void {
  for (const rule of rules) {
    const touched = input.before === undefined || rule.columns.some((column) => column in input.written);
    if (touched && rule.broken(input))
      throw new ServiceError(400, rule.code, `${rule.name}: ${rule.message}`);
  }
}

export type RuleLine = readonly [
  name: string,
  code: string,
  columns: readonly string[],
  broken: SaveRule['broken'],
  message: string,
];

export function toRules(lines: readonly RuleLine[]): readonly SaveRule[] {
  return lines.map(([name, code, columns, broken, message]) => ({ name, code, columns, broken, message }));
}
