/** What guards found, the refused first, and in plain words what the people whose mail it is will notice. */

import type { Plan, PlanRisk, PlanStep } from '../../model/plan.generated.ts';
import { canonical } from '../../model/value.ts';
import { codeLink } from '../code-link.ts';
import { groupBy } from '../group.ts';
import { isOwnAddress, vouchedFor } from '../plan-groups.ts';
import {
  isRefused,
  messagesOfRequest,
  messagesText,
  orderedRisks,
  type RiskWord,
  riskWord,
} from '../plan-notices.ts';
import { sourceText } from '../reason-text.ts';
import { count } from '../text.ts';
import type { Member, Row, Section, Tone } from './page-model.ts';
import { causeOf, causes, OWN, PENDING, withCause } from './plan-change-sections.ts';
import { badge, member, names, text } from './rows.ts';

export function guardSection(plan: Plan): Section {
  const cause = causeOf(plan);
  return {
    id: 'guards',
    title: 'Guards',
    layout: 'list',
    counts: 'rows',
    columns: [
      { title: 'Verdict', size: 'narrow' },
      { title: 'Finding', size: 'wide' },
      { title: 'Concerns' },
    ],
    rows: orderedRisks(plan).map((risk) => withCause(guardRow(risk), cause(risk.addresses))),
  };
}

const VERDICTS: Readonly<Record<RiskWord, Tone>> = { refused: 'bad', allowed: 'warn', notice: 'info' };

function guardRow(risk: PlanRisk): Row {
  const { guard, message, addresses, allowed_by } = risk;
  const word = riskWord(risk);
  const accept = isRefused(risk)
    ? `To accept it: --allow ${guard}`
    : allowed_by === null
      ? null
      : `Accepted by ${allowed_by}.`;
  return {
    cells: [
      badge(word, VERDICTS[word], { extra: guard, href: codeLink(guard) }),
      text(message, accept),
      addresses.length === 0 ? text() : names(addresses.map((address) => member(address))),
    ],
    facets: { class: 'guard', state: word },
  };
}

/** How guards about mail are said to those who do not know our words. */
const NOTICED: readonly (readonly [guard: string, words: string, tone: Tone])[] = [
  ['mail-stops', 'Mail that moves now stops', 'bad'],
  ['breaks-working-mailbox', 'Mailboxes that work now stop working', 'bad'],
  ['delete-mail', 'Mail is deleted from the mailbox after it was processed', 'bad'],
  ['deactivate', 'What is deactivated moves no more mail', 'bad'],
  ['primary-org', 'Mail moves through this environment alone from then on', 'warn'],
  ['older-mail', 'Mail from before is pulled in', 'warn'],
];

const EFFECT = { class: 'what people notice' };

export function noticeSection(plan: Plan): Section {
  return {
    id: 'notice',
    title: 'What people will notice',
    layout: 'list',
    counts: 'rows',
    columns: [{ title: 'What', size: 'wide' }, { title: 'Who' }],
    rows: [
      ...NOTICED.flatMap(([guard, words, tone]) => mailRow(plan, guard, words, tone)),
      ...approvalRows(
        plan,
        'reject',
        'Mail of these e-mail addresses ends: their approval is taken back',
        'bad',
      ),
      ...approvalRows(plan, 'approve', 'Access is granted to the mail of these e-mail addresses', 'warn'),
      ...messageRows(plan),
    ],
  };
}

function mailRow(plan: Plan, guard: string, words: string, tone: Tone): readonly Row[] {
  const found = plan.risks.filter((risk) => risk.guard === guard);
  const addresses = [...new Set(found.flatMap((risk) => risk.addresses))];
  const cause = causeOf(plan);
  return ownFirst(
    groupBy(addresses, (address) => cause([address])),
    (group) => cause(group),
  ).map((group) =>
    noticeRow(
      words,
      tone,
      group.map((address) => member(address)),
      cause(group),
    ),
  );
}

/** What this request does before what was due before it. */
function ownFirst<T>(groups: readonly T[], cause: (group: T) => string): readonly T[] {
  return groups.toSorted((a, b) => Number(cause(a) === PENDING) - Number(cause(b) === PENDING));
}

/** What a rule decides stands together; single items each have their own place. */
function approvalRows(plan: Plan, verb: PlanStep['verb'], words: string, tone: Tone): readonly Row[] {
  const cause = causes(plan);
  const own = plan.steps.filter((step) => step.verb === verb);
  const groups = groupBy(own, (step) => canonical([hasRule(step) ? sourceText([step]) : '', cause([step])]));
  return ownFirst(groups, cause).map((group) =>
    withCause(
      {
        cells: [
          { ...text(words, causeWords(cause(group))), tone },
          // Whoever consents has to see each of them.
          { ...names(group.map(approvalMember)), open: true },
        ],
        facets: EFFECT,
      },
      cause(group),
    ),
  );
}

function causeWords(cause: string): string {
  if (cause === '') return '';
  return cause === PENDING ? 'due before this request' : 'by this request';
}

function hasRule({ because }: PlanStep): boolean {
  return because.some(({ source }) => source?.rule !== undefined);
}

function approvalMember(step: PlanStep): Member {
  const vouched = isOwnAddress(step) ? '' : `for ${vouchedFor(step)}`;
  const person = step.hand_off === true ? 'by a person' : '';
  const note = [vouched, person].filter((part) => part !== '').join(', ');
  return member(step.address, { note, source: sourceText([step]) });
}

function noticeRow(words: string, tone: Tone, members: readonly Member[], cause: string): Row {
  const cells = [{ ...text(words, causeWords(cause)), tone }, names(members)];
  return withCause({ cells, facets: EFFECT }, cause);
}

function messageRows(plan: Plan): readonly Row[] {
  const sent = messagesText(plan);
  const whose = plan.base === undefined ? '' : messagesOfRequest(plan) > 0 ? OWN : PENDING;
  const awaited = plan.steps.filter(({ under_way }) => under_way === true);
  const cause = causes(plan);
  return [
    ...(sent === '' ? [] : [withCause({ cells: [text(sent)], facets: EFFECT }, whose)]),
    ...ownFirst(
      groupBy(awaited, (step) => cause([step])),
      cause,
    ).map((group) => withCause(awaitedRow(group), cause(group))),
  ];
}

function awaitedRow(underWay: readonly PlanStep[]): Row {
  const awaited = underWay.length === 1 ? 'is under way and is awaited' : 'are under way and are awaited';
  return {
    cells: [
      text(`${count(underWay.length, 'test')} ${awaited}, not requested again`),
      names(underWay.map(({ address }) => member(address))),
    ],
    facets: EFFECT,
  };
}
