/** Where each value of a plan is declared, field by field. */

import type { Plan } from '../../model/plan.generated.ts';
import { sourcesText } from '../reason-text.ts';

/** The places of a field of these resources as a text; empty where the plan does not tell. */
export type FieldSources = (addresses: readonly string[], field: string) => string;

export function fieldSources({ resource_changes }: Plan): FieldSources {
  const byAddress = new Map(resource_changes.map(({ address, sources }) => [address, sources]));
  return (addresses, field) =>
    sourcesText(addresses.flatMap((address) => byAddress.get(address)?.[field] ?? []));
}
