/** What a plan does: changes and approvals, tests, and what a person has to do, with what is equal put together. */

import type { Plan, PlanStep } from '../../model/plan.generated.ts';
import { groupBy } from '../group.ts';
import {
  approvalBefore,
  heldFields,
  isOwnAddress,
  planGroups,
  type ResourceChange,
  testBefore,
  testNotes,
  vouchedFor,
} from '../plan-groups.ts';
import { type Due, HANDOFF_WHEN, HANDOFF_WHY, handoffGroups, isNamedByAddress } from '../plan-left-groups.ts';
import { causeText, sourceText } from '../reason-text.ts';
import { valueText } from '../value-text.ts';
import type { Column, FieldDiff, Row, Section, Tone } from './page-model.ts';
import { type FieldSources, fieldSources } from './plan-sources.ts';
import { badge, declared, fieldDiff, member, names, oneSided, text } from './rows.ts';

interface ChangeSections {
  readonly handoffs: Section;
  readonly changes: Section;
  readonly capped: Section;
  /** Apart from what a request brings: what would be done without it too. */
  readonly pending: Section;
  readonly tests: Section;
}

const COLUMNS: readonly Column[] = [
  { title: 'Step', size: 'narrow' },
  { title: 'Resource' },
  { title: 'Before → after', size: 'wide' },
  { title: 'Why, and where it is declared' },
];

export function changeSections(plan: Plan): ChangeSections {
  const groups = planGroups(plan);
  const sources = fieldSources(plan);
  const cause = causes(plan);
  const changed = (own: typeof groups.declared): readonly Row[] =>
    own.flatMap((group) =>
      groupBy(group, ({ steps }) => cause(steps)).map((part) => changeRow(part, sources, cause)),
    );
  const acted = (own: typeof groups.tests, makeRow: (group: readonly PlanStep[]) => Row): readonly Row[] =>
    own.flatMap((group) =>
      groupBy(group, (step) => cause([step])).map((part) => withCause(makeRow(part), cause(part))),
    );
  const changes = [...changed(groups.declared), ...acted(groups.approvals, approvalRow)];
  const capped = changed(groups.capped);
  return {
    handoffs: handoffSection(plan),
    changes: {
      id: 'changes',
      title: 'Changes',
      layout: 'table',
      columns: COLUMNS,
      rows: changes.filter((row) => !isPending(row)),
    },
    capped: {
      id: 'ceiling',
      title: "Because of the environment's mail ceiling",
      layout: 'table',
      columns: COLUMNS,
      rows: capped.filter((row) => !isPending(row)),
    },
    pending: {
      id: 'pending',
      title: 'Due before this request',
      note: 'The configuration without this request does the same: not applied yet, or changed by hand since.',
      layout: 'table',
      columns: COLUMNS,
      rows: [...changes, ...capped].filter(isPending),
    },
    tests: {
      id: 'tests',
      title: 'Tests',
      note: 'Test & Enable: each sends a message from the mailbox to itself.',
      layout: 'table',
      columns: [
        { title: 'Mailbox' },
        { title: 'Last results', size: 'wide' },
        { title: 'Why, and where it is declared' },
      ],
      rows: acted(groups.tests, testRow),
    },
  };
}

export const PENDING = 'due before';
export const OWN = 'this request';
const PARTLY = 'this request, partly due before';

type Cause = (steps: readonly PlanStep[]) => string;

/** Of a request compared with its base: what is this request's effect, and what was due before. */
export function causes({ base }: Plan): Cause {
  if (base === undefined) return () => '';
  const pending = new Set(base.pending);
  const partly = new Set((base.partly_pending ?? []).map(({ id }) => id));
  return (steps) => {
    const due = steps.filter(({ id }) => pending.has(id)).length;
    if (due === steps.length) return PENDING;
    return due > 0 || steps.some(({ id }) => partly.has(id)) ? PARTLY : OWN;
  };
}

function isPending({ facets }: Row): boolean {
  return facets.cause === PENDING;
}

/** The cause of what concerns these resources: this request, if any of their steps is its effect. */
export function causeOf(plan: Plan): (addresses: readonly string[]) => string {
  const cause = causes(plan);
  const byAddress = new Map(
    groupBy(plan.steps, ({ address }) => address).map((own) => [own[0]?.address, own]),
  );
  return (addresses) => {
    const steps = addresses.flatMap((address) => byAddress.get(address) ?? []);
    const found = cause(steps);
    // What is found of the plan as a whole is found of this request, too.
    return found === PARTLY || (found === PENDING && steps.length === 0) ? OWN : found;
  };
}

export function withCause(row: Row, cause: string): Row {
  return cause === '' ? row : { ...row, facets: { ...row.facets, cause } };
}

const VERBS: readonly PlanStep['verb'][] = [
  'delete',
  'create',
  'deactivate',
  'activate',
  'readdress',
  'approval-policy',
  'edit',
];

