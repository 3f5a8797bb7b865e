import { createColors } from 'picocolors';
import { expect, it } from 'vitest';
import { hasSeveralLines, textDiff } from './text-diff.ts';

const style = { colors: createColors(false), width: 80, unicode: true };

it.each([
  ['of one line', 'one', false],
  ['of one line that ends with a line break', 'one\n', false],
  ['of two lines', 'one\ntwo', true],
  ['that is no text', null, false],
])('a value %s', (_name, value, several) => {
  expect(hasSeveralLines(value)).toBe(several);
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
