/** What who approves the plans of several environments has to know beside the changes. */

import type { Merged, MergedAccess } from '../../model/report.generated.ts';
import {
  accessLists,
  type Reviewed,
  requestText,
  reviewedOf,
  stayText,
  warningsOf,
} from '../merged-words.ts';
import { isRefused, riskWord } from '../plan-notices.ts';
import { sourcesText } from '../reason-text.ts';
import { thousands } from '../text.ts';
import type { Row, Section } from './page-model.ts';
import { badge, declared, member, names, text } from './rows.ts';

export function accessSection(merged: Merged): Section {
  return {
    id: 'access',
    title: 'Who is given access',
    layout: 'table',
    columns: [{ title: 'Environment' }, { title: 'What', size: 'words' }, { title: 'Mailbox' }],
    rows: reviewedOf(merged).flatMap(({ label, review }) =>
      accessLists(review).map(({ title, access }) => ({
        cells: [text(label), text(title), { ...names(access.map(accessMember)), open: true }],
        facets: { result: 'plan' },
      })),
    ),
  };
}

function accessMember({ address, email_address, by_person }: MergedAccess) {
  const given = email_address === null ? '' : `for ${email_address}`;
  return member(address, { note: by_person ? `${given} (by a person)`.trim() : given });
}

export function reviewSection(merged: Merged): Section {
  return {
    id: 'review',
    title: 'To review',
    layout: 'table',
    counts: 'rows',
    columns: [
      { title: 'Environment' },
      { title: 'What', size: 'words' },
      { title: 'Why', size: 'wide' },
      { title: 'Resource' },
      { title: 'Declared', size: 'words' },
    ],
    rows: reviewedOf(merged).flatMap(reviewRows),
  };
}

function reviewRows({ label, file, plan_digest, review }: Reviewed): readonly Row[] {
  const facets = { result: 'plan' };
  const row = (...cells: Row['cells']): Row => ({ cells: [text(label), ...cells], facets });
  const nobody = [text(), text()] as const;
  return [
    row(text('plan'), text(requestText(review), `digest ${plan_digest ?? ''}`, file), ...nobody),
    ...review.risks.map((risk) =>
      row(
        badge(`${riskWord(risk)} ${risk.guard}`, isRefused(risk) ? 'bad' : 'warn'),
        text(risk.message, risk.allowed_by === null ? '' : `accepted by ${risk.allowed_by}`),
        risk.addresses.length === 0 ? text() : names(risk.addresses.map((address) => member(address))),
        text(),
      ),
    ),
    ...review.no_longer_managed.map((lost) =>
      row(
        text('no longer managed', lost.field),
        text(stayText(lost), lost.now.length === 0 ? '' : sourcesText(lost.now)),
        names(lost.addresses.map((address) => member(address))),
        declared(sourcesText(lost.was), 'before'),
      ),
    ),
    ...review.secret_references.map(({ address, field, from, to, source }) =>
      row(
        text('secret reference', field),
        text(`${from ?? '(none)'} → ${to ?? '(none)'}`),
        names([member(address)]),
        source === null ? text() : declared(sourcesText([source])),
      ),
    ),
    ...warningsOf(review).map(([code, number]) =>
      row(text('warnings'), text(`${code} ${thousands(number)}`), ...nobody),
    ),
  ];
}
