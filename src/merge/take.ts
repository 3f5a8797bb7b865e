/** Takes out of a document what is merged, so that the documents themselves need not be kept. */

import type { Apply } from '../model/apply.generated.ts';
import type { Drift } from '../model/drift.generated.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Status } from '../model/status.generated.ts';
import { takeApply } from './take-apply.ts';
import { takePlan } from './take-plan.ts';
import { takeDrift, takeStatus } from './take-reports.ts';
import type { Taken } from './taken.ts';

export type Mergeable =
  | { readonly kind: 'plan'; readonly document: Plan }
  | { readonly kind: 'apply'; readonly document: Apply }
  | { readonly kind: 'drift'; readonly document: Drift }
  | { readonly kind: 'status'; readonly document: Status };

const KINDS: readonly string[] = ['plan', 'apply', 'drift', 'status'] satisfies readonly Mergeable['kind'][];

export function isMergeable<Saved extends { readonly kind: string }>(
  saved: Saved,
): saved is Saved & { readonly kind: Mergeable['kind'] } {
  return KINDS.includes(saved.kind);
}

/** `file`: what the document is called in the report. */
export function take(file: string, saved: Mergeable): Taken {
  switch (saved.kind) {
    case 'plan':
      return takePlan(file, saved.document);
    case 'apply':
      return takeApply(file, saved.document);
    case 'drift':
      return takeDrift(file, saved.document);
    case 'status':
      return takeStatus(file, saved.document);
    default:
      return saved satisfies never;
  }
}
