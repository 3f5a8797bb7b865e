import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { change, makePlan, makeStep } from './fixtures/make-plan.ts';
import { printable, printableButPaths, printableText } from './printable.ts';
import { planText } from './text/plan-text.ts';

describe('printable text', () => {
  it.each([
    ['names in any script stay', 'サポート 🎉 Žluťoučký', 'サポート 🎉 Žluťoučký'],
    ['emoji of several code points stay', '👩‍💻', '👩‍💻'],
    ['line breaks become one space', 'one\r\n\ttwo', 'one two'],
    ['escape sequences lose their power', '\u001b[2Kgone', '\\u001b[2Kgone'],
    ['C1 controls too', '\u009b2K', '\\u009b2K'],
    ['invisible characters show', 'a\u200bb\u2060c\ufeffd\u00ade', 'a\\u200bb\\u2060c\\ufeffd\\u00ade'],
    ['half of a pair too', 'a\ud83db', 'a\\ud83db'],
    ['joiners that scripts need stay', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['text cannot be turned around', 'abc\u202egro.evil', 'abc\\u202egro.evil'],
    ['a name at the beginning of a line gives no command', '::error::x', '\\u003a:error::x'],
    ['nor the name of an address', 'profile:::add-mask::x', 'profile:\\u003a:add-mask::x'],
    ['nor in words', 'a ::stop-commands::x', 'a \\u003a:stop-commands::x'],
    ['nor as older logs read them', 'a##[add-mask]b', 'a\\u0023#[add-mask]b'],
    ['nor as Azure Pipelines does', 'a ##vso[task.x]b', 'a \\u0023#vso[task.x]b'],
    ['an IP address stays', 'fe80::abcd ::1', 'fe80::abcd ::1'],
    ['so do other colons and numbers', 'a::b ### #1 # [x]', 'a::b ### #1 # [x]'],
  ])('%s', (_, text, expected) => {
    expect(printableText(text)).toBe(expected);
  });

  it('keeps the lines of values apart, which are compared line by line', () => {
    const document = { name: 'a\nb', set: [{ field: 'x', from: 'one\r\ntwo\u001b', to: { ref: 'c\nd' } }] };
    expect(printable(document)).toEqual({
      name: 'a b',
      set: [{ field: 'x', from: 'one\ntwo\\u001b', to: { ref: 'c d' } }],
    });
  });

  it('leaves the paths of files to formats that escape them, and nothing else', () => {
    const document = { because: [{ source: { file: 'a::b\u001b', rule: '::c' } }], file: { file: '::d' } };
    expect(printableButPaths(document)).toEqual({
      because: [{ source: { file: 'a::b\u001b', rule: '\\u003a:c' } }],
      file: { file: '::d' },
    });
    expect(printable(document).file).toEqual({ file: '\\u003a:d' });
  });

  it('reaches every text of a document and leaves the rest', () => {
    const document = { a: ['\u0007', 1, null], b: { 'c\u0007': true } };
    expect(printable(document)).toEqual({ a: ['\\u0007', 1, null], b: { 'c\\u0007': true } });
  });
});

it('lets no name of a queue redraw the plan', () => {
  const plan = makePlan({
    steps: [
      makeStep('mailbox:queue/\u001b[1A\u001b[2K', 'edit', {
        set: [change('incoming', 'none', '\u001b[8m')],
      }),
    ],
  });
  const text = planText(plan, { colors: picocolors.createColors(false), width: 80, unicode: true });
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});
