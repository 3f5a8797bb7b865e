/** What guards found, the refused first, and in plain words what the people whose mail it is will notice. */

import type { Plan, PlanRisk, PlanStep } from '../../model/plan.generated.ts';
import { codeLink } from '../code-link.ts';
import { groupBy } from '../group.ts';
import { isOwnAddress, vouchedFor } from '../plan-groups.ts';
import { isRefused, orderedRisks, type RiskWord, riskWord } from '../plan-notices.ts';
import { sourceText } from '../reason-text.ts';
import { count } from '../text.ts';
import type { Member, Row, Section, Tone } from './page-model.ts';
import { badge, member, names, text } from './rows.ts';

export function guardSection(plan: Plan): Section {
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
    rows: orderedRisks(plan).map(guardRow),
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

const EFFECT = { class: 'effect' };

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

function mailRow({ risks }: Plan, guard: string, words: string, tone: Tone): readonly Row[] {
  const found = risks.filter((risk) => risk.guard === guard);
  const addresses = [...new Set(found.flatMap((risk) => risk.addresses))];
  return addresses.length === 0
    ? []
    : [
        noticeRow(
          words,
          tone,
          addresses.map((address) => member(address)),
        ),
      ];
}

/** What a rule decides stands together; single items each have their own place. */
function approvalRows({ steps }: Plan, verb: PlanStep['verb'], words: string, tone: Tone): readonly Row[] {
  const own = steps.filter((step) => step.verb === verb);
  const groups = groupBy(own, (step) => (hasRule(step) ? sourceText([step]) : ''));
  return groups.map((group) => ({
    cells: [
      { ...text(words), tone },
      // Whoever consents has to see each of them.
      { ...names(group.map(approvalMember)), open: true },
    ],
    facets: EFFECT,
  }));
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

function noticeRow(words: string, tone: Tone, members: readonly Member[]): Row {
  return { cells: [{ ...text(words), tone }, names(members)], facets: EFFECT };
}

function messageRows({ forecast, steps }: Plan): readonly Row[] {
  const sent =
    forecast.messages === 1 ? 'is sent, by a mailbox to itself' : 'are sent, each by a mailbox to itself';
  const underWay = steps.filter(({ under_way }) => under_way === true);
  const awaited = underWay.length === 1 ? 'is under way and is awaited' : 'are under way and are awaited';
  return [
    ...(forecast.messages === 0
      ? []
      : [{ cells: [text(`${count(forecast.messages, 'test message')} ${sent}`)], facets: EFFECT }]),
    ...(underWay.length === 0
      ? []
      : [
          {
            cells: [
              text(`${count(underWay.length, 'test')} ${awaited}, not requested again`),
              names(underWay.map(({ address }) => member(address))),
            ],
            facets: EFFECT,
          },
        ]),
  ];
}
