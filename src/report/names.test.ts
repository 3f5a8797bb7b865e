import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { countFrozen, countResources, nameLines, shortName, subject } from './names.ts';
import type { Style } from './style.ts';

const STYLE: Style = { colors: picocolors.createColors(false), width: 40, unicode: true };
const NAMES = Array.from({ length: 30 }, (_, index) => `person${index}`);

describe('short name', () => {
  it.each([
    ['mailbox:user/alice@contoso.com', 'alice@contoso.com'],
    ['mailbox:queue/Support', 'queue/Support'],
    ['mailbox:forward/In/out', 'forward/In/out'],
    ['profile:Exchange: Online', 'Exchange: Online'],
    ['settings:email', 'settings:email'],
    ['nonsense', 'nonsense'],
  ])('of %s', (address, expected) => {
    expect(shortName(address)).toBe(expected);
  });
});

describe('counted resources', () => {
  const mixed = ['mailbox:queue/A', 'mailbox:user/b@c.com', 'profile:P'];

  it('inflects in running text', () => {
    expect(countResources(mixed)).toBe('2 mailboxes and 1 profile');
  });

  it('never inflects in frozen lines', () => {
    expect(countFrozen(mixed)).toBe('2 mailboxes, 1 profiles');
  });

  it('is the address where there is one', () => {
    expect(subject(['mailbox:queue/A'])).toBe('mailbox:queue/A');
  });
});

describe('name lines', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['none', [], []],
    ['few are all there', ['a', 'queue/Old requests', 'c'], ['  a, queue/Old requests, c']],
    [
      'two lines are still few',
      NAMES.slice(0, 6),
      ['  person0, person1, person2, person3,', '  person4, person5'],
    ],
    ['of many five are named', NAMES, ['  person0, person1, person2, person3,', '  person4 and 25 more']],
    [
      'one that is wider than the line is broken at its spaces',
      ['queue/Requests of all customers of the region, old ones too', 'b c'],
      ['  queue/Requests of all customers of the', '  region, old ones too, b c'],
    ],
    [
      'a very long one of many is cut',
      ['x'.repeat(50), ...NAMES],
      [`  ${'x'.repeat(36)}…,`, '  person0, person1, person2, person3', '  and 26 more'],
    ],
  ])('%s', (_, names, expected) => {
    expect(nameLines(names, 2, STYLE)).toEqual(expected);
  });

  it('lists all when verbose', () => {
    const lines = nameLines(NAMES, 2, { ...STYLE, verbose: true });
    expect(lines.join(' ').split(', ').length).toBe(30);
  });
});
