/** A guard is a named check of the whole plan; what it finds is a risk. */

import type { PlanRisk, PlanStep } from '../../model/plan.generated.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';

export const GUARD_NAMES = [
  'max-changes',
  'delete',
  'deactivate',
  'protected',
  'test-in-non-production',
  'primary-org',
  'approval-off',
  'approve-rejected',
  'delete-mail',
  'mail-stops',
  'breaks-working-mailbox',
  'personal-queue-address',
  'first-apply',
  'older-mail',
  'cascade',
  'max-messages',
] as const;

/** Those that are only shown: there is nothing to allow. */
export const NOTICE_NAMES: readonly GuardName[] = ['older-mail', 'cascade', 'max-messages'];

export type GuardName = (typeof GUARD_NAMES)[number];

export interface Hit {
  readonly message: string;
  readonly addresses: readonly string[];
}

export interface Guard {
  readonly name: GuardName;
  /** `refuse` needs `--allow NAME`; `notice` is only shown. */
  readonly severity: PlanRisk['severity'];
  /** When it finds something, in a sentence of the reference for administrators. */
  readonly fires: string;
  readonly check: (folding: Folding, context: PlanContext) => Hit | null;
}

export function hit(addresses: Iterable<string>, message: (count: number) => string): Hit | null {
  const unique = [...new Set(addresses)].sort();
  return unique.length === 0 ? null : { message: message(unique.length), addresses: unique };
}

export function addressesOf(steps: readonly PlanStep[]): string[] {
  return steps.map(({ address }) => address);
}
