/** Whether a single item asks for nothing that the rules over its mailbox do not ask for already. */

import type { DeclaredFields } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import { equal } from '../model/value.ts';
import type { Defaults } from './default-settings.ts';
import { isManagementKey } from './management.ts';
import { type Layer, type Merged, mergeLayers } from './merge-layers.ts';
import { vouchedAddress } from './vouch.ts';

/** `merged`: what rules and item come to together. An item that settles a conflict of rules is needed. */
export function isCoveredByRules(
  merged: Merged,
  layers: readonly Layer[],
  actual: Observed | null,
  defaults: Defaults,
): boolean {
  if (layers.length === 0 || layers.some(({ uncertain }) => uncertain === true)) return false;
  const asks = [...merged].some(([key, { layer }]) => layer.rule === null && !isManagementKey(key));
  if (!asks) return false;
  const { fields, conflicts } = mergeLayers(layers, defaults);
  if (conflicts.length > 0 || fields.size !== merged.size) return false;
  for (const [key, { value }] of merged) if (!equal(value, fields.get(key)?.value)) return false;
  return approves(merged, actual) === approves(fields, actual);
}

/** An item may vouch for an address where a rule may not. */
function approves(fields: Merged, actual: Observed | null): string | null {
  const approved = fields.get('approved');
  const declared: DeclaredFields = fields;
  return approved?.value === true ? vouchedAddress(approved, declared, actual) : null;
}
