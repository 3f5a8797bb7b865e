/** Which command is offered for which drift, and how it is quoted. */

import { describe, expect, it } from 'vitest';
import type { DriftFinding } from '../../model/drift.generated.ts';
import { makeDrift } from '../fixtures/drifts.ts';
import { driftMarkdown } from './drift-markdown.ts';

const ALICE = 'mailbox:user/alice@contoso.com';

function finding(parts: Partial<DriftFinding>): DriftFinding {
  return {
    class: 'configuration',
    subclass: null,
    address: ALICE,
    field: 'outgoing',
    desired: 'server-side-sync',
    actual: 'none',
    since: null,
    by: null,
    source: null,
    severity: 'medium',
    message: null,
    is_new: false,
    ...parts,
  };
}

function commandsOf(...findings: readonly DriftFinding[]): readonly string[] {
  const text = driftMarkdown(makeDrift(findings));
  return [...text.matchAll(/```sh\n([\s\S]*?)\n```/gu)].map(([, command = '']) => command);
}

const TARGET = `mailboxctl apply --env prod --target '${ALICE}'`;

describe('the command', () => {
  it.each<[string, Partial<DriftFinding>, readonly string[]]>([
    ['sets a field back', {}, [TARGET]],
    ['tests again what failed', { class: 'health', subclass: 'failed' }, [`${TARGET} --retest '${ALICE}'`]],
    ['tests what was never tested', { class: 'health', actual: 'not-run' }, [TARGET]],
    ['is none for a test that hangs', { class: 'health', subclass: 'stuck' }, []],
    ['is none for what is held back', { class: 'health', subclass: 'held' }, []],
    [
      'is none for a rejection that is held back',
      {
        class: 'approval',
        field: 'approved',
        desired: 'rejected',
        actual: 'approved',
        held: 'owner-disabled',
      },
      [],
    ],
    ['is none for a joiner whose test is held back', { class: 'new', held: 'not-approved' }, []],
    [
      'tests again what failed not long ago',
      { class: 'health', subclass: 'failed', held: 'failed-recently' },
      [`${TARGET} --retest '${ALICE}'`],
    ],
    [
      'is none for what failed and is disabled since',
      { class: 'health', subclass: 'failed', held: 'owner-disabled' },
      [],
    ],
    [
      'is none for a mailbox that is deactivated',
      { class: 'health', subclass: 'disabled', field: 'state' },
      [],
    ],
    ['approves what was approved', { class: 'approval', field: 'approved', actual: 'pending' }, [TARGET]],
    [
      'is none for an address that nothing vouches for',
      { class: 'approval', field: 'approved', actual: 'pending', severity: 'high' },
      [],
    ],
    [
      'creates a profile',
      { class: 'missing', address: 'profile:POP3' },
      [TARGET.replace(ALICE, 'profile:POP3')],
    ],
    ['is none for a user who is not there', { class: 'missing' }, []],
    ['approves and tests a joiner', { class: 'new' }, [TARGET]],
    ['is none for what nothing covers', { class: 'unmanaged', field: null }, []],
    [
      'takes a star and a quote as they are',
      { address: "mailbox:queue/It's *" },
      ["mailboxctl apply --env prod --target 'mailbox:queue/It'\\''s \\*'"],
    ],
    ['is none for a name that cannot be typed', { address: 'mailbox:queue/a\u202eb' }, []],
  ])('%s', (_, parts, commands) => {
    expect(commandsOf(finding(parts))).toEqual(commands);
  });

  it('is one for all of a group', () => {
    const bob = ALICE.replace('alice', 'bob');
    expect(commandsOf(finding({}), finding({ address: bob }))).toEqual([
      `mailboxctl apply --env prod \\\n  --target '${ALICE}' \\\n  --target '${bob}'`,
    ]);
  });

  it('sets a changed address back together with its approval', () => {
    const approval = { class: 'approval', field: 'approved', actual: 'pending', severity: 'high' } as const;
    const address = { field: 'emailAddress', desired: 'a@contoso.com', actual: 'b@contoso.com' };
    expect(commandsOf(finding(approval), finding(address))).toEqual([TARGET, TARGET]);
  });

  it('is one for all fields of a resource, and so is the item that accepts them', () => {
    const text = driftMarkdown(makeDrift([finding({}), finding({ field: 'incoming' })]));
    expect(commandsOf(finding({}), finding({ field: 'incoming' }))).toEqual([TARGET]);
    expect(text).toContain('- user: alice@contoso.com\n    outgoing: none\n    incoming: none\n');
  });
});

describe('what is said of it', () => {
  const JOINER = { class: 'new', severity: 'low' } as const;

  it.each<[string, readonly Partial<DriftFinding>[], string]>([
    [
      'of a person',
      [{ class: 'approval', field: 'approved', held: 'owner-disabled' }],
      'Enable the user or queue again',
    ],
    [
      'of a joiner',
      [
        { ...JOINER, field: 'approved' },
        { ...JOINER, field: 'tests.incoming' },
      ],
      '<summary>Approve and test<',
    ],
    ['of a joiner who is approved only', [{ ...JOINER, field: 'approved' }], '<summary>Approve<'],
    ['of an edit of a joiner', [JOINER], '<summary>Set up<'],
    [
      'of what nobody tested',
      [{ class: 'health', field: 'tests.incoming', actual: 'not-run' }],
      '<summary>Test<',
    ],
    [
      'of mail that stops',
      [{ actual: 'server-side-sync', desired: 'none' }],
      'it takes `--allow mail-stops`',
    ],
    ['of other fields', [{}], 'unless a guard refuses it'],
  ])('%s', (_, parts, said) => {
    expect(driftMarkdown(makeDrift(parts.map(finding)))).toContain(said);
  });
});
