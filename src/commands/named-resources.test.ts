/** Which names that options give are known, and what is said of the others. */

import { describe, expect, it } from 'vitest';
import type { Config } from '../model/config.ts';
import type { Observed } from '../model/snapshot.ts';
import {
  config,
  mailboxItem,
  namesake,
  profileItem,
  queue,
  snapshot,
  user,
} from '../model/world.test-support.ts';
import { resolve } from '../resolve/resolve.ts';
import { checkNames } from './named-resources.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const WORLD: readonly Observed[] = [
  user('alice@contoso.com'),
  namesake({ ...queue('Dup'), records: [{ role: 'self', table: 'mailbox', id: ID }] }),
];
const ABSENT: Partial<Config> = {
  profiles: [profileItem('Gone', { absent: true })],
  mailboxes: [mailboxItem('forward', 'Old', { absent: true })],
};

function check(target: readonly string[], parts: Partial<Config> = {}): void {
  const own = config(parts);
  const seen = { config: own, snapshot: snapshot(WORLD), desired: resolve(own, snapshot(WORLD)) };
  checkNames({ target, retest: [], rotate: [] }, seen);
}

describe('--target', () => {
  it.each([
    ['a resource that is there', 'mailbox:user/ALICE@contoso.com', {}],
    ['a profile that is to be absent and is gone', 'profile:Gone', ABSENT],
    ['forward mailboxes that are to be absent and are gone', 'mailbox:forward/*', ABSENT],
    ['one of several of a name', `mailbox:queue/Dup (${ID})`, {}],
  ])('knows %s', (_name, target, parts) => expect(() => check([target], parts)).not.toThrow());

  it.each([
    ['what is not there', 'profile:Gone', {}, 'Write a resource address, such as'],
    [
      'a declared item that is left alone',
      'profile:Gone',
      { profiles: [profileItem('Gone', { managed: false })] },
      'Write a resource address, such as',
    ],
    ['a bare name', 'alice@contoso.com', {}, 'Write the whole address: mailbox:user/alice@contoso.com'],
    ['the name of several', 'mailbox:queue/dup', {}, `Write the whole address: mailbox:queue/Dup (${ID})`],
    ['the bare name of several', 'Dup', {}, `Write the whole address: mailbox:queue/Dup (${ID})`],
    ['the end of a name', 'com', {}, 'Write a resource address, such as'],
  ])('refuses %s', (_name, target, parts, hint) =>
    expect(() => check([target], parts)).toThrow(
      expect.objectContaining({
        message: `--target ${target} fits no resource; nothing was planned`,
        hint: expect.stringContaining(hint),
      }),
    ),
  );
});
