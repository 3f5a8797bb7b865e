/** What has to be read before anything else: what guards found, what people will notice, what cannot be done. */

import type { Plan, PlanRisk } from '../model/plan.generated.ts';
import { nameLines, shortName } from './names.ts';
import { DETAIL, detail, entry, type Lines, section } from './page.ts';
import { type Style, signs } from './style.ts';
import { count } from './text.ts';

/** Guards about mail that stops or is lost, which people notice first. */
const NOTICED_FIRST: readonly string[] = [
  'mail-stops',
  'breaks-working-mailbox',
  'delete-mail',
  'deactivate',
  'delete',
];

export function riskSection(plan: Plan, style: Style): Lines {
  const risks = [...plan.risks].sort((a, b) => weight(a) - weight(b));
  const lines = [
    ...(plan.applyable ? [] : notApplyable(plan, style)),
    ...risks.flatMap((risk) => riskLines(risk, style)),
    ...noticed(plan, style),
  ];
  return section('Read this first', lines, style);
}

function weight({ guard, severity, allowed_by }: PlanRisk): number {
  const order = NOTICED_FIRST.indexOf(guard);
  const kind = severity === 'notice' ? 2 : allowed_by === null ? 0 : 1;
  return kind * 100 + (order < 0 ? NOTICED_FIRST.length : order);
}

function notApplyable(plan: Plan, style: Style): Lines {
  const refused = plan.risks.some(isRefused);
  const why = refused ? 'a guard refuses it.' : 'apply will refuse it as a whole.';
  return entry(style.colors.red(signs(style).bad), `This plan cannot be applied: ${why}`, style);
}

function isRefused({ severity, allowed_by }: PlanRisk): boolean {
  return severity === 'refuse' && allowed_by === null;
}

function riskLines(risk: PlanRisk, style: Style): Lines {
  const { guard, severity, message, addresses, allowed_by } = risk;
  const { colors } = style;
  const refused = isRefused(risk);
  const sign = refused ? colors.red(signs(style).bad) : colors.yellow(signs(style).attention);
  const word = severity === 'notice' ? 'notice' : refused ? 'refused' : 'allowed';
  const accept = refused
    ? `To accept it: --allow ${guard}`
    : allowed_by === null
      ? ''
      : `Accepted by ${allowed_by}.`;
  return [
    ...entry(sign, `${colors.bold(`${word} ${guard}`)}  ${message}`, style),
    ...nameLines(addresses.map(shortName), DETAIL, style),
    ...(accept === '' ? [] : detail(accept, style)),
  ];
}

function hasOrHave(number: number): string {
  return number === 1 ? 'has' : 'have';
}

function noticed({ steps, forecast, handoffs, risks }: Plan, style: Style): Lines {
  const sign = style.colors.yellow(signs(style).attention);
  const lines: string[] = [];
  if (forecast.messages > 0 && !risks.some(({ guard }) => guard === 'max-messages')) {
    const sent =
      forecast.messages === 1 ? 'is sent, by a mailbox to itself.' : 'are sent, each by a mailbox to itself.';
    lines.push(...entry(sign, `${count(forecast.messages, 'test message')} ${sent}`, style));
  }
  const underWay = steps.filter(({ under_way }) => under_way === true).length;
  if (underWay > 0) {
    const text = underWay === 1 ? 'is under way and is awaited' : 'are under way and are awaited';
    lines.push(...entry(sign, `${count(underWay, 'test')} ${text}, not requested again.`, style));
  }
  const signIns = handoffs.filter(({ what }) => what === 'sign-in').length;
  const approvals = handoffs.length - signIns;
  const forPeople = [
    ...(approvals === 0
      ? []
      : [`${count(approvals, 'approval')} ${hasOrHave(approvals)} to be given by a person`]),
    ...(signIns === 0
      ? []
      : [`${count(signIns, 'sign-in')} ${hasOrHave(signIns)} to be made by the mailbox's own user`]),
  ];
  return [...lines, ...forPeople.flatMap((text) => entry(sign, `${text}; see below.`, style))];
}
