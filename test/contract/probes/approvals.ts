/** Who approves what, and on which row: tried on a queue or user that somebody named, and put back afterwards. */

import type { Answer, Json } from '../../../src/emulator/test-client.ts';
import { NotTried, namedQueue, namedUser, type OwnedMailbox, type Subject } from '../subject.ts';
import { type Probe, saw } from './probe.ts';

const APPROVED = 1;
const STATUS = 'emailrouteraccessapproval';
const approve: Json = { [STATUS]: APPROVED };

async function statusOf({ client }: Subject, path: string): Promise<unknown> {
  return (await client.get(`${path}?$select=${STATUS}`)).body[STATUS];
}

/** Tries something on an unapproved record, and puts the approval back on both rows. */
async function tried<T>(subject: Subject, record: OwnedMailbox, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    for (const path of [record.owner, record.mailbox]) {
      if ((await statusOf(subject, path)) === record.approval) continue;
      await subject.client.patch(path, { [STATUS]: record.approval });
    }
  }
}

async function approveOn(subject: Subject, record: OwnedMailbox, path: string): Promise<readonly unknown[]> {
  return tried(subject, record, async () => {
    const answer = await subject.client.patch(path, approve);
    if (answer.status === 403) throw new NotTried('the caller may not approve');
    return [await statusOf(subject, record.owner), await statusOf(subject, record.mailbox)];
  });
}

async function approvesFrom(subject: Subject): ReturnType<Probe['observe']> {
  const record = await namedQueue(subject);
  const byMailbox = await approveOn(subject, record, record.mailbox);
  const byOwner = await approveOn(subject, record, record.owner);
  const works = (statuses: readonly unknown[]): boolean => statuses[1] === APPROVED;
  const rows = [...(works(byOwner) ? ['owner'] : []), ...(works(byMailbox) ? ['mailbox'] : [])];
  return saw(
    rows.length === 0 ? 'on neither row' : `on the ${rows.join(' and the ')}`,
    `written on the owner: owner ${byOwner[0]}, mailbox ${byOwner[1]}`,
    `written on the mailbox: owner ${byMailbox[0]}, mailbox ${byMailbox[1]}`,
  );
}

async function approvesAsApplication(subject: Subject): ReturnType<Probe['observe']> {
  const { UserId } = (await subject.client.get('WhoAmI')).body;
  const { applicationid } = (await subject.client.get(`systemusers(${UserId})?$select=applicationid`)).body;
  if (typeof applicationid !== 'string') throw new NotTried('the caller is a person');
  const record = await namedQueue(subject);
  return tried(subject, record, async () => {
    const answer = await subject.client.patch(record.owner, approve);
    const status = await statusOf(subject, record.owner);
    if (answer.status >= 400) return saw('refused', answer.status, answer.body.error?.code);
    return saw(status === APPROVED ? 'approves' : 'refused without a word', answer.status, status);
  });
}

async function approvesBesideOthers(subject: Subject): ReturnType<Probe['observe']> {
  const record = await namedUser(subject);
  const column = 'mobilealertemail';
  const { body } = await subject.client.get(`${record.owner}?$select=${column}`);
  return tried(subject, record, async () => {
    const answer = await subject.client.patch(record.owner, { ...approve, [column]: body[column] });
    if (answer.status >= 400) return saw('refused as a whole', answer.status, answer.body.error?.code);
    if ((await statusOf(subject, record.owner)) === APPROVED) throw new NotTried('the caller may approve');
    return saw('the approval alone is left out', answer.status);
  });
}

const ELSEWHERE = 'moved@mailboxctl-contract.invalid';

async function movesAddress(subject: Subject): ReturnType<Probe['observe']> {
  const { client } = subject;
  const record = await namedQueue(subject);
  const addressOf = async (path: string): Promise<unknown> =>
    (await client.get(`${path}?$select=emailaddress`)).body.emailaddress;
  const move = async (path: string): Promise<readonly [Answer, readonly unknown[]]> => {
    const answer = await client.patch(path, { emailaddress: ELSEWHERE });
    const seen = [await addressOf(record.owner), await addressOf(record.mailbox)];
    await client.patch(record.owner, { emailaddress: record.address });
    return [answer, seen];
  };
  return tried(subject, record, async () => {
    const [, byOwner] = await move(record.owner);
    const [answer, byMailbox] = await move(record.mailbox);
    const follows = byOwner.every((address) => address === ELSEWHERE);
    const through = byMailbox.every((address) => address === ELSEWHERE);
    const onMailbox = answer.status >= 400 ? 'refused' : through ? 'written through' : 'not written through';
    return saw(
      `the mailbox ${follows ? 'follows' : 'does not follow'}; on the mailbox ${onMailbox}`,
      answer.status,
      answer.body.error?.code,
    );
  });
}

export const APPROVAL_PROBES: readonly Probe[] = [
  {
    assumption: 'approval-on-owner',
    needs: ['a named queue'],
    holds: ['on the owner', 'on the owner and the mailbox'],
    observe: approvesFrom,
  },
  {
    assumption: 'application-user-approves',
    needs: ['a named queue'],
    holds: ['approves'],
    observe: approvesAsApplication,
  },
  {
    assumption: 'approval-travels-alone',
    needs: ['a named user'],
    holds: ['refused as a whole'],
    observe: approvesBesideOthers,
  },
  {
    assumption: 'address-on-owner',
    needs: ['a named queue'],
    holds: [
      'the mailbox follows; on the mailbox refused',
      'the mailbox follows; on the mailbox written through',
      'the mailbox follows; on the mailbox not written through',
    ],
    observe: movesAddress,
  },
];