/** Which of its steps a change is called after. */
export function mainVerb(steps: readonly PlanStep[]): PlanStep['verb'] {
  return VERBS.find((verb) => steps.some((step) => step.verb === verb)) ?? steps[0]?.verb ?? 'edit';
}

export function verbTone(verb: PlanStep['verb']): Tone {
  if (verb === 'delete' || verb === 'deactivate' || verb === 'reject') return 'bad';
  return verb === 'create' ? 'good' : 'info';
}

function changeRow(group: readonly ResourceChange[], sources: FieldSources, cause: Cause): Row {
  const [first] = group;
  const steps = group.flatMap((change) => change.steps);
  const verb = mainVerb(first?.steps ?? []);
  const why = [...new Set((first?.steps ?? []).map(causeText))];
  const place = sourceText(steps);
  const partly = cause(steps) === PARTLY ? ['partly due before this request'] : [];
  return withCause(
    {
      cells: [
        badge(verb, verbTone(verb), { rank: VERBS.indexOf(verb) }),
        names(group.map((change) => member(change.address, memberSource(group, change.steps)))),
        {
          is: 'diff',
          fields: first === undefined ? [] : ownPlaces(fieldsOf(first, group, sources), place),
          lines: [],
        },
        declared(place, ...why, ...partly),
      ],
      facets: { class: verb, state: 'to do' },
    },
    cause(steps),
  );
}

function fieldsOf(
  change: ResourceChange,
  group: readonly ResourceChange[],
  sources: FieldSources,
): readonly FieldDiff[] {
  const addresses = group.map(({ address }) => address);
  if (change.mark === '-') return heldFields(change).map((one) => oneSided(one, 'from'));
  return change.set.map((one) => {
    const source = sources(addresses, one.field);
    return change.mark === '+' ? oneSided(one, 'to', source) : fieldDiff(one, source);
  });
}

/** The place of the row is not said again at each of its fields, unless they have several. */
function ownPlaces(fields: readonly FieldDiff[], place: string): readonly FieldDiff[] {
  const isSaid = fields.every(({ source }) => source === undefined || source === place);
  return isSaid ? fields.map(({ source: _, ...field }) => field) : fields;
}

/** One alone has its place beside it; of many, each has its own. */
function memberSource(group: readonly unknown[], steps: readonly PlanStep[]): { readonly source: string } {
  return { source: group.length > 1 ? sourceText(steps) : '' };
}

function approvalRow(group: readonly PlanStep[]): Row {
  const [first] = group;
  const verb = first?.verb ?? 'approve';
  const to = valueText(first?.set[0]?.to ?? null);
  const from = first === undefined ? null : approvalBefore(first);
  return {
    cells: [
      badge(verb, verbTone(verb), { rank: VERBS.length }),
      names(
        group.map((step) => member(step.address, { ...memberSource(group, [step]), note: vouched(step) })),
      ),
      { is: 'diff', fields: [{ field: first?.set[0]?.field ?? 'approved', from, to }], lines: [] },
      declared(sourceText(group), first === undefined ? '' : causeText(first)),
    ],
    facets: { class: verb, state: 'to do' },
  };
}

function vouched(step: PlanStep): string {
  return isOwnAddress(step) ? '' : `for ${vouchedFor(step)}`;
}

function testRow(group: readonly PlanStep[]): Row {
  const [first] = group;
  const notes = first === undefined ? [] : testNotes(first);
  return {
    cells: [
      names(group.map((step) => member(step.address, memberSource(group, [step])))),
      text(first === undefined ? '' : testBefore(first), ...notes),
      declared(sourceText(group), first === undefined ? '' : causeText(first)),
    ],
    facets: { class: 'test', state: first?.under_way === true ? 'under way' : 'to do' },
  };
}

function handoffSection(plan: Plan): Section {
  return {
    id: 'hand-offs',
    title: 'For a person to do',
    note: `Each of these ${HANDOFF_WHEN}.`,
    layout: 'list',
    columns: [
      { title: 'What', size: 'narrow' },
      { title: 'Whose' },
      { title: 'How', size: 'wide' },
      { title: 'Command', size: 'wide' },
    ],
    rows: handoffGroups(plan).map(handoffRow),
  };
}

function handoffRow(group: readonly Due[]): Row {
  const [first] = group;
  const { handoff, verb = 'approve' } = first ?? {};
  const notes = (due: Due): string => (isNamedByAddress(due) ? '' : `for ${due.emailAddress}`);
  const how =
    handoff === undefined
      ? []
      : [`Why: ${HANDOFF_WHY[handoff.why]}`, `Who: ${handoff.who.join(', or ')}`, handoff.where];
  return {
    cells: [
      badge(verb, 'warn'),
      names(group.map((due) => member(due.address, { note: notes(due) }))),
      text(...how),
      { is: 'command', text: handoff?.command ?? '' },
    ],
    facets: { class: verb, state: 'handed off' },
  };
}
