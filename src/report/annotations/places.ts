/** Where a plan's resources are declared. */

import type { Plan, PlanSource } from '../../model/plan.generated.ts';
import { inReadingOrder, type Place } from './annotation.ts';

export type Places = (addresses: readonly string[]) => readonly Place[];

/** The lines that the steps and changes of these resources come from, without those of fields that stay. */
export function placesOf({ steps, resource_changes }: Plan): Places {
  const places = new Map<string, Place[]>();
  const add = (address: string, source: PlanSource): void => {
    const known = places.get(address);
    if (known === undefined) places.set(address, [placeOf(source)]);
    else known.push(placeOf(source));
  };
  for (const { address, because } of steps)
    for (const { source } of because) if (source !== undefined) add(address, source);
  for (const { address, sources } of resource_changes)
    if (!places.has(address)) for (const source of Object.values(sources)) add(address, source);
  return (addresses) => inReadingOrder(addresses.flatMap((address) => places.get(address) ?? []));
}

export function placeOf({ file, line, column }: PlanSource): Place {
  return { file, line, column };
}
