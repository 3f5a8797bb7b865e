/** What has to be read of a plan before anything else, in order and in words. The same in every format. */

import type { Plan, PlanRisk } from '../model/plan.generated.ts';
import { count } from './text.ts';

/** Guards about mail that stops or is lost, which people notice first. */
const NOTICED_FIRST: readonly string[] = [
  'mail-stops',
  'breaks-working-mailbox',
  'delete-mail',
  'deactivate',
  'delete',
];

/** What is refused before what is allowed, what is only shown last. */
export function orderedRisks({ risks }: Plan): readonly PlanRisk[] {
  return [...risks].sort((a, b) => weight(a) - weight(b));
}

function weight({ guard, severity, allowed_by }: PlanRisk): number {
  const order = NOTICED_FIRST.indexOf(guard);
  const kind = severity === 'notice' ? 2 : allowed_by === null ? 0 : 1;
  return kind * 100 + (order < 0 ? NOTICED_FIRST.length : order);
}

export function isRefused({ severity, allowed_by }: PlanRisk): boolean {
  return severity === 'refuse' && allowed_by === null;
}

export type RiskWord = 'notice' | 'refused' | 'allowed';

export function riskWord(risk: PlanRisk): RiskWord {
  if (risk.severity === 'notice') return 'notice';
  return isRefused(risk) ? 'refused' : 'allowed';
}

/** Why a plan cannot be applied; empty where it can. */
export function notApplyableText({ applyable, risks }: Plan): string {
  if (applyable) return '';
  const why = risks.some(isRefused) ? 'a guard refuses it.' : 'apply will refuse it as a whole.';
  return `This plan cannot be applied: ${why}`;
}

/** What people will notice without a guard having found anything. */
export function noticedTexts({ steps, forecast, handoffs, risks }: Plan): readonly string[] {
  const texts: string[] = [];
  if (forecast.messages > 0 && !risks.some(({ guard }) => guard === 'max-messages')) {
    const sent =
      forecast.messages === 1 ? 'is sent, by a mailbox to itself.' : 'are sent, each by a mailbox to itself.';
    texts.push(`${count(forecast.messages, 'test message')} ${sent}`);
  }
  const underWay = steps.filter(({ under_way }) => under_way === true).length;
  if (underWay > 0) {
    const text = underWay === 1 ? 'is under way and is awaited' : 'are under way and are awaited';
    texts.push(`${count(underWay, 'test')} ${text}, not requested again.`);
  }
  const signIns = handoffs.filter(({ what }) => what === 'sign-in').length;
  const approvals = handoffs.length - signIns;
  if (approvals > 0)
    texts.push(`${count(approvals, 'approval')} ${hasOrHave(approvals)} to be given by a person; see below.`);
  if (signIns > 0)
    texts.push(
      `${count(signIns, 'sign-in')} ${hasOrHave(signIns)} to be made by the mailbox's own user; see below.`,
    );
  return texts;
}

function hasOrHave(number: number): string {
  return number === 1 ? 'has' : 'have';
}
