/**
 * What a pull request brings about apart from what was due before it: who approves the request answers for the one and
 * only has to know of the other.
 */

import type {
  Plan,
  PlanFieldChange,
  PlanNoLongerManaged,
  PlanSecretReference,
  PlanSource,
  PlanStep,
  PlanWithdrawn,
} from '../../model/plan.generated.ts';
import { canonical } from '../../model/value.ts';
import { dueBefore } from '../base-groups.ts';
import { groupBy } from '../group.ts';
import { planGroups } from '../plan-groups.ts';
import { count } from '../text.ts';
import { folded, leftOut, lineList, section } from './blocks.ts';
import { code } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { changeList, testList } from './plan-changes-markdown.ts';
import { fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { capital, difference, joined, namesOf, places, subject, value } from './words.ts';

/** For the verdict; empty without a base. */
export function effectText({ base, steps }: Plan): string {
  if (base === undefined) return '';
  const own = steps.length - base.pending.length;
  const due = base.pending.length === 0 ? '' : `${count(base.pending.length, 'step')} due before it`;
  const back = base.withdrawn.length === 0 ? '' : `${count(base.withdrawn.length, 'step')} taken back by it`;
  return `This request: ${joined([count(own, 'step'), due, back], ', ')}.`;
}

export function basePieces({ base }: Plan, style: MarkdownStyle): readonly Piece[] {
  if (base === undefined) return [];
  return [
    section('No longer managed', unmanagedList(base.no_longer_managed, style), 3),
    section('Changed secret references', secretList(base.secret_references, style), 2),
    section('Withdrawn by this request', withdrawnList(base.withdrawn), 2),
  ];
}

function unmanagedList(lost: readonly PlanNoLongerManaged[], style: MarkdownStyle): Piece {
  const groups = groupBy(lost, ({ field, value: stays, was, now }) =>
    canonical([field, stays, deciderKey(was), deciderKey(now)]),
  );
  return several(groups, (group) => unmanagedEntry(group, style), { more: leftOut('no longer managed') });
}

/** Lines differ where every item has its own; a file and a rule are what decides. */
function deciderKey(source: PlanSource | null): readonly string[] | null {
  return source === null ? null : [source.file, source.rule ?? ''];
}

function unmanagedEntry(group: readonly PlanNoLongerManaged[], style: MarkdownStyle): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const { field, value: stays } = first;
  const addresses = group.map(({ address }) => address);
  const before = places(
    group.map(({ was }) => was),
    style,
  );
  const decides = places(
    group.flatMap(({ now }) => now ?? []),
    style,
  );
  const what = field === null ? '' : ` ${code(field)}`;
  const now =
    decides === ''
      ? `nobody decides it now${field === null ? '' : `; it stays at ${value(stays)}`}`
      : `now ${decides} decides${field === null ? '' : `: ${value(stays)}`}`;
  const text = `${subject(addresses)}${what}: ${now}. It was decided by ${before}.`;
  return stacked([fixed(text), namesOf(addresses)]);
}

function secretList(changed: readonly PlanSecretReference[], style: MarkdownStyle): Piece {
  const entry = ({ address, field, from, to, source }: PlanSecretReference): Piece => {
    const change = `${reference(from)} → ${reference(to)}`;
    const where = source === null ? '' : places([source], style);
    return fixed(`- ${code(address)} ${joined([`${code(field)}: ${change}`, where], ', ')}`);
  };
  return several(changed, entry, { more: leftOut('references'), gap: '\n' });
}

function reference(text: string | null): string {
  return text === null ? '(none)' : code(text);
}

function withdrawnList(withdrawn: readonly PlanWithdrawn[]): Piece {
  const groups = groupBy(withdrawn, ({ verb, set }) => canonical([verb, set]));
  return several(groups, withdrawnEntry, { more: leftOut('withdrawn') });
}

function withdrawnEntry(group: readonly PlanWithdrawn[]): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const addresses = group.map(({ address }) => address);
  const title = fixed(`${subject(addresses, capital(first.verb))}, which is no longer done:`);
  return stacked([title, lineList(first.set.map(changeLine)), namesOf(addresses)]);
}

function changeLine({ field, from, to }: PlanFieldChange): string {
  return difference(field, from, to);
}

/** Folded: it is to be known of, and not to be decided here. Whom it approves is named above all the same. */
export function pendingPiece(plan: Plan, style: MarkdownStyle): Piece {
  if (plan.base === undefined) return NOTHING;
  const pending = dueBefore(plan);
  const { declared, capped } = planGroups(pending);
  const others = pending.steps.filter(({ verb, hand_off }) => hand_off === true || isVouching(verb)).length;
  const lists = stacked([
    changeList([...declared, ...capped], style),
    testList(pending, style),
    others === 0 ? NOTHING : fixed(`${capital(count(others, 'approval'))}, named above.`),
  ]);
  const partly = plan.base.partly_pending?.length ?? 0;
  const steps = count(plan.base.pending.length, 'step');
  const summary = partly === 0 ? steps : `${steps}, and a part of ${count(partly, 'other')}`;
  return section('Due before this request', folded(summary, lists));
}

function isVouching(verb: PlanStep['verb']): boolean {
  return verb === 'approve' || verb === 'reject';
}
