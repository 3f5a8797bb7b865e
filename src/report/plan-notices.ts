/** What has to be read of a plan before anything else, in order and in words. The same in every format. */

import type { Plan, PlanRisk } from '../model/plan.generated.ts';
import { sendsMessage } from '../model/sends-message.ts';
import { ofRequest } from './base-groups.ts';
import { count, thousands } from './text.ts';

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

/** Each guard once that refuses a plan. */
export function refusingGuards({ risks }: Plan): readonly string[] {
  return [...new Set(risks.filter(isRefused).map(({ guard }) => guard))];
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

/** How many of the test messages are sent because of this request. */
export function messagesOfRequest(plan: Plan): number {
  return ofRequest(plan).steps.filter((step) => step.hand_off !== true && sendsMessage(step)).length;
}

/** How many test messages are sent, and whose they are; empty where there are none. */
export function messagesText(plan: Plan): string {
  const { messages } = plan.forecast;
  if (messages === 0) return '';
  const sent = messages === 1 ? 'is sent, by a mailbox to itself' : 'are sent, each by a mailbox to itself';
  const own = plan.base === undefined ? '' : `, ${ownMessages(messagesOfRequest(plan), messages)}`;
  return `${count(messages, 'test message')} ${sent}${own}`;
}

function ownMessages(own: number, all: number): string {
  const because = 'because of this request';
  if (all === 1) return own === 0 ? `not ${because}` : because;
  const which = own === 0 ? 'none' : own === all ? 'all' : thousands(own);
  return `${which} of them ${because}`;
}

/** What people will notice without a guard having found anything. */
export function noticedTexts(plan: Plan): readonly string[] {
  const { steps, handoffs, risks, base } = plan;
  const texts: string[] = [];
  const messages = messagesText(plan);
  const isCounted = risks.some(({ guard }) => guard === 'max-messages');
  // The guard counts them, but does not tell whose they are.
  if (messages !== '' && (base !== undefined || !isCounted)) texts.push(`${messages}.`);
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
