/** What has to be read before anything else: what guards found, what people will notice, what cannot be done. */

import type { Plan, PlanRisk } from '../../model/plan.generated.ts';
import { linked } from '../code-link.ts';
import { nameLines, shortName } from '../names.ts';
import { isRefused, notApplyableText, noticedTexts, orderedRisks, riskWord } from '../plan-notices.ts';
import { type Style, signs } from '../style.ts';
import { DETAIL, detail, entry, type Lines, section } from './page.ts';

export function riskSection(plan: Plan, style: Style): Lines {
  const { colors } = style;
  const { bad, attention } = signs(style);
  const impossible = notApplyableText(plan);
  const lines = [
    ...(impossible === '' ? [] : entry(colors.red(bad), impossible, style)),
    ...orderedRisks(plan).flatMap((risk) => riskLines(risk, style)),
    ...noticedTexts(plan).flatMap((text) => entry(colors.yellow(attention), text, style)),
  ];
  return section('Read this first', lines, style);
}

function riskLines(risk: PlanRisk, style: Style): Lines {
  const { guard, message, addresses, allowed_by } = risk;
  const { colors } = style;
  const refused = isRefused(risk);
  const sign = refused ? colors.red(signs(style).bad) : colors.yellow(signs(style).attention);
  const accept = refused
    ? `To accept it: --allow ${guard}`
    : allowed_by === null
      ? ''
      : `Accepted by ${allowed_by}.`;
  return [
    ...entry(sign, `${colors.bold(`${riskWord(risk)} ${linked(guard, style)}`)}  ${message}`, style),
    ...nameLines(addresses.map(shortName), DETAIL, style),
    ...(accept === '' ? [] : detail(accept, style)),
  ];
}
