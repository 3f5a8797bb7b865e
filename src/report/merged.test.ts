/** Reports on several environments as people see them. Read the golden files: they are how it looks. */

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { mergedHtml } from './html/merged-html.ts';
import { mergedMarkdown } from './markdown/merged-markdown.ts';
import { problemsOf } from './markdown/read-markdown.test-support.ts';
import { bytes } from './markdown/room.ts';
import { hostile, merged, mixed, rolledOut, thousand } from './merged-results.test-support.ts';
import { mergedText } from './text/merged-text.ts';

const STYLE = { colors: picocolors.createColors(false), width: 80, unicode: true };
const REPORTS = [
  ['nothing', merged([])],
  ['rolled-out', rolledOut()],
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
