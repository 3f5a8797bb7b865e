/**
 * A plan as a few lines that people review in a scenario's expected files: every step with what it sets and why, then
 * everything that is not a step. Leaves out what differs from run to run (times, ids, digests) and the product's own
 * report, so that a change of wording there changes no scenario.
 */

import type {
  Plan,
  PlanFieldChange,
  PlanReason,
  PlanSource,
  PlanStep,
} from '../../src/model/plan.generated.ts';
import type { Value } from '../../src/model/value.ts';

/** Steps in a row that differ in their address alone show their details once, below the last. */
const SAME_DETAILS = /^(\w+ \S+\n)((?: {2}.*\n)+)(?=(?:\w+ \S+\n)\2(?:\w|$))/gmu;
/** Addresses that a risk shows. */
const SHOWN = 4;

/** `practices`: with what the best-practice checks found. */
export function formatPlan(plan: Plan, { practices }: { readonly practices: boolean }): string {
  const shown = plan.diagnostics.filter(({ code }) => practices || !code.startsWith('practice-'));
  const sections = [
    section('', plan.steps.map(stepLines)).replace(SAME_DETAILS, '$1'),
    section(
      'Handed off',
      plan.handoffs.map(({ step, why, who }) => [`${step}  ${why}`, `who: ${who.join(' | ')}`]),
    ),
    section(
      'Held back',
      plan.held_back.map(({ address, verb, reason, until }) => [
        `${verb} ${address}  ${reason}${until === undefined ? '' : ` until ${until}`}`,
      ]),
    ),
    section(
      'Deferred',
      plan.deferred.map(({ address, verb, reason }) => [`${verb} ${address}  ${reason}`]),
    ),
    section('Findings', plan.findings.map(findingLines)),
    section('Risks', plan.risks.map(riskLines)),
    section(
      'Not seen',
      plan.not_seen.map(({ kind, sort, reason, depth }) => [
        `${kind}${sort === null ? '' : `/${sort}`}  ${reason}, depth ${depth}`,
      ]),
    ),
    section(
      'Diagnostics',
      shown.map(({ severity, code, address }) => [
        `${severity} ${code}${address === null ? '' : `  ${address}`}`,
      ]),
    ),
  ];
  const [steps, ...rest] = sections;
  return `${[steps || 'No steps.', ...rest.filter((text) => text !== '')].join('\n\n')}\n`;
}

/** The first line of each item, and its details below it. */
function section(title: string, items: readonly (readonly string[])[]): string {
  if (items.length === 0) return '';
  const indent = title === '' ? '' : '  ';
  const lines = items.flatMap(([head, ...details]) => [
    `${indent}${head}`,
    ...details.map((detail) => `${indent}  ${detail}`),
  ]);
  return [...(title === '' ? [] : [title]), ...lines].join('\n');
}

function stepLines({
  verb,
  address,
  hand_off,
  only_if_lost,
  set,
  because,
  after,
}: PlanStep): readonly string[] {
  const marks = [hand_off === true ? 'hand-off' : '', only_if_lost === true ? 'only if lost' : ''];
  const shown = marks.filter((mark) => mark !== '').join(', ');
  return [
    `${verb} ${address}${shown === '' ? '' : `  (${shown})`}`,
    // All that the record is goes with it.
    ...(verb === 'delete' ? [] : set.map(changeLine)),
    ...new Set(because.map(reasonLine)),
    ...(after.length === 0 ? [] : [`after ${after.join(', ')}`]),
  ];
}

function changeLine({ field, from, to, default: isDefault, for: vouched }: PlanFieldChange): string {
  const marks = [isDefault === true ? ' (default)' : '', vouched === undefined ? '' : ` for ${vouched}`];
  return `${field}: ${show(from)} → ${show(to)}${marks.join('')}`;
}

function reasonLine({ kind, source, of, field, why }: PlanReason): string {
  if (kind === 'config') return `because of ${place(source)}`;
  if (kind === 'ceiling') return `because of the ceiling of ${place(source)}`;
  const parts = [of, field, why].filter((part) => part !== undefined);
  return `because of ${kind}: ${parts.join(' ')}`;
}

function findingLines({ kind, address, source, message, hint }: Plan['findings'][number]): readonly string[] {
  return [`${kind} ${address}  ${place(source)}`, message, ...(hint === null ? [] : [hint])];
}

function riskLines({
  guard,
  severity,
  message,
  addresses,
  allowed_by,
}: Plan['risks'][number]): readonly string[] {
  const allowed = allowed_by === null ? '' : `  (${allowed_by})`;
  const more = addresses.length > SHOWN ? ` and ${addresses.length - SHOWN} more` : '';
  return [`${severity} ${guard}${allowed}`, message, `${addresses.slice(0, SHOWN).join(', ')}${more}`];
}

function place(source: PlanSource | undefined): string {
  if (source === undefined) return 'nothing';
  return `${source.file}:${source.line}${source.rule === undefined ? '' : ` (rule ${source.rule})`}`;
}

function show(value: Value): string {
  if (value === null) return 'empty';
  if (typeof value === 'string' && value.includes('\n')) return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  if ('ref' in value) return value.ref;
  if ('secret' in value) return `secret ${value.secret}${value.why === undefined ? '' : ` (${value.why})`}`;
  if ('is_set' in value) return value.is_set ? 'set' : 'not set';
  if ('unknown' in value) return 'unknown';
  if (isList(value)) return value.map(show).join(', ');
  return Object.entries(value)
    .map((pair) => pair.join(' '))
    .join(', ');
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
