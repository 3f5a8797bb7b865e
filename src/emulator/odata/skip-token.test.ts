import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNextLink, formatSkipToken, parseSkipToken } from './skip-token.ts';

const key = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.string({ unit: 'binary' }));
const token = fc.record({
  page: fc.nat(),
  keys: fc.array(key),
  id: fc.uuid(),
  remaining: fc.option(fc.nat()),
});

describe('a skip token', () => {
  it('survives a URL', () => {
    fc.assert(
      fc.property(token, (given) => {
        const url = new URL(formatNextLink('https://h/mailboxes?$select=name', given));
        expect(parseSkipToken(url.searchParams.get('$skiptoken') ?? '')).toEqual(given);
      }),
    );
  });

  it('is encoded twice, as the service does', () => {
    const text = formatSkipToken({ page: 2, keys: ['a b'], id: 'x', remaining: null });
    expect(text).toBe(
      '%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%255B2%252C%255B%2522a%2520b%2522%255D%252C%2522x%2522%252Cnull%255D%22%20istracking=%22False%22%20/%3E',
    );
  });

  it('fails when a client decodes the link before following it', () => {
    const text = formatSkipToken({ page: 2, keys: ['50% off'], id: 'x', remaining: null });
    expect(() => parseSkipToken(decodeURIComponent(decodeURIComponent(text)))).toThrow(
      'Malformed XML in the Paging Cookie',
    );
  });
});

it.each([
  ['https://h/queues', 'https://h/queues?$skiptoken=T'],
  ['https://h/queues?$select=name&$top=3', 'https://h/queues?$select=name&$top=3&$skiptoken=T'],
  ['https://h/queues?$skiptoken=old&$select=name&', 'https://h/queues?$select=name&$skiptoken=T'],
  ['https://h/queues?%24skiptoken=old', 'https://h/queues?$skiptoken=T'],
])('formatNextLink of %s', (url, expected) => {
  const next = { page: 2, keys: [], id: 'x', remaining: null };
  expect(formatNextLink(url, next)).toBe(expected.replace('T', formatSkipToken(next)));
});
