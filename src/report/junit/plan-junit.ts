/** A plan as tests: whether it can be applied, its guards, and one case for each thing that it cannot do by itself. */

import type {
  Plan,
  PlanDiagnostic,
  PlanFinding,
  PlanHeldBack,
  PlanRisk,
} from '../../model/plan.generated.ts';
import { fewNames, pathInRepository } from '../annotations/annotation-words.ts';
import { planLine } from '../last-lines.ts';
import { deferredGroups, HANDOFF_WHY, HELD_WHY, handoffGroups } from '../plan-left-groups.ts';
import { isRefused, notApplyableText, orderedRisks, refusingGuards, riskWord } from '../plan-notices.ts';
import { printable } from '../printable.ts';
import type { Style } from '../style.ts';
import { timeText } from '../time-text.ts';
import { type Case, junitXml } from './test-case.ts';

export function planJunit(document: Plan, { folder }: Style): string {
  const plan = printable(document);
  const { environment, as_of, findings, diagnostics, held_back } = plan;
  return junitXml({
    verb: 'plan',
    environment: environment.name,
    asOf: as_of,
    suites: [
      { name: 'plan', cases: [wholeCase(plan)] },
      { name: 'guards', cases: orderedRisks(plan).map(riskCase) },
      { name: 'items', cases: findings.map((finding) => findingCase(finding, folder)) },
      { name: 'held back', cases: held_back.map(heldCase) },
      { name: 'deferred', cases: deferredCases(plan) },
      { name: 'for a person', cases: handoffCases(plan) },
      { name: 'diagnostics', cases: diagnosticCases(diagnostics, findings, folder) },
    ],
  });
}

function wholeCase(plan: Plan): Case {
  const name = 'can be applied';
  const guards = refusingGuards(plan);
  const problem =
    guards.length > 0
      ? `This plan cannot be applied: refused by ${guards.join(', ')}`
      : notApplyableText(plan);
  const output = planLine(plan);
  return problem === ''
    ? { name, state: 'passed', output }
    : { name, state: 'failed', message: problem, output };
}

function riskCase(risk: PlanRisk): Case {
  const { guard, message, addresses, allowed_by } = risk;
  const names = addresses.length === 0 ? [] : [fewNames(addresses)];
  const accept = isRefused(risk) ? [`To accept it: --allow ${guard}`] : [];
  // What is wrong is said as the message of the failure.
  const said = isRefused(risk) ? [] : [`${riskWord(risk)}: ${message}`];
  const allowed = allowed_by === null ? [] : [`Accepted by ${allowed_by}.`];
  return {
    name: guard,
    type: guard,
    ...(isRefused(risk) ? { state: 'failed', message } : { state: 'passed' }),
    output: [...said, ...names, ...accept, ...allowed].join('\n'),
  };
}

export function findingCase(
  { kind, address, source, message, hint, candidates }: PlanFinding,
  folder: string | undefined,
): Case {
  return {
    name: address,
    state: 'failed',
    message,
    type: `item-${kind}`,
    file: pathInRepository(source.file, folder),
    output: [
      `${source.file}:${source.line}:${source.column}`,
      ...(hint === null ? [] : [hint]),
      ...candidates,
    ].join('\n'),
  };
}

function heldCase({ address, verb, reason, until, detail }: PlanHeldBack): Case {
  const time = until === undefined ? [] : [`until ${timeText(until)}`];
  return {
    name: `${address}#${verb}`,
    state: 'skipped',
    message: `held back: ${HELD_WHY[reason]}`,
    type: reason,
    output: [...time, ...(detail === undefined ? [] : [detail])].join('\n'),
  };
}

function deferredCases(plan: Plan): readonly Case[] {
  return deferredGroups(plan).flatMap(({ addresses, verbs, why }) =>
    addresses.map((address): Case => ({ name: `${address}#${verbs}`, state: 'skipped', message: why })),
  );
}

function handoffCases(plan: Plan): readonly Case[] {
  return handoffGroups(plan)
    .flat()
    .map(({ address, verb, emailAddress, handoff }): Case => {
      const who = `who: ${handoff.who.join(', or ')}`;
      const vouched = emailAddress === null ? [] : [`for ${emailAddress}`];
      return {
        name: `${address}#${verb}`,
        state: 'skipped',
        message: `waits for a person: ${HANDOFF_WHY[handoff.why]}`,
        output: [...vouched, who, `where: ${handoff.where}`, handoff.command].join('\n'),
      };
    });
}

/** A warning is no failure; it is told with a case that passed. What findings say is left out. */
function diagnosticCases(
  diagnostics: readonly PlanDiagnostic[],
  findings: readonly PlanFinding[],
  folder: string | undefined,
): readonly Case[] {
  const found = new Set(findings.map(({ address }) => address));
  const own = diagnostics.filter(
    ({ code, address }) =>
      !(/^item-(?:missing|ambiguous)$/u.test(code) && address !== null && found.has(address)),
  );
  return own.map(({ code, severity, address, file, line, column, message, hint }): Case => {
    const place = [file, line, column].filter((part) => part !== null).join(':');
    return {
      name: [code, address ?? place].filter((part) => part !== '').join(' '),
      type: code,
      ...(severity === 'error' ? { state: 'failed', message } : { state: 'passed' }),
      output: [severity === 'error' ? '' : `${severity}: ${message}`, place, hint ?? '']
        .filter((text) => text !== '')
        .join('\n'),
      ...(file === null ? {} : { file: pathInRepository(file, folder) }),
    };
  });
}
