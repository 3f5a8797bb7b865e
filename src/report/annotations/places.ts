/** Where a plan's resources are declared. */

import type { Plan, PlanSource } from '../../model/plan.generated.ts';
import { inReadingOrder, type Place } from './annotation.ts';

export type Places = (addresses: readonly string[]) => readonly Place[];

/**
 * The lines that the steps and changes of these resources come from, without those of fields that stay. Of a resource
 * that has neither, the line where something else is said of it.
 */
export function placesOf({ steps, resource_changes, findings, diagnostics }: Plan): Places {
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
  const known = new Set(places.keys());
  for (const { address, source } of findings) if (!known.has(address)) add(address, source);
  for (const { address, file, line, column } of diagnostics)
    if (address !== null && file !== null && !known.has(address))
      add(address, { file, line: line ?? 1, column: column ?? 1 });
  return (addresses) => inReadingOrder(addresses.flatMap((address) => places.get(address) ?? []));
}

export function placeOf({ file, line, column }: PlanSource): Place {
  return { file, line, column };
}
