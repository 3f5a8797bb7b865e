import { createColors } from 'picocolors';
import { expect, it } from 'vitest';
import { isLongText, textDiff } from './text-diff.ts';

const style = { colors: createColors(false), width: 80, unicode: true };
const XML = '<EmailSettings><IncomingEmailDeliveryMethod>2</IncomingEmailDeliveryMethod></EmailSettings>';

it.each([
  ['of one line', 'one', false],
  ['of one line that ends with a line break', 'one\n', false],
  ['of two lines', 'one\ntwo', true],
  ['of many words', 'word '.repeat(30), true],
  ['of XML', XML, true],
  ['of very little XML', '<a>1</a>', false],
  ['that is no text', null, false],
])('a value %s', (_name, value, long) => {
  expect(isLongText(value)).toBe(long);
});

it('shows what changes with its neighbours', () => {
  const before = 'Owner: IT\nMail of support\nUsed by queues\nSee the wiki\n';
  const after = 'Owner: Service desk\nMail of support\nUsed by queues\nSee the wiki\nAsk first\n';
  expect(textDiff(before, after, 4, style)).toEqual([
    '    - Owner: IT',
    '    + Owner: Service desk',
    '      Mail of support',
    '      …',
    '      See the wiki',
    '    + Ask first',
  ]);
});

it('shows a new text whole', () => {
  expect(textDiff(null, 'one\ntwo', 2, style)).toEqual(['  + one', '  + two']);
});

it('compares XML element by element', () => {
  expect(textDiff(XML, XML.replace('>2<', '>1<'), 0, style)).toEqual([
    '  <EmailSettings>',
    '- <IncomingEmailDeliveryMethod>2</IncomingEmailDeliveryMethod>',
    '+ <IncomingEmailDeliveryMethod>1</IncomingEmailDeliveryMethod>',
    '  </EmailSettings>',
  ]);
});

it('compares long prose sentence by sentence, and breaks what is too wide', () => {
  const kept = 'Mail of this queue is read by the service desk of the whole group every working day.';
  const before = `${kept} Ask Ada before you change anything here.`;
  const after = `${kept} Ask Bob before you change anything here.`;
  expect(textDiff(before, after, 2, { ...style, width: 50 })).toEqual([
    '    Mail of this queue is read by the service desk',
    '    of the whole group every working day.',
    '  - Ask Ada before you change anything here.',
    '  + Ask Bob before you change anything here.',
  ]);
});
