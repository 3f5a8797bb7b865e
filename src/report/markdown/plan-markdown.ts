/**
 * A plan for whoever approves it, as a comment on a pull request or a job's summary: the verdict, what people will
 * notice, what waits for a person, what changes and why, what does not, and the command that applies exactly this.
 */

import type { Plan } from '../../model/plan.generated.ts';
import { ofRequest } from '../base-groups.ts';
import { leftLine, planLine, waitingLines } from '../last-lines.ts';
import { basisTexts } from '../plan-basis.ts';
import { isRefused, refusingGuards } from '../plan-notices.ts';
import { printable } from '../printable.ts';
import { count, thousands } from '../text.ts';
import { durationText } from '../time-text.ts';
import { type Access, accessList } from './access-markdown.ts';
import { accepting, applyCommand, command, savedBy } from './commands.ts';
import { code, fence, prose } from './escape.ts';
import { fitReport, isWithin, type Limits, leastBytes } from './fit-report.ts';
import { head } from './head.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { basePieces, effectText, pendingPiece } from './plan-base-markdown.ts';
import { ceilingPiece, changesPiece, testsPiece } from './plan-changes-markdown.ts';
import { deferredPiece, findingsPiece, handoffPiece, heldPiece, notSeenPiece } from './plan-left-markdown.ts';
import { noticePiece, risksPiece } from './plan-notice-markdown.ts';
import { warningsPiece } from './plan-warnings-markdown.ts';
import { BUDGET, bytes, fixed, NOTHING, type Piece } from './room.ts';
import { codeName } from './words.ts';

export function planMarkdown(document: Plan, style: MarkdownStyle = {}): string {
  const plan = printable(document);
  const limits = { budget: style.budget ?? BUDGET, everything: everythingText(plan, style) };
  const others = otherPieces(plan, style);
  const pieces = (first: First): readonly Piece[] => [
    head(verdictText(plan, first.unnamed, style), searchedLines(plan), plan),
    noticePiece(plan, first, style),
    ...others,
  ];
  const access = accessList(plan);
  const all = pieces({ risks: risksPiece(plan), access: fixed(access.full), unnamed: 0 });
  if (isWithin(all, limits)) return fitReport(all, limits);
  return fitReport(pieces(firstFitted(plan, access, pieces, limits)), limits);
}

/** What is fitted before everything else: what guards found, and who is given access. */
interface First {
  readonly risks: Piece;
  readonly access: Piece;
  /** To whom access is given who has no room here. */
  readonly unnamed: number;
}

/** Of the room, what the findings of guards may have before who is given access. */
const RISKS_SHARE = 0.2;
/** For what else changes, where not even all names have room. */
const OTHERS_SHARE = 0.1;

function firstFitted(
  plan: Plan,
  access: Access,
  pieces: (first: First) => readonly Piece[],
  limits: Limits,
): First {
  const { budget } = limits;
  const risks = fixed(risksPiece(plan).write(budget * RISKS_SHARE));
  const around = pieces({ risks, access: NOTHING, unnamed: access.names.length });
  const room = budget - leastBytes(around, limits) - bytes('\n\n');
  if (bytes(access.full) <= room) return { risks, access: fixed(access.full), unnamed: 0 };
  const { text, named } = access.write(room - budget * OTHERS_SHARE);
  return { risks, access: fixed(text), unnamed: access.names.length - named };
}

function otherPieces(plan: Plan, style: MarkdownStyle): readonly Piece[] {
  const request = ofRequest(plan);
  return [
    handoffPiece(plan),
    ...basePieces(plan, style),
    changesPiece(request, style),
    ceilingPiece(request, style),
    testsPiece(request, style),
    pendingPiece(plan, style),
    findingsPiece(plan, style),
    heldPiece(plan),
    deferredPiece(plan),
    notSeenPiece(plan.not_seen),
    warningsPiece(plan, style),
    costPiece(plan, style),
  ];
}

