/**
 * What the configuration decides in this environment, rule by rule and item by item, and how much of it is not yet so.
 * Plans of several environments are compared by it. It names no resource that only a rule covers, so that it stays small.
 */

import type { Declared } from '../model/config.ts';
import type { Desired, DesiredResource } from '../model/desired.ts';
import type { Source } from '../model/diagnostic.ts';
import type { PlanDeclared, PlanDeferred, PlanHeldBack, PlanStep } from '../model/plan.generated.ts';
import { canonical, compareText, type Value } from '../model/value.ts';

/** Items of single mailboxes that are listed: where there are more, none is. */
const MOST_MAILBOXES = 1_000;

interface Left {
  readonly steps: readonly PlanStep[];
  readonly heldBack: readonly PlanHeldBack[];
  readonly deferred: readonly PlanDeferred[];
}

interface Entry {
  readonly field: string;
  readonly value: Value;
  resources: number;
  left: number;
}

export function declaredBy(
  { resources, withheldApprovals }: Pick<Desired, 'resources' | 'withheldApprovals'>,
  left: Left,
): readonly PlanDeclared[] {
  const isLeft = leftFields(left);
  const many = singleMailboxes(resources) > MOST_MAILBOXES;
  const items = new Map<string, Map<string, Entry[]>>();
  for (const resource of resources) {
    for (const [field, declared] of resource.fields) {
      const item = itemOf(declared, resource);
      if (item === null || (many && resource.kind === 'mailbox' && item === resource.address)) continue;
      const entry = entryOf(items, item, field, declared.value);
      entry.resources += 1;
      if (isLeft(resource.address, field)) entry.left += 1;
    }
  }
  // What is asked for is left, also where nothing vouches for the address.
  for (const { address, source } of withheldApprovals) {
    const item = deciding(source, address);
    if (many && item === address) continue;
    const entry = entryOf(items, item, 'approved', true);
    entry.resources += 1;
    entry.left += 1;
  }
  return [...items]
    .flatMap(([item, fields]) => [...fields.values()].flat().map((entry) => ({ item, ...entry })))
    .sort(
      (a, b) =>
        compareText(a.item, b.item) ||
        compareText(a.field, b.field) ||
        compareText(canonical(a.value), canonical(b.value)),
    );
}

/** The rule or the item that decides; `null` for the mail ceiling, which is each environment's own. */
function itemOf({ source }: Declared, { address, ceiling }: DesiredResource): string | null {
  const capped = ceiling?.source;
  const isCeiling = source.rule === undefined && capped?.file === source.file && capped.line === source.line;
  return isCeiling ? null : deciding(source, address);
}

function deciding({ rule }: Source, address: string): string {
  return rule === undefined ? address : `rule:${rule}`;
}

function singleMailboxes(resources: readonly DesiredResource[]): number {
  let number = 0;
  for (const resource of resources)
    if (
      resource.kind === 'mailbox' &&
      resource.source.rule === undefined &&
      resource.ceiling?.covers !== true
    )
      number += 1;
  return number;
}

/** Values of one field differ within a rule only where they are the defaults for new mailboxes. */
function entryOf(items: Map<string, Map<string, Entry[]>>, item: string, field: string, value: Value): Entry {
  const fields = items.get(item) ?? new Map<string, Entry[]>();
  items.set(item, fields);
  const entries = fields.get(field) ?? [];
  fields.set(field, entries);
  const known =
    entries.find((entry) => entry.value === value) ?? entries.find((entry) => isSame(entry.value, value));
  if (known !== undefined) return known;
  const entry = { field, value, resources: 0, left: 0 };
  entries.push(entry);
  return entry;
}

function isSame(a: Value, b: Value): boolean {
  return typeof a === 'object' && typeof b === 'object' && canonical(a) === canonical(b);
}

const WHOLE = '*';

/** Fields that a step sets, or that may be what is held back or deferred: then more is called left rather than less. */
function leftFields({ steps, heldBack, deferred }: Left): (address: string, field: string) => boolean {
  const left = new Map<string, Set<string>>();
  const add = (address: string, fields: readonly string[]): void => {
    const known = left.get(address) ?? new Set();
    left.set(address, known);
    for (const field of fields) known.add(field);
  };
  for (const { address, verb, set } of steps)
    add(address, verb === 'create' ? [WHOLE] : set.map(({ field }) => field));
  for (const { address, verb } of [...heldBack, ...deferred]) add(address, [VERB_FIELDS[verb] ?? WHOLE]);
  return (address, field) => {
    const fields = left.get(address);
    return fields !== undefined && (fields.has(WHOLE) || fields.has(field));
  };
}

/** Verbs that are about one field. */
const VERB_FIELDS: Readonly<Record<string, string>> = {
  approve: 'approved',
  reject: 'approved',
  test: 'testAndEnable',
  activate: 'state',
  deactivate: 'state',
};
