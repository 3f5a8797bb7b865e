/**
 * Which environment lags behind which. Rests on what plans say of their own configuration (`declared`) and on nothing
 * else: the same rule or item decides the same value of the same field in both, one has it everywhere that it decides
 * it, the other has it left to set, be it held back, deferred or an approval that nothing vouches for. An environment
 * whose plan decides no such thing is not compared.
 */

import { addressKey } from '../model/address.ts';
import type { PlanDeclared } from '../model/plan.generated.ts';
import type { MergedLag, MergedLagChange } from '../model/report.generated.ts';
import { canonical, compareText } from '../model/value.ts';

export interface Declaring {
  readonly label: string;
  readonly declared: readonly PlanDeclared[];
}

interface Standing {
  readonly entry: PlanDeclared;
  readonly ahead: string[];
  readonly behind: string[];
  left: number;
}

/** Those with most to do first. */
export function lagsOf(plans: readonly Declaring[]): readonly MergedLag[] {
  const lags = new Map<string, { ahead: string[]; behind: string[]; changes: MergedLagChange[] }>();
  for (const { entry, ahead, behind, left } of standings(plans)) {
    if (ahead.length === 0 || behind.length === 0) continue;
    const { item, field, value } = entry;
    const key = JSON.stringify([ahead, behind]);
    const lag = lags.get(key) ?? { behind, ahead, changes: [] };
    lags.set(key, lag);
    lag.changes.push({ item, field, value, left });
  }
  return [...lags]
    .sort(([aKey, a], [bKey, b]) => leftOf(b) - leftOf(a) || compareText(aKey, bKey))
    .map(([, lag]) => lag);
}

function leftOf({ changes }: { readonly changes: readonly MergedLagChange[] }): number {
  return changes.reduce((sum, { left }) => sum + left, 0);
}

/** By item, field and value; labels in order. */
function standings(plans: readonly Declaring[]): readonly Standing[] {
  const all = new Map<string, Standing>();
  for (const { label, declared } of plans.toSorted((a, b) => compareText(a.label, b.label))) {
    for (const entry of declared) {
      const key = `${addressKey(entry.item)}\n${entry.field}\n${canonical(entry.value)}`;
      const standing = all.get(key) ?? { entry, ahead: [], behind: [], left: 0 };
      all.set(key, standing);
      (entry.left === 0 ? standing.ahead : standing.behind).push(label);
      standing.left += entry.left;
    }
  }
  return [...all].sort(([a], [b]) => compareText(a, b)).map(([, standing]) => standing);
}
