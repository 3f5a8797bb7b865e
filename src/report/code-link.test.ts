/** Links of codes lead somewhere: the page of codes has a heading for each, and terminals get the sequence they know. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { codesPage, EXPLAINED } from '../../schemas/codes.ts';
import { DRIFT_CLASSES } from '../drift/drift.ts';
import { DIAGNOSTIC_CODES } from '../model/diagnostic.ts';
import { OUTCOME_REASONS } from '../model/outcome.ts';
import { GUARD_NAMES } from '../plan/safety/guard.ts';
import { codeLink, linked } from './code-link.ts';
import { exampleDrift } from './fixtures/drifts.ts';
import { examplePlan, richPlan } from './fixtures/plans.ts';
import { exampleProblems } from './fixtures/problems.ts';
import type { Style } from './style.ts';
import { diagnosticsText } from './text/diagnostics-text.ts';
import { driftText } from './text/drift-text.ts';
import { planText } from './text/plan-text.ts';
import { textWidth } from './text.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * As GitHub makes anchors of headings: lower case, punctuation but `-` and `_` left out, spaces become `-`, and a
 * heading that was there before gets a number.
 */
function anchorsOf(markdown: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...markdown.matchAll(/^#{1,6} (.+)$/gmu)].map(([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

const anchors = new Set(anchorsOf(codesPage()));
const anchorOf = (link: string): string => link.slice(link.indexOf('#') + 1);

describe('the page of codes', () => {
  it('has a heading for each code, at which its link arrives', () => {
    expect(EXPLAINED.filter((code) => !anchors.has(anchorOf(codeLink(code))))).toEqual([]);
  });

  it('explains every code of the closed lists', () => {
    const codes = [
      ...DIAGNOSTIC_CODES,
      ...GUARD_NAMES,
      ...OUTCOME_REASONS,
      ...DRIFT_CLASSES.map((name) => `drift-${name}`),
    ];
    expect(codes.filter((code) => !EXPLAINED.includes(code))).toEqual([]);
  });

  it('says of each what it means and what to do, in sentences', () => {
    const paragraphs = codesPage().split(/^### /mu).slice(1);
    expect(paragraphs.length).toBe(EXPLAINED.length);
    for (const paragraph of paragraphs)
      expect(paragraph).toMatch(/^`[a-z0-9-]+`\n\n.+[.)]\n\n\*\*What to do:\*\* .+\.\n/u);
  });

  it('links within itself to headings that there are', () => {
    const links = [...codesPage().matchAll(/\]\(#([^)]+)\)/gu)].map(([, anchor]) => anchor ?? '');
    expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });

  it.each(['.', 'markdown', 'html'])('is where links of the golden outputs lead: %s', (folder) => {
    const directory = `${HERE}${folder}/golden`;
    const dead = readdirSync(directory).flatMap((name) =>
      [...readFileSync(`${directory}/${name}`, 'utf8').matchAll(/codes\.md#([\w%-]+)/gu)]
        .filter(([, anchor = '']) => !anchors.has(anchor))
        .map(([link]) => `${name}: ${link}`),
    );
    expect([...new Set(dead)]).toEqual([]);
  });
});

const PLAIN: Style = { colors: picocolors.createColors(false), width: 80, unicode: true, terminal: true };
const LINKED: Style = { ...PLAIN, links: true };

const LINK = '\u001b]8;;';
const END = '\u001b\\';

/** The text without its links, and where these lead; empty where one ends. */
function taken(page: string): { readonly text: string; readonly targets: readonly string[] } {
  const [first = '', ...rest] = page.split(LINK);
  return {
    text: first + rest.map((part) => part.slice(part.indexOf(END) + END.length)).join(''),
    targets: rest.map((part) => part.slice(0, part.indexOf(END))),
  };
}

describe('on a terminal that follows links', () => {
  it('a code is one, and as wide as its text', () => {
    const text = linked('max-changes', LINKED);
    expect(text).toBe(
      '\u001b]8;;https://github.com/mailboxctl/mailboxctl/blob/main/schemas/codes.md#max-changes\u001b\\max-changes\u001b]8;;\u001b\\',
    );
    expect(textWidth(text)).toBe(11);
  });

  it.each<[string, (style: Style) => string]>([
    ['a plan', (style) => planText(examplePlan(), style)],
    ['a plan with guards', (style) => planText(richPlan(), style)],
    ['drift', (style) => driftText(exampleDrift(), style)],
    ['problems', (style) => diagnosticsText(exampleProblems().diagnostics, style)],
  ])('%s is the same page, every link of which arrives', (_, write) => {
    const { text, targets } = taken(write(LINKED));
    expect(text).toBe(write(PLAIN));
    // Each is opened and closed.
    expect(targets.map((target) => target === '')).toEqual(targets.map((_target, index) => index % 2 === 1));
    const dead = targets.filter((target) => target !== '' && !anchors.has(anchorOf(target)));
    expect(dead).toEqual([]);
    expect(targets.length).toBeGreaterThan(0);
  });
});
