/**
 * What cases and probes are run on: one environment with what the runner allows in it. Knows nothing of whether it is
 * the embedded Dataverse or a real one.
 */

import type { Client, Json } from '../../src/emulator/test-client.ts';
import type { OwnRows } from './own-rows.ts';

/** What a case needs besides reading, with how somebody who runs the suite gives it. */
export const NEEDS = {
  'own rows': 'set MAILBOXCTL_CONTRACT_WRITES=1',
  'a named queue': 'set MAILBOXCTL_CONTRACT_QUEUE to the name of an idle, unapproved queue',
  'a named user': 'set MAILBOXCTL_CONTRACT_USER to the sign-in name of a user whose address is not approved',
  'a test': 'set MAILBOXCTL_CONTRACT_TEST=1: tests and enables the named queue, which sends one message',
  time: 'set MAILBOXCTL_CONTRACT_SLOW=1: takes a quarter of an hour',
  'a second caller': 'set MAILBOXCTL_CONTRACT_TOKEN_2 to the token of somebody else',
  'sign-in': 'an environment that refuses who does not sign in',
} as const;

export type Need = keyof typeof NEEDS;

export interface Subject {
  /** Writes nothing but what is its own or lent; see own-rows.ts. */
  readonly client: Client;
  readonly own: OwnRows;
  readonly given: ReadonlySet<Need>;
  readonly queue: string | null;
  readonly user: string | null;
  readonly other: Client | null;
  /** Does not sign in. */
  readonly anonymous: Client | null;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A reason why nothing can be said here, such as a row that the environment does not have. */
export class NotTried extends Error {
  override readonly name = 'NotTried';
}

/** How to give what is missing; `null`: nothing is. */
export function missingNeed(needs: readonly Need[], given: ReadonlySet<Need>): string | null {
  const missing = needs.find((need) => !given.has(need));
  return missing === undefined ? null : NEEDS[missing];
}

/** Rows of the first page. */
export async function rowsOf(client: Client, path: string): Promise<readonly Json[]> {
  const { status, body, text } = await client.get(path);
  if (status === 200 && body.value !== undefined) return body.value;
  throw new Error(`GET ${path} answered ${status}: ${text.slice(0, 300)}`);
}

export async function someRow(client: Client, path: string, what: string): Promise<Json> {
  const [row] = await rowsOf(client, path);
  if (row === undefined) throw new NotTried(`${what} is not here`);
  return row;
}

export interface OwnedMailbox {
  /** Path of the user or queue, and its row. */
  readonly owner: string;
  readonly mailbox: string;
  readonly address: string;
  readonly approval: number;
}

const APPROVED = 1;
/** Of the last test: a direction that passed it moves mail. */
const SUCCESS = 1;
const OWNED = 'emailrouteraccessapproval,_defaultmailbox_value';

/** The named queue. Only an idle one may be written: nothing here may stop mail. */
export async function namedQueue(subject: Subject): Promise<OwnedMailbox> {
  const path = `queues?$select=name,emailaddress,${OWNED}&$filter=name eq '${literal(subject.queue)}'`;
  const row = await someRow(subject.client, path, `queue "${subject.queue}"`);
  return idle(subject, `queues(${row.queueid})`, row, row.emailaddress);
}

export async function namedUser(subject: Subject): Promise<OwnedMailbox> {
  const select = `domainname,internalemailaddress,${OWNED}`;
  const path = `systemusers?$select=${select}&$filter=domainname eq '${literal(subject.user)}'`;
  const row = await someRow(subject.client, path, `user "${subject.user}"`);
  return idle(subject, `systemusers(${row.systemuserid})`, row, row.internalemailaddress);
}

async function idle(subject: Subject, owner: string, row: Json, address: unknown): Promise<OwnedMailbox> {
  const mailbox = `mailboxes(${row._defaultmailbox_value})`;
  const results = 'incomingemailstatus,outgoingemailstatus,actstatus';
  const { body } = await subject.client.get(`${mailbox}?$select=${results}`);
  const works = [body.incomingemailstatus, body.outgoingemailstatus, body.actstatus].includes(SUCCESS);
  if (row.emailrouteraccessapproval === APPROVED || works) {
    throw new NotTried('the named record is approved or moves mail: it is left alone');
  }
  if (typeof address !== 'string') throw new NotTried('the named record has no e-mail address');
  subject.own.lend(owner);
  subject.own.lend(mailbox);
  return { owner, mailbox, address, approval: Number(row.emailrouteraccessapproval) };
}

function literal(text: string | null): string {
  return encodeURIComponent((text ?? '').replaceAll("'", "''"));
}
