/** Reports on several environments as people see them. Read the golden files: they are how it looks. */

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { approval, change, makePlan, makeStep } from './fixtures/make-plan.ts';
import { mergedHtml, mergedPage } from './html/merged-html.ts';
import { mergedMarkdown } from './markdown/merged-markdown.ts';
import { problemsOf } from './markdown/read-markdown.test-support.ts';
import { bytes } from './markdown/room.ts';
import {
  crowded,
  hostile,
  merged,
  mixed,
  planIn,
  requested,
  rolledOut,
  thousand,
} from './merged-results.test-support.ts';
import { mergedText } from './text/merged-text.ts';
import { planText } from './text/plan-text.ts';

const STYLE = { colors: picocolors.createColors(false), width: 80, unicode: true };
const REPORTS = [
  ['nothing', merged([])],
  ['rolled-out', rolledOut()],
  ['requested', requested()],
  ['mixed', mixed()],
  ['hostile', hostile()],
  ['thousand', thousand()],
] as const;

it.each([
  ['text', mergedText(rolledOut(), STYLE)],
  ['Markdown', mergedMarkdown(rolledOut())],
  ['HTML', mergedHtml(rolledOut())],
])('as %s names the address that an approval vouches for', (_, report) => {
  expect(/for `?support@contoso\.com/u.test(report)).toBe(true);
});

it('Markdown names each e-mail address that is given access, however little room there is for all else', () => {
  const names = [
    /`support@contoso\.com` for `queue\/Support`/u,
    /`sales@contoso\.com` for .* \(by a person\)/u,
  ];
  for (const budget of [60_000, 2_600]) {
    const markdown = mergedMarkdown(requested(), { budget });
    for (const name of names) expect(markdown).toMatch(name);
  }
});

it('Markdown counts those that have no room, and says so at the top', () => {
  const markdown = mergedMarkdown(crowded());
  const shown = markdown.slice(markdown.indexOf('### Who is'), markdown.indexOf('### To review'));
  const left = [...shown.matchAll(/and ([\d,]+) more/gu)].map(([, number]) =>
    Number(number?.replace(',', '')),
  );
  const named = shown.match(/`[^`]+@[^`]+`/gu)?.length ?? 0;
  expect(left.reduce((sum, number) => sum + number, named)).toBe(4_000);
  expect(markdown.split('\n')[0]).toContain(
    '**Not all e-mail addresses that are given access have room here**',
  );
  expect(bytes(markdown)).toBeLessThanOrEqual(60_000);
});

it.each<[string | null, string]>([
  [null, '(none yet)'],
  ['old@contoso.com', '(ends with the old address)'],
])('an approval behind a new address, where %s was the old one, was %s in all forms', (old, words) => {
  const address = 'mailbox:queue/New';
  const steps = [
    makeStep(address, 'readdress', { set: [change('emailAddress', old, 'new@contoso.com')] }),
    approval(address, 'new@contoso.com', {
      set: [{ field: 'approved', from: { unknown: `${address}#readdress` }, to: 'approved' }],
    }),
  ];
  const report = merged([planIn('prod', steps)]);
  const forms = [mergedText(report, STYLE), mergedHtml(report), planText(makePlan({ steps }), STYLE)];
  for (const form of forms) expect(form).toContain(words);
  expect(mergedMarkdown(report).replaceAll('\\', '')).toContain(`${words} → \`approved\``);
});

it('a page shows nothing before the values of what is created', () => {
  const { sections, tiles } = mergedPage(requested());
  const [created] = sections.find(({ id }) => id === 'groups-plan')?.rows ?? [];
  expect(created?.cells[2]).toEqual({
    is: 'diff',
    fields: [{ field: 'incoming.server', from: null, to: 'imap.partner.example' }],
    lines: [],
  });
  expect(tiles.every(({ value }) => value > 0)).toBe(true);
});

describe.each(REPORTS)('%s', (name, report) => {
  it('as text', async () => {
    await expect(mergedText(report, STYLE)).toMatchFileSnapshot(`golden/merged-${name}.golden.txt`);
  });

  it('as Markdown, whole and of no more bytes than a comment takes', async () => {
    const markdown = mergedMarkdown(report);
    expect(bytes(markdown)).toBeLessThanOrEqual(60_000);
    expect(problemsOf(markdown)).toEqual([]);
    if (name !== 'thousand') await expect(markdown).toMatchFileSnapshot(`golden/merged-${name}.golden.md`);
  });

  it('as a page that carries it, with no markup of others', () => {
    const html = mergedHtml(report);
    expect(html.startsWith('<!doctype html>')).toBe(true);
    expect(html.includes('<img')).toBe(false);
    expect(html.length).toBeLessThan(1_500_000);
  });

  it('as Markdown in little room', () => {
    const markdown = mergedMarkdown(report, { budget: 4_000 });
    expect(bytes(markdown)).toBeLessThanOrEqual(4_000);
    expect(problemsOf(markdown)).toEqual([]);
  });

  it('as text is nowhere wider than the page, but for words and the last line', () => {
    for (const width of [60, 100])
      for (const line of mergedText(report, { ...STYLE, width }).split('\n'))
        if (!line.startsWith('Report: ') && line.trim().includes(' '))
          expect([line, line.length <= width]).toEqual([line, true]);
  });
});