function searchedLines(plan: Plan): readonly string[] {
  return [planLine(plan), ...leftLine(plan), ...waitingLines(plan.handoffs)];
}

function verdictText(plan: Plan, unnamed: number, style: MarkdownStyle): string {
  const basis = basisTexts(plan).map((text) => `**${prose(text)}**`);
  const parts = [stepsText(plan), effectText(plan), guardsText(plan), itemsText(plan), ...basis];
  const verdict = parts.filter((text) => text !== '').join(' ');
  if (unnamed === 0) return verdict;
  const all = `${command('plan', plan.environment.name, style)} --verbose`;
  return `${verdict} **${thousands(unnamed)} of the e-mail addresses that are given access have no room here**; ${code(all)} lists all.`;
}

function stepsText({ steps, summary }: Plan): string {
  if (steps.length === 0) return 'nothing to do.';
  const { add, change, destroy, approve, test } = summary;
  const parts = [
    [add, `${thousands(add)} to add`],
    [change, `${thousands(change)} to change`],
    [destroy, `${thousands(destroy)} to destroy`],
    [approve, count(approve, 'approval')],
    [test, count(test, 'test')],
  ] as const;
  const texts = parts.flatMap(([number, text]) => (number === 0 ? [] : [text]));
  return `${texts.length === 0 ? count(steps.length, 'step') : texts.join(', ')}.`;
}

/** A plan has a few of them; each at most once. */
const GUARDS_NAMED = 20;

function guardsText({ applyable, risks, steps }: Plan): string {
  const refused = guardNames(risks.filter(isRefused));
  const allowed = guardNames(
    risks.filter(({ severity, allowed_by }) => severity === 'refuse' && allowed_by !== null),
  );
  const texts = [
    ...(refused === '' ? [] : [`**Refused by** ${refused}.`]),
    ...(allowed === '' ? [] : [`Allowed: ${allowed}.`]),
    ...(refused === '' && allowed === '' && applyable && steps.length > 0 ? ['No guard refuses it.'] : []),
    ...(refused === '' && !applyable ? ['**It cannot be applied**: apply will refuse it as a whole.'] : []),
  ];
  return texts.join(' ');
}

function guardNames(risks: Plan['risks']): string {
  const names = [...new Set(risks.map(({ guard }) => guard))];
  const rest = names.length - GUARDS_NAMED;
  return names.slice(0, GUARDS_NAMED).map(codeName).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function itemsText({ findings, steps, held_back }: Plan): string {
  const missing = findings.length === 0 ? [] : [`${count(findings.length, 'item')} missing or ambiguous`];
  const held = new Set(held_back.map(({ address }) => address)).size;
  const parts = [...missing, ...(held === 0 || steps.length > 0 ? [] : [`${thousands(held)} held back`])];
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

function costPiece(plan: Plan, style: MarkdownStyle): Piece {
  const { steps, forecast, plan_digest, applyable } = plan;
  if (steps.length === 0) return NOTHING;
  const { seconds, requests, messages } = forecast;
  const cost = `About ${durationText(seconds)}, ${count(requests, 'request')}, ${count(messages, 'test message')}.`;
  if (!applyable) return fixed(`### Applying it\n\n${cost} Digest: ${code(plan_digest)}`);
  const saved = savedBy(style) === '' ? '' : `, which ${code(savedBy(style))} saves`;
  const apply = applyCommand(plan, style);
  const refusing = refusingGuards(plan);
  const exactly = `${cost} Exactly this plan, and no other${saved}:\n\n${fence('sh', [apply])}`;
  const accept =
    refusing.length === 0
      ? ''
      : `\n\nA guard refuses it: this ends with exit code 5. To accept the risks:\n\n${fence('sh', [accepting(apply, refusing)])}`;
  return fixed(`### Applying it\n\n${exactly}${accept}`);
}

function everythingText({ environment }: Plan, style: MarkdownStyle): string {
  return `${code(`${command('plan', environment.name, style)} --verbose`)} lists everything.`;
}
