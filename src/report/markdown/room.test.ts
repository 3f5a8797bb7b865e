/** Pieces keep to their room, use it, and count what they leave out. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, folded, leftOut, lineList, nameList, section, wholeList } from './blocks.ts';
import { bytes, fixed, type Piece, several, shares, stacked } from './room.ts';

const names = fc.array(
  fc.string({ unit: fc.constantFrom('a', 'é', '窓', '🎉'), minLength: 1, maxLength: 20 }),
  {
    minLength: 1,
    maxLength: 60,
  },
);

const piece: fc.Arbitrary<Piece> = fc.oneof(
  names.map((all) => nameList(all)),
  names.map((all) => lineList(all)),
  names.map((all) => wholeList(all)),
  names.map((all) => section('Title', several(all, fixed, { more: leftOut('names'), gap: '\n' }), 3)),
  names.map((all) => folded('more', stacked(all.map((name) => fixed(name))))),
);

describe('every piece', () => {
  it('keeps to its room, or is as little as it can be', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), fc.nat(4_000), (pieces, room) => {
        const all = stacked(pieces);
        expect(bytes(all.write(room))).toBeLessThanOrEqual(Math.max(room, bytes(all.least)));
      }),
    );
  });

  it('leaves nothing out where there is room for all', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const all = stacked(pieces);
        expect(all.write(bytes(all.full))).toBe(all.full);
      }),
    );
  });
});

describe('shares', () => {
  it.each([
    [100, [10, 200], [1, 1], [10, 90]],
    [100, [200, 200], [1, 1], [50, 50]],
    [100, [200, 200], [3, 1], [75, 25]],
    [100, [10, 20], [1, 1], [10, 20]],
    [0, [10], [1], [0]],
    [-5, [10], [1], [0]],
    [10, [], [], []],
  ])('of %i for %j by %j', (room, wants, weights, given) => {
    expect(shares(room, wants, weights)).toEqual(given);
  });
});

describe('names', () => {
  const twelve = 'abcdefghijkl'.split('').map((letter) => letter.repeat(20));
  const [first, others] = [twelve.slice(0, 5).join(', '), twelve.slice(5)];

  it.each([
    [0, `${first} and 7 more`],
    [190, `${first} and 7 more`],
    [230, `${first}\n\n${fold('7 others', `${others.slice(0, 2).join(', ')} and 5 more`)}`],
    [400, `${first}\n\n${fold('7 others', others.join(', '))}`],
  ])('in %i bytes', (room, text) => {
    expect(nameList(twelve).write(room)).toBe(text);
  });

  it('are all there where folding would save nothing', () => {
    expect(nameList(twelve.slice(0, 6)).least).toBe(twelve.slice(0, 6).join(', '));
  });
});

describe('several', () => {
  const groups = [['a', 'b'], ['c'], ['d', 'e', 'f']];
  const list = several(groups, (group) => fixed(group.join('').padEnd(40, '.')), {
    more: leftOut('letters'),
    gap: '\n',
  });

  it.each([
    [0, '… and 6 more letters'],
    [80, `${'ab'.padEnd(40, '.')}\n\n… and 4 more letters`],
    [110, `${'ab'.padEnd(40, '.')}\n${'c'.padEnd(40, '.')}\n\n… and 3 more letters`],
    [122, list.full],
  ])('in %i bytes', (room, text) => {
    expect(list.write(room)).toBe(text);
  });

  it('shows what is shorter than the words that it is left out', () => {
    expect(several(['a'], fixed, { more: leftOut('letters') }).write(0)).toBe('a');
  });
});
