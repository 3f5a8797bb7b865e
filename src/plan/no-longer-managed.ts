/**
 * What the base configuration decided and this one does not: fields and whole resources that nobody manages any more, and
 * fields to which something weaker, that was there before, gives another value now. What something stronger or new
 * took over is an ordinary change; a value that stays is decided as before, whoever decides it.
 */

import type { Declared, DeclaredRule } from '../model/config.ts';
import type { Desired, DesiredResource } from '../model/desired.ts';
import type { Source } from '../model/diagnostic.ts';
import type { PlanNoLongerManaged } from '../model/plan.generated.ts';
import { canonical, compareText, type Value } from '../model/value.ts';
import { counterparts } from './counterparts.ts';

export interface Rules {
  /** Of the configuration that is planned, a later one of a file stronger than an earlier one. */
  readonly rules: readonly DeclaredRule[];
  /** Of the one that it is compared with. */
  readonly baseRules: readonly DeclaredRule[];
}

export function noLongerManaged(
  desired: Desired,
  base: Desired,
  rules: Rules,
): readonly PlanNoLongerManaged[] {
  const now = counterparts(desired.resources);
  const withheld = new Set(desired.withheldApprovals.map(({ address }) => address));
  const lost = lostFields(rules);
  const found: PlanNoLongerManaged[] = [];
  for (const before of base.resources) {
    const { actual } = before;
    // What is not there, or was to be deleted, is left in no state.
    if (before.absent || actual === null) continue;
    const after = now(before);
    if (after === undefined) {
      found.push({ address: before.address, field: null, was: before.source, now: null, value: null });
      continue;
    }
    if (after.absent) continue;
    for (const { field, was, by } of lost(before, after)) {
      // An approval that nothing vouches for is asked for all the same; a warning says so.
      if (field === 'approved' && by === null && withheld.has(after.address)) continue;
      const value: Value = by?.value ?? actual.fields[field] ?? null;
      found.push({ address: after.address, field, was, now: by?.source ?? null, value });
    }
  }
  return found.sort(byAddressAndField);
}

function byAddressAndField(a: PlanNoLongerManaged, b: PlanNoLongerManaged): number {
  return compareText(a.address, b.address) || compareText(a.field ?? '', b.field ?? '');
}

interface Lost {
  readonly field: string;
  readonly was: Source;
  /** What decides now. */
  readonly by: Declared | null;
}

/** Found once for all resources that share their fields, which all mailboxes of the same rules do. */
function lostFields(rules: Rules): (before: DesiredResource, after: DesiredResource) => readonly Lost[] {
  const order = orderOf(rules);
  const known = new Map<DesiredResource['fields'], Map<DesiredResource['fields'], readonly Lost[]>>();
  return (before, after) => {
    const own = known.get(before.fields) ?? new Map<DesiredResource['fields'], readonly Lost[]>();
    known.set(before.fields, own);
    const lost = own.get(after.fields) ?? compare(before, after, order);
    own.set(after.fields, lost);
    return lost;
  };
}

function compare(before: DesiredResource, after: DesiredResource, order: Order): readonly Lost[] {
  const lost: Lost[] = [];
  for (const [field, { source: was, value }] of before.fields) {
    const by = after.fields.get(field);
    if (by === undefined) lost.push({ field, was, by: null });
    else if (canonical(by.value) === canonical(value)) continue;
    else if (isWeaker(deciderOf(was, before), deciderOf(by.source, after), order))
      lost.push({ field, was, by });
  }
  return lost;
}

/** Where rules stand; an overlay that sets a field of one does not move it. */
interface Order {
  readonly places: ReadonlyMap<string, { readonly place: number; readonly file: string }>;
  /** Names of rules that the base configuration has too. */
  readonly known: ReadonlySet<string>;
}

function orderOf({ rules, baseRules }: Rules): Order {
  return {
    places: new Map(rules.map(({ name, source }, place) => [name, { place, file: source.file }])),
    known: new Set(baseRules.map(({ name }) => name)),
  };
}

/** What can decide a field: the environment's mail ceiling, the item of the resource, or a rule. */
type Decider = 'ceiling' | 'item' | { readonly rule: string };

function deciderOf({ file, line, column, rule }: Source, { ceiling }: DesiredResource): Decider {
  const place = ceiling?.source;
  if (place?.file === file && place.line === line && place.column === column) return 'ceiling';
  return rule === undefined ? 'item' : { rule };
}

/**
 * Whether the first can no longer say anything, since otherwise it would go before the second. Of two rules that are
 * both there the later decides; rules of different files may only agree. Where one is gone, a new one stands in its
 * place, and only one that was there before comes up from under it.
 */
function isWeaker(was: Decider, now: Decider, { places, known }: Order): boolean {
  if (was === 'ceiling') return now !== 'ceiling';
  if (was === 'item') return typeof now === 'object';
  if (typeof now !== 'object' || was.rule === now.rule) return false;
  const [before, after] = [places.get(was.rule), places.get(now.rule)];
  if (before === undefined || after === undefined) return before === undefined && known.has(now.rule);
  return before.file === after.file && before.place > after.place;
}
