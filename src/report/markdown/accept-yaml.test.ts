/** YAML that takes over what is there: it can be pasted, it gives the value back, and it never holds a secret. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CATALOGUE } from '../../catalogue/catalogue.ts';
import type { DriftFinding } from '../../model/drift.generated.ts';
import type { Value } from '../../model/value.ts';
import { acceptLines } from './accept-yaml.ts';
import { hostileName } from './made-plans.test-support.ts';

function finding(address: string, field: string | null, actual: Value): DriftFinding {
  return {
    class: 'configuration',
    subclass: null,
    address,
    field,
    desired: 'something else',
    actual,
    since: null,
    by: null,
    source: null,
    severity: 'medium',
    message: null,
    is_new: false,
  };
}

const ALICE = 'mailbox:user/alice@contoso.com';

describe('what is there', () => {
  it.each<[string, Value, unknown]>([
    [ALICE, 'none', { mailboxes: [{ user: 'alice@contoso.com', outgoing: 'none' }] }],
    ['mailbox:queue/Support', 'none', { mailboxes: [{ queue: 'Support', outgoing: 'none' }] }],
    ['mailbox:forward/In: #1', 'none', { mailboxes: [{ forward: 'In: #1', outgoing: 'none' }] }],
    ['mailbox:queue/yes', 'none', { mailboxes: [{ queue: 'yes', outgoing: 'none' }] }],
    ['mailbox:queue/12', 'none', { mailboxes: [{ queue: '12', outgoing: 'none' }] }],
  ])('outgoing of %s', (address, actual, yaml) => {
    expect(parse(acceptLines([finding(address, 'outgoing', actual)]).join('\n'))).toEqual(yaml);
  });

  it.each<[string, string, Value, unknown]>([
    [
      ALICE,
      'serverProfile',
      { ref: 'profile:Gmail' },
      { mailboxes: [{ user: 'alice@contoso.com', serverProfile: 'Gmail' }] },
    ],
    [ALICE, 'approved', 'pending', { mailboxes: [{ user: 'alice@contoso.com', approved: false }] }],
    ['settings:email', 'onlyApproved.queues', false, { emailSettings: { onlyApproved: { queues: false } } }],
    [
      'profile:Exchange',
      'incoming.port',
      995,
      { serverProfiles: [{ name: 'Exchange', incoming: { port: 995 } }] },
    ],
  ])('%s %s', (address, field, actual, yaml) => {
    expect(parse(acceptLines([finding(address, field, actual)]).join('\n'))).toEqual(yaml);
  });

  it('of many is one list', () => {
    const all = ['alice', 'bob'].map((name) =>
      finding(`mailbox:user/${name}@contoso.com`, 'outgoing', 'none'),
    );
    expect(acceptLines(all)).toEqual([
      'mailboxes:',
      '  - user: alice@contoso.com',
      '    outgoing: none',
      '  - user: bob@contoso.com',
      '    outgoing: none',
    ]);
  });

  it('keeps any name', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const lines = acceptLines([finding(`mailbox:queue/${name}`, 'outgoing', 'none')]);
        expect(parse(lines.join('\n'))).toEqual({ mailboxes: [{ queue: name, outgoing: 'none' }] });
      }),
    );
  });
});

describe('nothing is offered', () => {
  it.each<[string, string, string | null, Value]>([
    ['for an approval: nobody vouches for an address by taking it over', ALICE, 'approved', 'approved'],
    ['for a secret', ALICE, 'credentials.password', { is_set: true }],
    ['for a user name without its password', ALICE, 'credentials.username', 'support'],
    ['for what this version does not know', ALICE, 'outgoing', { unknown: 'option 7' }],
    ['for a value that cannot be declared', ALICE, 'outgoing', 'pigeon'],
    ['for no value', ALICE, 'serverProfile', null],
    ['for what is only observed', ALICE, 'tests.incoming', 'failure'],
    ['for a whole resource', ALICE, null, null],
  ])('%s', (_, address, field, actual) => {
    expect(acceptLines([finding(address, field, actual)])).toEqual([]);
  });

  it('for a field of a secret', () => {
    const secrets = (['profile', 'mailbox', 'settings'] as const).flatMap((kind) =>
      CATALOGUE.rows(kind).filter(({ secretOf }) => secretOf !== undefined),
    );
    expect(secrets.length).toBeGreaterThan(0);
    for (const { kind, key } of secrets) {
      const address = kind === 'mailbox' ? ALICE : `${kind}:x`;
      expect(acceptLines([finding(address, key, 'text')])).toEqual([]);
    }
  });
});
