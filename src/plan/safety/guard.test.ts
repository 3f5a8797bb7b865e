import { expect, it } from 'vitest';
import { GUARD_NAMES, NOTICE_NAMES } from './guard.ts';
import { GUARDS } from './guards.ts';

it('there is a guard for each name, and those that only notice are known as such', () => {
  expect(GUARDS.map(({ name }) => name).toSorted()).toEqual([...GUARD_NAMES].toSorted());
  const notices = GUARDS.filter(({ severity }) => severity === 'notice').map(({ name }) => name);
  expect(NOTICE_NAMES).toEqual(notices);
});
