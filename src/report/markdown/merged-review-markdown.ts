/** What who approves the plans of several environments has to know beside the changes: the same as of a single plan. */

import type {
  Merged,
  MergedAccess,
  MergedLost,
  MergedReview,
  MergedRisk,
} from '../../model/report.generated.ts';
import {
  accessLists,
  type Reviewed,
  requestText,
  reviewedOf,
  stayText,
  warningsOf,
} from '../merged-words.ts';
import { shortName } from '../names.ts';
import { isRefused, riskWord } from '../plan-notices.ts';
import { thousands } from '../text.ts';
import { lineList, nameList, section, wholeList } from './blocks.ts';
import { shellWord } from './commands.ts';
import { code, prose } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { capital, codeName, joined, name, namesOf, places, sentence, subject } from './words.ts';

/** Each e-mail address by its name, none folded; those that have no room are counted. */
export function accessPiece(merged: Merged): Piece {
  const given = reviewedOf(merged).flatMap(({ label, review }) =>
    accessLists(review).map((list) => ({ label, ...list })),
  );
  const list = several(
    given,
    ({ label, title, access }) =>
      stacked([fixed(`**${code(label)}**: ${title}:`), wholeList(access.map(accessName))]),
    {
      more: (addresses) => `… and ${thousands(addresses)} more e-mail addresses that are given access`,
      size: ({ access }) => access.length,
    },
  );
  return section('Who is given access', list, 8);
}

function accessName({ address, email_address, by_person }: MergedAccess): string {
  const own = shortName(address);
  const given = email_address ?? own;
  const whose = given.toLowerCase() === own.toLowerCase() ? '' : ` for ${code(own)}`;
  return `${code(given)}${whose}${by_person ? ' (by a person)' : ''}`;
}

export function reviewPiece(merged: Merged, style: MarkdownStyle): Piece {
  const more = (plans: number): string =>
    `… and ${thousands(plans)} more plans to review, each with a report of its own`;
  const list = several(reviewedOf(merged), (result) => resultPiece(result, style), { more, size: () => 1 });
  return section('To review', list, 6);
}

function resultPiece({ label, file, plan_digest, review }: Reviewed, style: MarkdownStyle): Piece {
  const digest = plan_digest === null ? '' : `Digest: ${code(plan_digest)}`;
  const alone = `Its own report: ${code(`mailboxctl report ${shellWord(file)}`)}`;
  const request = requestText(review);
  return stacked([
    fixed(`**${code(label)}**: ${joined([request, digest, alone], '. ')}`),
    stacked(review.risks.map(riskPiece)),
    stacked(review.no_longer_managed.map((lost) => lostPiece(lost, style))),
    referencesPiece(review, style),
    warningsPiece(review),
  ]);
}

function riskPiece(risk: MergedRisk): Piece {
  const { guard, message, addresses, allowed_by } = risk;
  const accept = isRefused(risk)
    ? `To accept it: ${code(`--allow ${guard}`)}`
    : allowed_by === null
      ? ''
      : `Accepted by ${code(allowed_by)}.`;
  const lead = `${capital(riskWord(risk))} ${codeName(guard)}: ${sentence(prose(message))}`;
  return stacked([fixed(joined([lead, accept], ' ')), nameList(addresses.map(name))]);
}

function lostPiece(lost: MergedLost, style: MarkdownStyle): Piece {
  const { addresses, field, was, now } = lost;
  const what = field === null ? '' : ` ${code(field)}`;
  const decides = now.length === 0 ? '' : `: ${places(now, style)}`;
  const text = `No longer managed: ${subject(addresses)}${what}: ${prose(stayText(lost))}${decides}. It was decided by ${places(was, style)}.`;
  return stacked([fixed(text), namesOf(addresses)]);
}

function referencesPiece({ secret_references }: MergedReview, style: MarkdownStyle): Piece {
  const lines = secret_references.map(({ address, field, from, to, source }) => {
    const where = source === null ? '' : places([source], style);
    const change = `${code(address)} ${code(field)}: ${reference(from)} → ${reference(to)}`;
    return joined([change, where], ', ');
  });
  return lines.length === 0 ? NOTHING : stacked([fixed('Changed secret references:'), lineList(lines)]);
}

function reference(text: string | null): string {
  return text === null ? '(none)' : code(text);
}

function warningsPiece(review: MergedReview): Piece {
  const codes = warningsOf(review).map(([what, number]) => `${codeName(what)} ${thousands(number)}`);
  return codes.length === 0 ? NOTHING : stacked([fixed('Warnings:'), wholeList(codes)], ' ');
}
