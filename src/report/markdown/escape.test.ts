/** Names in Markdown, seen by a parser of somebody else's: they are what they are, and nothing else. */

import fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import { printableText } from '../printable.ts';
import { code, fence, link, prose } from './escape.ts';
import { HOSTILE, hostileName } from './made-plans.test-support.ts';

function inline(markdown: string): readonly Token[] {
  const [paragraph, ...others] = marked.lexer(markdown, { gfm: true });
  expect(others.filter(({ type }) => type !== 'space')).toEqual([]);
  expect(paragraph?.type).toBe('paragraph');
  return (paragraph as Tokens.Paragraph).tokens;
}

/** The text that is read. */
function shown(html: string): string {
  return html
    .replace(/<\/?(code|p)>/gu, '')
    .replace(/&#(\d+);/gu, (_, number: string) => String.fromCodePoint(Number(number)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('a name', () => {
  it('is one code span that shows it', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const html = marked.parse(`x ${code(name)} y`, { gfm: true }) as string;
        expect(html).toMatch(/^<p>x <code>[^<]*<\/code> y<\/p>\n$/u);
        const expected = printableText(name);
        expect(shown(html)).toBe(`x ${expected} y\n`);
      }),
    );
  });

  it('stays within its cell of a table', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const [table] = marked.lexer(`| a | b |\n| --- | --- |\n| ${code(name)} | ${prose(name)} |`, {
          gfm: true,
        });
        expect(table?.type).toBe('table');
        expect((table as Tokens.Table).rows.map((cells) => cells.length)).toEqual([2]);
      }),
    );
  });
});

describe('a sentence', () => {
  it('is a paragraph of words and code spans, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(hostileName, { minLength: 1, maxLength: 4 }), (names) => {
        const text = names.join(' and ');
        fc.pre(printableText(text).trim() !== '');
        const types = new Set(
          inline(prose(text)).map(({ type, raw }) => (/^<\/?code>$/u.test(raw) ? 'text' : type)),
        );
        expect(
          [...types].filter((type) => type !== 'text' && type !== 'codespan' && type !== 'escape'),
        ).toEqual([]);
      }),
    );
  });

  it.each([
    ['The last test failed: "Support".', 'The last test failed: "Support".'],
    ['Close to it: alice@contoso.com.', 'Close to it: `alice@contoso.com`.'],
    ['- not a list', '`-` not a list'],
    ['1. not a list', '`1.` not a list'],
    ['R & D', 'R &amp; D'],
    ['ask (@octocat), please', 'ask (`@octocat`), please'],
    ['see #12, GH-12 and a1b2c3d', 'see `#12`, `GH-12` and `a1b2c3d`'],
    ['at https://evil.example!', 'at `https://evil.example`!'],
    ['costs $5 :tada:', 'costs `$5` `:tada`:'],
    ['a | b', 'a <code>&#124;</code> b'],
  ])('%s', (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });
});

describe('a fence', () => {
  it('ends where it should', () => {
    fc.assert(
      fc.property(fc.array(hostileName, { minLength: 1, maxLength: 5 }), (lines) => {
        const tokens = marked.lexer(`${fence('sh', lines)}\n\nafter`, { gfm: true });
        expect(tokens.map(({ type }) => type).filter((type) => type !== 'space')).toEqual([
          'code',
          'paragraph',
        ]);
        expect((tokens[0] as Tokens.Code).text).toBe(lines.map(printableText).join('\n'));
      }),
    );
  });
});

describe('a link', () => {
  it('is shown, though its label looks like a definition of one', () => {
    const tokens = inline(link(code(']: https://evil.example'), 'https://code.example/'));
    expect(tokens.map(({ type }) => type)).toEqual(['link']);
  });

  it('goes where it should, and nowhere else', () => {
    fc.assert(
      fc.property(hostileName, hostileName, (label, path) => {
        const tokens = inline(link(code(label), `https://code.example/${path}`));
        expect(tokens.map(({ type }) => type)).toEqual(['link']);
        expect((tokens[0] as Tokens.Link).href).toMatch(/^https:\/\/code\.example\/[^\s<>"()]*$/u);
      }),
    );
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    ...HOSTILE.filter((name) => !/^http/iu.test(name)),
  ])('is only made to a page: %s', (url) => {
    expect(link('`x`', url)).toBe('`x`');
  });
});
