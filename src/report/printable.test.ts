import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { change, makePlan, makeStep } from './fixtures/make-plan.ts';
import { planText } from './plan-text.ts';
import { printable, printableText } from './printable.ts';

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
