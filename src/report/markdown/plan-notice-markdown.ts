/** What people will notice of a plan: what guards found, who is given access and from whom it is taken, test messages. */

import type { Plan, PlanRisk, PlanStep } from '../../model/plan.generated.ts';
import { planGroups, vouchedFor } from '../plan-groups.ts';
import { isRefused, noticedTexts, orderedRisks, riskWord } from '../plan-notices.ts';
import { sourcesOf } from '../reason-text.ts';
import { count, thousands } from '../text.ts';
import { leftOut, nameList, section, wholeList } from './blocks.ts';
import { code, prose } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { codeName, joined, name, places, sentence } from './words.ts';

/** `risks` and `access` come fitted: they have the first room of all. */
export function noticePiece(
  plan: Plan,
  { risks, access }: { readonly risks: Piece; readonly access: Piece },
  style: MarkdownStyle,
): Piece {
  const texts = fixed(
    noticedTexts(plan)
      .map((text) => `- ${prose(text)}`)
      .join('\n'),
  );
  const parts = [risks, texts, access, declaredPiece(plan, style), takenPiece(plan, style)];
  return section('What people will notice', stacked(parts), 6);
}

export function risksPiece(plan: Plan): Piece {
  return several(orderedRisks(plan), riskEntry, { more: leftOut('findings of guards') });
}

function riskEntry(risk: PlanRisk): Piece {
  const { guard, message, addresses, allowed_by } = risk;
  const accept = isRefused(risk)
    ? `To accept it: ${code(`--allow ${guard}`)}`
    : allowed_by === null
      ? ''
      : `Accepted by ${code(allowed_by)}.`;
  const text = `**${riskWord(risk)}** ${codeName(guard)}: ${sentence(prose(message))}`;
  return stacked([fixed(joined([text, accept], ' ')), nameList(addresses.map(name))]);
}

/** By what the addresses above are declared. */
function declaredPiece(plan: Plan, style: MarkdownStyle): Piece {
  const steps = plan.steps.filter(({ verb }) => verb === 'approve');
  const text = places(sourcesOf(steps, 'config'), style);
  return text === '' ? NOTHING : fixed(`Declared by ${text}.`);
}

function takenPiece(plan: Plan, style: MarkdownStyle): Piece {
  const rejected = planGroups(plan)
    .approvals.flat()
    .concat(plan.steps.filter(({ hand_off }) => hand_off === true))
    .filter(({ verb }) => verb === 'reject');
  if (rejected.length === 0) return NOTHING;
  const where = places(sourcesOf(rejected, 'config'), style);
  const title = `**Access is taken from ${count(rejected.length, 'e-mail address', 'e-mail addresses')}**${where === '' ? '' : `, ${where}`}:`;
  return stacked([fixed(title), ...takenNames(plan, rejected)], '\n\n', 4);
}

/** Those of this request first, where the plan tells the two apart. */
function takenNames({ base }: Plan, rejected: readonly PlanStep[]): readonly Piece[] {
  const names = (steps: readonly PlanStep[]): Piece =>
    wholeList(steps.map((step) => (vouchedFor(step) === '' ? name(step.address) : code(vouchedFor(step)))));
  if (base === undefined) return [names(rejected)];
  const own = rejected.filter(({ id }) => !base.pending.includes(id));
  const due = rejected.filter(({ id }) => base.pending.includes(id));
  const labelled = (label: string, steps: readonly PlanStep[]): readonly Piece[] =>
    steps.length === 0 ? [] : [fixed(`${label}, ${thousands(steps.length)}:`), names(steps)];
  return [...labelled('By this request', own), ...labelled('Due before it', due)];
}
