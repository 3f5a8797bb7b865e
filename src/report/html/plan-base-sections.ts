/** What a request takes back or lets go, compared with the configuration that it is to be merged into. */

import type { Plan, PlanBase } from '../../model/plan.generated.ts';
import { sourcesText } from '../reason-text.ts';
import { valueText } from '../value-text.ts';
import type { Section } from './page-model.ts';
import { badge, declared, fieldDiff, kindText, member, names, text } from './rows.ts';

export function baseSections({ base }: Plan): readonly Section[] {
  return base === undefined ? [] : [releasedSection(base), referenceSection(base), withdrawnSection(base)];
}

function withdrawnSection({ withdrawn }: PlanBase): Section {
  return {
    id: 'withdrawn',
    title: 'Taken back by this request',
    note: 'What the configuration would do without this request, and does not do with it.',
    layout: 'table',
    columns: [
      { title: 'Step', size: 'narrow' },
      { title: 'Resource' },
      { title: 'It would set', size: 'wide' },
    ],
    rows: withdrawn.map(({ verb, address, set }) => ({
      cells: [
        badge(verb, 'quiet'),
        names([member(address)]),
        { is: 'diff', fields: set.map((change) => fieldDiff(change)), lines: [] },
      ],
      facets: { class: verb, state: 'taken back', kind: kindText(address), cause: 'this request' },
    })),
  };
}

function releasedSection({ no_longer_managed }: PlanBase): Section {
  return {
    id: 'no-longer-managed',
    title: 'No longer managed',
    layout: 'table',
    columns: [
      { title: 'Resource' },
      { title: 'Field' },
      { title: 'It stays at' },
      { title: 'Was decided by' },
      { title: 'Is decided by' },
    ],
    rows: no_longer_managed.map(({ address, field, was, now, value }) => ({
      cells: [
        names([member(address)]),
        text(field ?? 'the whole resource'),
        text(field === null ? '' : valueText(value)),
        declared(sourcesText([was])),
        now === null ? text('nobody') : declared(sourcesText([now])),
      ],
      facets: { class: 'no longer managed', kind: kindText(address), cause: 'this request' },
    })),
  };
}

function referenceSection({ secret_references }: PlanBase): Section {
  return {
    id: 'secret-references',
    title: 'Changed references to secrets',
    layout: 'table',
    columns: [{ title: 'Resource' }, { title: 'Reference', size: 'wide' }, { title: 'Declared at' }],
    rows: secret_references.map(({ address, field, from, to, source }) => ({
      cells: [
        names([member(address)]),
        { is: 'diff', fields: [{ field, from: from ?? '(none)', to: to ?? '(none)' }], lines: [] },
        declared(source === null ? '' : sourcesText([source])),
      ],
      facets: { class: 'secret reference', kind: kindText(address), cause: 'this request' },
    })),
  };
}
