/** What a plan has to say about lines of the files: what guards found, what is missing or held back, diagnostics. */

import type {
  Plan,
  PlanDiagnostic,
  PlanFinding,
  PlanHeldBack,
  PlanRisk,
} from '../../model/plan.generated.ts';
import { canonical, compareText } from '../../model/value.ts';
import { groupBy } from '../group.ts';
import { HELD_WHY } from '../plan-left-groups.ts';
import { isRefused, orderedRisks, type RiskWord, riskWord } from '../plan-notices.ts';
import { timeText } from '../time-text.ts';
import { words } from '../value-text.ts';
import { type Annotation, type Level, type Rule, titleOf } from './annotation.ts';
import { fewNames } from './annotation-words.ts';
import { type Places, placeOf, placesOf } from './places.ts';
import { diagnosticRule, LEVEL_OF } from './problem-annotations.ts';

export function planAnnotations(plan: Plan): readonly Annotation[] {
  const places = placesOf(plan);
  const found = new Set(plan.findings.map(({ address }) => address));
  return [
    ...orderedRisks(plan).map((risk) => ofRisk(risk, places)),
    ...plan.findings.map(ofFinding),
    ...plan.diagnostics.filter((diagnostic) => !isFinding(diagnostic, found)).map(ofDiagnostic),
  ];
}

export function heldAnnotations(plan: Plan): readonly Annotation[] {
  const places = placesOf(plan);
  const groups = groupBy(plan.held_back, ({ address, reason }) => canonical([address, reason]));
  return groups.flatMap((group) => ofHeldBack(group, places));
}

function ofRisk(risk: PlanRisk, places: Places): Annotation {
  const { guard, severity, message, addresses, allowed_by } = risk;
  const names = addresses.length === 0 ? '' : `\n${fewNames(addresses)}`;
  const hint = isRefused(risk)
    ? `To accept it: --allow ${guard}`
    : allowed_by === null
      ? null
      : `Accepted by ${allowed_by}.`;
  return {
    level: LEVEL_OF_RISK[riskWord(risk)],
    rule: guardRule(guard, severity),
    address: null,
    part: null,
    places: places(addresses),
    text: `${message}${names}`,
    hint,
    detail: null,
  };
}

const LEVEL_OF_RISK: Readonly<Record<RiskWord, Level>> = {
  refused: 'error',
  allowed: 'warning',
  notice: 'note',
};

function guardRule(guard: string, severity: PlanRisk['severity']): Rule {
  const does =
    severity === 'notice'
      ? 'It is only shown: there is nothing to allow.'
      : `It refuses such a plan unless --allow ${guard} accepts the risk.`;
  return {
    id: `guard/${guard}`,
    code: guard,
    title: titleOf(guard),
    help: `The guard "${guard}" looks at the plan as a whole. ${does}`,
  };
}

export function ofFinding({ kind, address, source, message, hint, candidates }: PlanFinding): Annotation {
  const among = candidates.length === 0 ? '' : ` Records: ${candidates.join(', ')}.`;
  return {
    level: 'warning',
    rule: diagnosticRule(`item-${kind}`),
    address,
    part: null,
    places: [placeOf(source)],
    text: `${message}${among}`,
    hint,
    detail: null,
  };
}

/** What findings say already. */
function isFinding({ code, address }: PlanDiagnostic, found: ReadonlySet<string>): boolean {
  return (code === 'item-missing' || code === 'item-ambiguous') && address !== null && found.has(address);
}

function ofDiagnostic({
  code,
  severity,
  address,
  file,
  line,
  column,
  message,
  hint,
}: PlanDiagnostic): Annotation {
  return {
    level: LEVEL_OF[severity],
    rule: diagnosticRule(code),
    address,
    part: null,
    places: file === null ? [] : [{ file, line: line ?? 1, column }],
    text: message,
    hint,
    detail: null,
  };
}

/** They end by themselves, or by what somebody does who knows already. */
const PASSING: ReadonlySet<PlanHeldBack['reason']> = new Set([
  'waits-for-approval',
  'waits-for-sign-in',
  'failed-recently',
]);

/** What one resource waits with for one reason. */
function ofHeldBack(group: readonly PlanHeldBack[], places: Places): readonly Annotation[] {
  const [first] = group;
  if (first === undefined) return [];
  const { address, reason } = first;
  const why = HELD_WHY[reason];
  const verbs = group.map(({ verb }) => verb).join(' + ');
  const until = group
    .flatMap((held) => held.until ?? [])
    .toSorted(compareText)
    .at(-1);
  const time = until === undefined ? '' : `, until ${timeText(until)}`;
  const details = [...new Set(group.flatMap(({ detail }) => detail ?? []))].map((detail) => `; ${detail}`);
  return [
    {
      level: PASSING.has(reason) ? 'note' : 'warning',
      rule: {
        id: `held-back/${reason}`,
        code: reason,
        title: `Held back: ${words(reason)}`,
        help: `A step of the plan is held back: ${why}.`,
      },
      address,
      part: null,
      places: places([address]),
      text: `${verbs} held back: ${why}${time}${details.join('')}.`,
      hint: null,
      detail: null,
    },
  ];
}
