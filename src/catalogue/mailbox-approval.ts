/**
 * The approval of an e-mail address. The service keeps it on the user or queue and on the mailbox; it is written on
 * the user or queue (on the row itself for a forward mailbox) and counts only when both say so.
 */

import type { Value } from '../model/value.ts';
import { decodeChoice, encodeChoice, ownerOrSelf } from './codecs.ts';
import type { Codec } from './field.ts';

const COLUMN = 'emailrouteraccessapproval';
const STATUS = { empty: 0, approved: 1, pending: 2, rejected: 3 } as const;

export const approvalCodec: Codec = {
  columns: { mailbox: [COLUMN], systemuser: [COLUMN], queue: [COLUMN] },
  decode: ({ self, owner }) => {
    const mailbox = decodeChoice(self[COLUMN], STATUS);
    const ownerStatus = owner === null ? mailbox : decodeChoice(owner[COLUMN], STATUS);
    return joined(mailbox, ownerStatus);
  },
  encode: (value, record) => {
    const { on, column } = ownerOrSelf(record, COLUMN, { systemuser: COLUMN, queue: COLUMN });
    return { on, columns: { [column]: encodeChoice(value, STATUS, COLUMN) } };
  },
};

/**
 * Which of the two rows decides is not verified. An approval on the owner that the mailbox does not show cannot be
 * mended by writing it again: it has a status of its own.
 */
function joined(mailbox: Value, owner: Value): Value {
  if (mailbox === owner) return mailbox;
  if (owner === 'approved') return 'approved-on-owner';
  return mailbox === 'approved' ? owner : mailbox;
}
