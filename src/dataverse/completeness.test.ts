import { describe, expect, it } from 'vitest';
import type { RawRow } from '../catalogue/field.ts';
import { notSeenOf } from './completeness.ts';
import { depthsOf, PRIVILEGES, type Privilege } from './privileges.ts';

const NAMES: readonly RawRow[] = PRIVILEGES.map((name) => ({
  name: name.toLowerCase(),
  privilegeid: `ID-${name}`,
}));
const held = (name: Privilege, Depth: unknown): RawRow => ({
  PrivilegeId: `id-${name.toLowerCase()}`,
  Depth,
});
const GLOBAL = PRIVILEGES.map((name) => held(name, 'Global'));
const NO_GAPS = { denied: new Set<Privilege>(), ownerless: false };
const KINDS = ['profile', 'settings', 'mailbox'] as const;

describe('depthsOf', () => {
  it.each([
    ['a name', [held('prvReadQueue', 'Deep')], 'deep'],
    ['a number', [held('prvReadQueue', 0)], 'basic'],
    ['the highest number', [held('prvReadQueue', 3)], 'global'],
    ['the deepest of several', [held('prvReadQueue', 'Local'), held('prvReadQueue', 'Global')], 'global'],
    ['no entry', [held('prvReadUser', 'Global')], 'none'],
    ['a number that is not known', [held('prvReadQueue', 9)], null],
    ['a name that is not known', [held('prvReadQueue', 'RecordFilter')], null],
    ['a list that could not be read', null, null],
  ] satisfies [string, readonly RawRow[] | null, unknown][])('takes %s', (_name, rows, depth) => {
    expect(depthsOf(NAMES, rows).get('prvReadQueue')).toBe(depth);
  });

  it('knows nothing without the names', () => {
    expect(depthsOf(null, GLOBAL).get('prvReadQueue')).toBeNull();
    expect(depthsOf([], GLOBAL).get('prvReadQueue')).toBeNull();
  });
});

describe('notSeenOf', () => {
  const mailbox = (sort: 'user' | 'queue' | 'forward', reason: string, depth: string) => ({
    kind: 'mailbox',
    sort,
    reason,
    depth,
  });

  it('misses nothing with organization-wide read', () => {
    expect(notSeenOf(KINDS, depthsOf(NAMES, GLOBAL), NO_GAPS)).toEqual([]);
  });

  it('is about the kinds that were asked for alone', () => {
    expect(notSeenOf(['profile'], depthsOf(NAMES, []), NO_GAPS)).toEqual([
      { kind: 'profile', sort: null, reason: 'no-privilege', depth: 'none' },
    ]);
  });

  it('counts an unknown depth as incomplete', () => {
    expect(notSeenOf(KINDS, depthsOf(NAMES, null), NO_GAPS)).toEqual([
      { kind: 'profile', sort: null, reason: 'unknown-depth', depth: 'none' },
      { kind: 'settings', sort: null, reason: 'unknown-depth', depth: 'none' },
      mailbox('user', 'unknown-depth', 'none'),
      mailbox('queue', 'unknown-depth', 'none'),
      mailbox('forward', 'unknown-depth', 'none'),
    ]);
  });

  it('believes a refusal more than the privileges', () => {
    const gaps = { ...NO_GAPS, denied: new Set<Privilege>(['prvReadUser']) };
    expect(notSeenOf(KINDS, depthsOf(NAMES, GLOBAL), gaps)).toEqual([
      mailbox('user', 'no-privilege', 'none'),
    ]);
  });

  it('doubts owners when a mailbox has none that can be seen', () => {
    const gaps = { ...NO_GAPS, ownerless: true };
    expect(notSeenOf(KINDS, depthsOf(NAMES, GLOBAL), gaps)).toEqual([
      mailbox('user', 'unknown-depth', 'global'),
      mailbox('queue', 'unknown-depth', 'global'),
    ]);
  });

  it('is not in doubt when hidden users explain it', () => {
    const gaps = { ...NO_GAPS, ownerless: true };
    const rows = [
      ...GLOBAL.filter(({ PrivilegeId }) => PrivilegeId !== 'id-prvreaduser'),
      held('prvReadUser', 'Local'),
    ];
    expect(notSeenOf(KINDS, depthsOf(NAMES, rows), gaps)).toEqual([mailbox('user', 'read-depth', 'local')]);
  });
});
