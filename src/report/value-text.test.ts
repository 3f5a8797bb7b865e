import { describe, expect, it } from 'vitest';
import type { Value } from '../model/value.ts';
import { valueText } from './value-text.ts';

describe('a value', () => {
  it.each<[string, Value, string]>([
    ['nothing', null, '(none)'],
    ['a switch', true, 'true'],
    ['a number', 995, '995'],
    ['text', 'pop3.contoso.com', 'pop3.contoso.com'],
    ['empty text', '', '""'],
    ['text whose spaces would not show', ' Sales', '" Sales"'],
    ['text that looks like one of our own words', '(none)', '"(none)"'],
    ['a reference, by name', { ref: 'profile:Support POP3' }, 'Support POP3'],
    ['a reference that is no address', { ref: 'Support' }, 'Support'],
    [
      'a secret, by reference and reason',
      { secret: 'env:NAME', why: 'not-set' },
      '(env:NAME, because none is set)',
    ],
    ['a secret without a reason', { secret: 'file:/run/secret' }, '(file:/run/secret)'],
    ['a secret that is set', { is_set: true }, '(set)'],
    ['a secret that is not set', { is_set: false }, '(not set)'],
    ['an option that is not known', { unknown: 'option 7' }, '(unknown option 7)'],
    ['what a step leaves open', { unknown: 'mailbox:queue/A#edit' }, '(known after edit)'],
    ['what a new address leaves open', { unknown: '#readdress' }, '(known after its address is set)'],
    [
      'text of several lines, where there is one',
      'Owner: IT\nMail of support\n',
      'Owner: IT Mail of support',
    ],
    [
      'test results',
      { incoming: 'not-run', outgoing: 'success', appointmentsContactsTasks: 'failure' },
      'incoming not run, outgoing success, appointments failure',
    ],
    ['a list', ['a', { ref: 'profile:B' }], 'a, B'],
    ['an empty list', [], '(empty list)'],
  ])('%s', (_, value, expected) => {
    expect(valueText(value)).toBe(expected);
  });
});
