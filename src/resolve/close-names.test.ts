/** Which names are near enough to one that nothing has. */

import { expect, it } from 'vitest';
import { closeNames } from './close-names.ts';

it.each<[string, string, readonly string[], readonly string[]]>([
  ['nothing', 'Support', [], []],
  ['one letter', 'Suport', ['Support', 'Sales'], ['Support']],
  ['spelling', 'SUPPORT', ['support'], ['support']],
  [
    'the nearest first, three at most',
    'aaaaaaaaaa',
    ['aaaaaaaabb', 'aaaaaaaaab', 'aaaaaaaaac', 'aaaaaaaacc'],
    ['aaaaaaaaab', 'aaaaaaaaac', 'aaaaaaaabb'],
  ],
  ['a slip in a domain', 'alice@contso.com', ['alice@contoso.com'], ['alice@contoso.com']],
  ['another person of a long domain', 'nobody@test.contoso.com', ['bob@test.contoso.com'], []],
  ['a very long name', 'ab', ['x'.repeat(10_000)], []],
])('%s', (_name, wanted, names, expected) =>
  expect(closeNames(wanted, names, (name) => name)).toEqual(expected),
);
