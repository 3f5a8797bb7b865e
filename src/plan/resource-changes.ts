/** The steps once more in the keys of Terraform's plan representation, for policy tools that read those. Derived. */

import { parseAddress } from '../model/address.ts';
import type { Desired } from '../model/desired.ts';
import type { PlanFieldChange, PlanResourceChange, PlanSource, PlanStep } from '../model/plan.generated.ts';
import { isRef, isSecret, isSetFlag, isUnknown, type Value } from '../model/value.ts';

const ACTIONS: Readonly<Partial<Record<PlanStep['verb'], 'create' | 'update' | 'delete'>>> = {
  create: 'create',
  edit: 'update',
  readdress: 'update',
  'approval-policy': 'update',
  activate: 'update',
  deactivate: 'update',
  delete: 'delete',
};

/** `resources` say where the values are declared. */
export function resourceChanges(
  steps: readonly PlanStep[],
  resources: Desired['resources'],
): readonly PlanResourceChange[] {
  const byAddress = new Map<string, PlanStep[]>();
  for (const step of steps) {
    if (ACTIONS[step.verb] === undefined) continue;
    const own = byAddress.get(step.address);
    if (own === undefined) byAddress.set(step.address, [step]);
    else own.push(step);
  }
  const sources = new Map<string, Desired['resources'][number]['fields']>();
  if (byAddress.size === 0) return [];
  for (const { address, fields } of resources) if (byAddress.has(address)) sources.set(address, fields);
  return [...byAddress].map(([address, own]) => {
    const set = own.flatMap((step) => step.set);
    const actions = [...new Set(own.flatMap((step) => ACTIONS[step.verb] ?? []))];
    const fieldSources: Record<string, PlanSource> = {};
    for (const { field } of set) {
      const source = sources.get(address)?.get(field)?.source;
      if (source !== undefined) fieldSources[field] = source;
    }
    return resourceChange(address, strongest(actions), set, fieldSources);
  });
}

type Actions = PlanResourceChange['change']['actions'];

function strongest(actions: Actions): Actions {
  const only = (['create', 'delete'] as const).find((action) => actions.includes(action));
  return only === undefined ? actions : [only];
}

function resourceChange(
  address: string,
  actions: Actions,
  set: readonly PlanFieldChange[],
  sources: Readonly<Record<string, PlanSource>>,
): PlanResourceChange {
  const parsed = parseAddress(address);
  const created = actions.includes('create');
  const deleted = actions.includes('delete');
  const plain = set.filter((change) => !isSensitive(change));
  const secret = object(set.filter(isSensitive), () => true);
  return {
    address,
    mode: 'managed',
    type: parsed?.kind ?? 'mailbox',
    name: address.slice(address.indexOf(':') + 1),
    provider_name: 'mailboxctl',
    change: {
      actions,
      before: created ? null : object(plain, ({ from }) => plainValue(from)),
      after: deleted ? null : object(plain, ({ to }) => plainValue(to)),
      after_unknown: {},
      before_sensitive: created ? false : deleted ? secret : {},
      after_sensitive: deleted ? false : secret,
    },
    sources,
  };
}

/** Written, or lost with the record. */
function isSensitive({ from, to }: PlanFieldChange): boolean {
  return isSecret(to) || (to === null && isSetFlag(from));
}

function object<Out>(
  set: readonly PlanFieldChange[],
  value: (change: PlanFieldChange) => Out,
): Readonly<Record<string, Out>> {
  return Object.fromEntries(set.map((change) => [change.field, value(change)]));
}

/** References by name, as Terraform would show them. */
function plainValue(value: Value): unknown {
  if (isRef(value)) return parseAddress(value.ref)?.name ?? value.ref;
  return isUnknown(value) ? null : value;
}
