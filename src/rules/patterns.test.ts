import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textPattern } from '../model/address.ts';
import { haveCommonText } from './patterns.ts';

describe('haveCommonText', () => {
  it.each([
    [['*@contoso.com', 'alice@*'], true],
    [['*@contoso.com', '*@fabrikam.com'], false],
    [['*@contoso.com', 'Alice@CONTOSO.com'], true],
    [['*', '*@contoso.com', '*@*.com'], true],
    [['a*@x.org', 'b*@x.org', '*'], false],
    [['*a@x.org', 'b*@x.org'], true],
    [['a@x.org', 'a@x.org*'], true],
    [['a\\*b', 'a*b'], true],
    [['a\\*b', 'axb'], false],
    [[''], true],
  ])('%j: %s', (patterns, expected) => {
    expect(haveCommonText(patterns)).toBe(expected);
  });

  it('finds whatever text fits all of them', () => {
    const pattern = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 5 }).map((parts) => parts.join(''));
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), text, (patterns, sample) => {
        fc.pre(patterns.every((each) => textPattern(each)(sample)));
        expect(haveCommonText(patterns)).toBe(true);
      }),
    );
  });
});
