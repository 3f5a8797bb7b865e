/** What a plan leaves to a person, to a later run, or to nobody, and why. */

import type { Plan, PlanFinding, PlanNotSeen } from '../../model/plan.generated.ts';
import { shortName } from '../names.ts';
import { NOT_SEEN_MEANING, notSeenWhat, notSeenWhy } from '../not-seen-text.ts';
import {
  type Due,
  deferredGroups,
  HANDOFF_WHEN,
  HANDOFF_WHY,
  handoffGroups,
  heldGroups,
  isNamedByAddress,
  type WaitingGroup,
} from '../plan-left-groups.ts';
import { leftOut, nameList, section } from './blocks.ts';
import { code, fence, link, prose } from './escape.ts';
import type { MarkdownStyle } from './markdown-style.ts';
import { fixed, NOTHING, type Piece, several, stacked } from './room.ts';
import { capital, joined, namesOf, places, sentence, subject } from './words.ts';

export function handoffPiece(plan: Plan): Piece {
  const list = several(handoffGroups(plan), handoffEntry, { more: leftOut('to do') });
  return section('For a person to do', list, 6);
}

function handoffEntry(group: readonly Due[]): Piece {
  const [first] = group;
  if (first === undefined) return NOTHING;
  const { handoff, verb } = first;
  const addresses = group.map(({ address }) => address);
  const title = `${subject(addresses, capital(verb))}, ${HANDOFF_WHEN}: ${prose(HANDOFF_WHY[handoff.why])}.`;
  const who = `Who: ${handoff.who.map(prose).join(', or ')}. Where: ${whereText(handoff.where)}. The command:`;
  const names = nameList(group.map(dueName));
  return stacked([fixed(title), names, fixed(who), fixed(fence('sh', [handoff.command]))]);
}

function whereText(where: string): string {
  const [, host] = /^https:\/\/([^/]+)/u.exec(where) ?? [];
  return host === undefined ? prose(where) : link(code(host), where);
}

function dueName(due: Due): string {
  const name = code(shortName(due.address));
  return isNamedByAddress(due) || due.emailAddress === null ? name : `${name} (${code(due.emailAddress)})`;
}

/** `approved`: what a run has approved since. */
export function heldPiece(plan: Plan, approved: readonly string[] = []): Piece {
  return section('Held back', waitingList(heldGroups(plan, approved), 'held back'));
}

export function deferredPiece(plan: Plan): Piece {
  return section('Deferred', waitingList(deferredGroups(plan), 'deferred'));
}

function waitingList(groups: readonly WaitingGroup[], what: string): Piece {
  return several(groups, waitingEntry, { more: leftOut(what), size: ({ addresses }) => addresses.length });
}

function waitingEntry({ addresses, verbs, why, until }: WaitingGroup): Piece {
  const text = joined([prose(why), until], ', ');
  const title = `${subject(addresses, capital(verbs))}: ${sentence(text)}`;
  return stacked([fixed(title), namesOf(addresses)]);
}

export function findingsPiece({ findings }: Plan, style: MarkdownStyle): Piece {
  const more = leftOut('missing or ambiguous');
  const list = several(findings, (finding) => findingEntry(finding, style), { more, gap: '\n' });
  return section('Missing or ambiguous', list, 2);
}

/** Candidates that are named of one item. */
const CANDIDATES_SHOWN = 10;

function findingEntry(finding: PlanFinding, style: MarkdownStyle): Piece {
  const { kind, address, source, message, hint, candidates } = finding;
  const named = candidates.slice(0, CANDIDATES_SHOWN).map(code);
  const rest = candidates.length - named.length;
  const texts = [
    sentence(prose(message)),
    hint === null ? '' : sentence(prose(hint)),
    named.length === 0 ? '' : `Candidates: ${named.join(', ')}${rest > 0 ? ` and ${rest} others` : ''}.`,
    places([source], style),
  ];
  return fixed(`- **${kind}** ${code(address)}: ${joined(texts, ' ')}`);
}

export function notSeenPiece(notSeen: readonly PlanNotSeen[]): Piece {
  if (notSeen.length === 0) return NOTHING;
  const line = (one: PlanNotSeen): Piece => fixed(`- **${notSeenWhat(one)}**: ${notSeenWhy(one)}`);
  const list = several(notSeen, line, { more: leftOut('not seen'), gap: '\n' });
  return section('Not seen', stacked([list, fixed(NOT_SEEN_MEANING)]));
}
