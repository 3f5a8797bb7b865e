/** What waits for the next run because this one may not request more tests: tests, and the edits that need them. */

import type { Catalogue } from '../catalogue/catalogue.ts';
import { TEST_FIELDS } from '../catalogue/mailbox-tests.ts';
import type { FieldChange } from '../model/change.ts';
import type { PlanDeferred } from '../model/plan.generated.ts';
import type { Folding, Verb } from './fold.ts';
import type { Predicted } from './predicted.ts';

/** Tests over the limit wait, the edits that need them too, and the approval of an address that is not there yet. */
export function isLeftForLater(
  verb: Verb,
  changes: readonly FieldChange[],
  { resource: { address } }: Predicted,
  { later, waiting, context }: Folding,
): boolean {
  if (!later.has(address)) return false;
  if (verb === 'test') return true;
  if (verb === 'edit' || verb === 'readdress')
    return changes.some(({ field }) => breaksTests(context.catalogue, field));
  return verb === 'approve' && waiting.has(address);
}

/** Whether a change of this field of a mailbox makes its last test worthless. */
function breaksTests(catalogue: Catalogue, field: string): boolean {
  const resets = catalogue.row('mailbox', field)?.resets ?? [];
  return resets.some(({ fields }) => fields.some((name) => TEST_FIELDS.includes(name)));
}

/** A test is behind every edit that was left: the row still shows the results of before it. */
export function testsLeft({ later, deferred }: Folding): readonly PlanDeferred[] {
  const named = new Set(deferred.flatMap(({ address, verb }) => (verb === 'test' ? [address] : [])));
  return [...later]
    .filter((address) => !named.has(address))
    .map((address) => ({ address, verb: 'test', reason: 'tests-per-run' }));
}
