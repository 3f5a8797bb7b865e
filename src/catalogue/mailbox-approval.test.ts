/** The approval that a mailbox and its owner say together, and where it is written. */

import { describe, expect, it } from 'vitest';
import type { Value } from '../model/value.ts';
import type { RawRecord } from './field.ts';
import { approvalCodec } from './mailbox-approval.ts';

const [EMPTY, APPROVED, PENDING, REJECTED] = [0, 1, 2, 3];

function record(mailbox: unknown, owner?: unknown): RawRecord {
  const self = { emailrouteraccessapproval: mailbox };
  if (owner === undefined) return { self, owner: null, ownerTable: null };
  return { self, owner: { emailrouteraccessapproval: owner }, ownerTable: 'queue' };
}

describe('what the two rows say', () => {
  it.each<[string, unknown, unknown, Value]>([
    ['both approved', APPROVED, APPROVED, 'approved'],
    ['both pending', PENDING, PENDING, 'pending'],
    ['both empty', EMPTY, EMPTY, 'empty'],
    ['both rejected', REJECTED, REJECTED, 'rejected'],
    ['approved on the owner alone', PENDING, APPROVED, 'approved-on-owner'],
    ['approved on the owner, empty here', EMPTY, APPROVED, 'approved-on-owner'],
    ['approved here alone', APPROVED, PENDING, 'pending'],
    ['approved here, rejected there', APPROVED, REJECTED, 'rejected'],
    ['neither approved, here counts', PENDING, REJECTED, 'pending'],
    ['the owner was not asked', PENDING, null, 'pending'],
    ['approved here, the owner says nothing', APPROVED, null, null],
    ['an option of a later version', 9, 9, { unknown: 'option 9' }],
  ])('%s', (_name, mailbox, owner, expected) => {
    expect(approvalCodec.decode(record(mailbox, owner), () => null)).toEqual(expected);
  });

  it('a forward mailbox has one row', () => {
    expect(approvalCodec.decode(record(PENDING), () => null)).toBe('pending');
  });
});

describe('where it is written', () => {
  it.each<[string, RawRecord, unknown]>([
    ['on the queue', record(2, 2), { on: 'owner', columns: { emailrouteraccessapproval: 1 } }],
    ['on the forward mailbox', record(2), { on: 'self', columns: { emailrouteraccessapproval: 1 } }],
  ])('%s', (_name, of, expected) => expect(approvalCodec.encode?.('approved', of)).toEqual(expected));

  it('takes no status of its own making', () => {
    expect(() => approvalCodec.encode?.('approved-on-owner', record(2, 2))).toThrow(TypeError);
  });
});
