import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './pack.ts';

describe('pack', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const plain = JSON.parse(JSON.stringify(data)) as unknown;
        expect(unpack(pack(plain))).toEqual(plain);
      }),
    );
  });

  it('holds every text once', () => {
    const rows = Array.from({ length: 100 }, () => ({ name: 'somebody with a long name', kind: 'mailbox' }));
    expect(pack(rows).match(/somebody with a long name|mailbox|kind/gu)).toHaveLength(3);
  });

  it('leaves out members that are undefined', () => {
    expect(unpack(pack({ a: undefined, b: [] }))).toEqual({ b: [] });
  });
});
