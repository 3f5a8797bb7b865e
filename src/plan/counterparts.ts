/**
 * The same resource in what another configuration asks of the same snapshot: by its record where there is one, which a
 * new name does not change, else by its address.
 */

import { addressKey } from '../model/address.ts';
import type { DesiredResource } from '../model/desired.ts';
import type { Observed } from '../model/snapshot.ts';

export function counterparts(
  resources: readonly DesiredResource[],
): (resource: DesiredResource) => DesiredResource | undefined {
  const byRecord = new Map<Observed, DesiredResource>();
  const byAddress = new Map<string, DesiredResource>();
  for (const resource of resources) {
    if (resource.actual !== null) byRecord.set(resource.actual, resource);
    else byAddress.set(addressKey(resource.address), resource);
  }
  return ({ actual, address }) =>
    actual === null ? byAddress.get(addressKey(address)) : byRecord.get(actual);
}
