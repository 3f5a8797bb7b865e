/** What who approves the plans of several environments has to know beside the changes. */

import type {
  Merged,
  MergedAccess,
  MergedLost,
  MergedReview,
  MergedRisk,
} from '../../model/report.generated.ts';
import { limited } from '../group.ts';
import {
  accessLists,
  type Reviewed,
  requestText,
  reviewedOf,
  stayText,
  warningsOf,
} from '../merged-words.ts';
import { nameLines, shortName, subject } from '../names.ts';
import { riskWord } from '../plan-notices.ts';
import { sourcesText } from '../reason-text.ts';
import { type Style, signs } from '../style.ts';
import { thousands } from '../text.ts';
import { DETAIL, detail, entry, type Lines, more, section } from './page.ts';

/** Each e-mail address by its name, whatever their number: who approves vouches for all of them. */
export function accessSection(merged: Merged, style: Style): Lines {
  const lines = reviewedOf(merged).flatMap(({ label, review }) =>
    accessLists(review).flatMap(({ title, access }) => [
      ...entry(style.colors.bold(`${label}:`), title, style),
      ...nameLines(access.map(accessName), DETAIL, { ...style, verbose: true }),
    ]),
  );
  return section('Who is given access', lines, style);
}

function accessName({ address, email_address, by_person }: MergedAccess): string {
  const own = shortName(address);
  const given = email_address ?? own;
  const whose = given.toLowerCase() === own.toLowerCase() ? '' : ` for ${own}`;
  return `${given}${whose}${by_person ? ' (by a person)' : ''}`;
}

export function reviewSection(merged: Merged, style: Style): Lines {
  const { shown, rest } = limited(reviewedOf(merged), style);
  const lines = shown.flatMap((result) => resultLines(result, style));
  return section('To review', [...lines, ...more(rest.length, 'plans to review', style)], style);
}

function resultLines({ label, file, plan_digest, review }: Reviewed, style: Style): Lines {
  const { colors } = style;
  const codes = warningsOf(review).map(([code, number]) => `${code} ${thousands(number)}`);
  const risks = limited(review.risks, style);
  const lost = limited(review.no_longer_managed, style);
  const references = limited(review.secret_references, style);
  return [
    ...entry(colors.bold(`${label}:`), requestText(review) || `the plan of ${file}`, style),
    ...(plan_digest === null ? [] : detail(colors.dim(plan_digest), style)),
    ...risks.shown.flatMap((risk) => riskLines(risk, style)),
    ...more(risks.rest.length, 'findings of guards', style),
    ...lost.shown.flatMap((one) => lostLines(one, style)),
    ...more(lost.rest.length, 'groups no longer managed', style),
    ...references.shown.flatMap((one) => referenceLines(one, style)),
    ...more(references.rest.length, 'changed secret references', style),
    ...(codes.length === 0 ? [] : detail(`warnings: ${codes.join(', ')}`, style)),
  ];
}

function riskLines(risk: MergedRisk, style: Style): Lines {
  const { guard, message, addresses } = risk;
  return [
    ...detail(`${riskWord(risk)} ${style.colors.bold(guard)}: ${message}`, style),
    ...nameLines(addresses.map(shortName), DETAIL + 2, style),
  ];
}

function lostLines(lost: MergedLost, style: Style): Lines {
  const { addresses, field, was, now } = lost;
  const what = field === null ? '' : ` ${field}`;
  const decides = now.length === 0 ? '' : `: ${sourcesText(now)}`;
  const text = `no longer managed: ${subject(addresses)}${what}, ${stayText(lost)}${decides}`;
  return [
    ...detail(`${text}; was ${sourcesText(was)}`, style),
    ...(addresses.length > 1 ? nameLines(addresses.map(shortName), DETAIL + 2, style) : []),
  ];
}

function referenceLines(
  { address, field, from, to, source }: MergedReview['secret_references'][number],
  style: Style,
): Lines {
  const change = `${from ?? '(none)'} ${signs(style).arrow} ${to ?? '(none)'}`;
  const where = source === null ? '' : style.colors.dim(`  ${sourcesText([source])}`);
  return detail(`secret reference: ${address} ${field}  ${change}${where}`, style);
}
