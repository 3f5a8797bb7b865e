/** Whatever the order of rows, items, files, list entries and patterns: equal desired state. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Config, DeclaredResource, DeclaredRule, ListEntry } from '../model/config.ts';
import type { Desired } from '../model/desired.ts';
import type { Observed } from '../model/snapshot.ts';
import {
  at,
  config,
  environment,
  forward,
  mailboxItem,
  namesake,
  profile,
  profileItem,
  queue,
  rule,
  settings,
  snapshot,
  user,
} from '../model/world.test-support.ts';
import { resolve } from './resolve.ts';

const ref = (name: string) => ({ serverProfile: { ref: `profile:${name}` } });
const inFile = (file: string, parts: Partial<DeclaredRule> = {}): Partial<DeclaredRule> => ({
  source: at(1, file, file),
  ...parts,
});

const ROWS: readonly Observed[] = [
  settings({ 'newMailboxes.serverProfile': { ref: 'profile:Old' } }),
  profile('Old'),
  profile('Unused'),
  { ...profile('Twin', { id: 't1' }), address: 'profile:Twin (t1)' },
  { ...profile('Twin', { id: 't2' }), address: 'profile:Twin (t2)' },
  user('alice@contoso.com', { facts: { teams: ['Pilots'], businessUnits: ['Sales', 'Contoso'] } }),
  user('bob@contoso.com', { fields: { approved: 'pending' } }),
  user('carl@other.com', { facts: { licensed: false } }),
  user('dora@contoso.com', { facts: { active: false } }),
  user('left@contoso.com', { facts: { ownerEnabled: false } }),
  namesake(queue('Support', { id: '1' })),
  namesake(queue('Support', { id: '2' })),
  queue('Sales'),
  queue('<Alice>', { facts: { personalQueue: true, emailAddress: null } }),
  forward('Inbound'),
  forward('Gone'),
];

const ITEMS: readonly DeclaredResource[] = [
  mailboxItem('user', 'alice@contoso.com', { ...ref('twin'), ignore: ['incoming'], protect: true }),
  mailboxItem('user', 'carl@other.com', { managed: false }),
  mailboxItem('user', 'gone@contoso.com', { incoming: 'none' }),
  mailboxItem('queue', 'Support', { outgoing: 'none' }, { id: '2' }),
  mailboxItem('queue', 'Sales', { ...ref('Missing') }),
  mailboxItem('forward', 'Post', { renamedFrom: 'Inbound', incoming: 'none' }),
  mailboxItem('forward', 'Gone', { absent: true }),
];

const PROFILES: readonly DeclaredResource[] = [
  profileItem('New', { renamedFrom: 'Old' }),
  profileItem('Unused', { absent: true }),
  profileItem('Twin', { description: 'x' }, { id: 't2' }),
];

const ENTRIES: readonly ListEntry[] = ['alice@contoso.com', 'nobody@contoso.com', 'Sales'].map(
  (text, index) => ({ text, source: at(index + 1, 'list.txt') }),
);

const RULES: readonly DeclaredRule[] = [
  rule('everybody', { applyDefaultEmailSettings: true, approved: true }, inFile('a.yaml')),
  rule(
    'sales',
    { testAndEnable: true },
    inFile('b.yaml', { match: { businessUnit: ['Contoso'], below: true } }),
  ),
  rule('pilots', { incoming: 'none' }, inFile('c.yaml', { match: { team: ['Pilots'] } })),
  rule('listed', { outgoing: 'none' }, inFile('d.yaml', { match: { in: ENTRIES } })),
  rule('idle', { outgoing: 'none' }, inFile('e.yaml', { match: { securityRole: ['Cook'] } })),
];

/** Of two files that agree, either may be named as the source of a value. */
function comparable(desired: Desired): unknown {
  const { resources, withheldApprovals, diagnostics, unreached, ...rest } = desired;
  return {
    ...rest,
    resources: resources.map(({ source, fields, ...resource }) => ({
      ...resource,
      fields: [...fields].map(([key, { value }]) => [key, value]).sort(),
    })),
    withheldApprovals: withheldApprovals.map(({ source, ...withheld }) => withheld),
    diagnostics: diagnostics.map(({ source, ...diagnostic }) => JSON.stringify(diagnostic)).sort(),
    unreached: unreached.map(({ address }) => address),
  };
}

function shuffled<Item>(items: readonly Item[]): fc.Arbitrary<Item[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}

it.each<[string, Config['environment']['mail'], readonly ('teams' | 'securityRoles')[]]>([
  ['no ceiling', null, []],
  ['a ceiling for what is covered', { allow: ['a*', 'b*'], others: 'leave', source: at(3) }, []],
  ['a ceiling for all', { allow: ['alice@*', '*@other.com'], others: 'none', source: at(3) }, []],
  ['teams that cannot be seen', null, ['teams']],
])('order does not matter with %s', (_name, mail, unseen) => {
  const unseenMemberships = unseen.map(
    (membership) => ({ membership, reason: 'read-depth', depth: 'local' }) as const,
  );
  const run = (
    rows: readonly Observed[],
    mailboxes: readonly DeclaredResource[],
    rules: readonly DeclaredRule[],
    profiles: readonly DeclaredResource[],
    allow: readonly string[],
  ): unknown =>
    comparable(
      resolve(
        config({
          environment: environment({ mail: mail === null ? null : { ...mail, allow } }),
          mailboxes,
          rules,
          profiles,
        }),
        snapshot(rows, { unseenMemberships }),
      ),
    );
  const allow = mail?.allow ?? [];
  const plain = run(ROWS, ITEMS, RULES, PROFILES, allow);
  fc.assert(
    fc.property(
      shuffled(ROWS),
      shuffled(ITEMS),
      shuffled(RULES),
      shuffled(PROFILES),
      shuffled(ENTRIES),
      shuffled(allow),
      (rows, items, rules, profiles, entries, patterns) => {
        const listed = rules.map((own) =>
          own.match.in === undefined ? own : { ...own, match: { in: entries } },
        );
        expect(run(rows, items, listed, profiles, patterns)).toEqual(plain);
      },
    ),
    { numRuns: 40 },
  );
});
