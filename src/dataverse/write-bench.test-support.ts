/** A step writer over an embedded Dataverse with a few mailboxes, for tests of this folder. */

import type { FaultEntry, Organization } from '../emulator/organization.ts';
import type { PlanFieldChange, PlanStep } from '../model/plan.generated.ts';
import type { Records, Sending, WriteResult } from '../model/ports.ts';
import { NO_MEMBERSHIPS, type Reading } from '../model/snapshot.ts';
import type { Value } from '../model/value.ts';
import { type Emulated, emulated, ORGANIZATION_ID } from './emulated.test-support.ts';
import { newRecord } from './record-id.ts';

export const QUEUE = 'mailbox:queue/Support';
export const ALICE = 'mailbox:user/alice@contoso.com';
export const FORWARD = 'mailbox:forward/Inbound';
export const POP3 = 'profile:Support POP3';
export const EXCHANGE = 'profile:Microsoft Exchange Online';
export const SECRET = 'S3cr"et&/pass';

const CONTOSO: Partial<Organization> = {
  users: [{ signIn: 'alice@contoso.com', name: 'Alice', emailAddress: 'alice@contoso.com' }],
  queues: [{ name: 'Support', emailAddress: 'support@contoso.com' }],
  forwardMailboxes: [{ name: 'Inbound', emailaddress: 'forward@contoso.com' }],
};

function changes(set: Readonly<Record<string, Value>>): readonly PlanFieldChange[] {
  return Object.entries(set).map(([field, to]) => ({ field, from: null, to }));
}

export function step(
  verb: PlanStep['verb'],
  address: string,
  set: Readonly<Record<string, Value>> = {},
): PlanStep {
  return { id: `${address}#${verb}`, verb, address, set: changes(set), after: [], because: [] };
}

export interface Bench extends Emulated {
  readonly records: Records;
  /** Reads the step's resource, then writes the step. */
  readonly write: (step: PlanStep, before?: () => Promise<unknown>) => Promise<WriteResult>;
  readonly read: (address: string) => Promise<Reading>;
  /** Reads the steps' resources one by one, then writes the steps together. */
  readonly writeAll: (
    steps: readonly PlanStep[],
    before?: () => Promise<unknown>,
  ) => Promise<readonly WriteResult[]>;
  /** Columns and conditions of the writes that were sent. */
  readonly writes: () => readonly string[];
}

export async function bench(
  entries: Partial<Organization> = {},
  faults: readonly FaultEntry[] = [],
): Promise<Bench> {
  const secrets = {
    resolve: async (reference: string) => {
      if (reference === 'env:SUPPORT_PASSWORD') return SECRET;
      throw new Error(`${reference}: the environment variable is not set`);
    },
    scrub: (text: string) => text.replaceAll(SECRET, '***'),
  };
  const world = emulated({ ...CONTOSO, ...entries, faults }, { secrets });
  const { reader, writer, emulator } = world;
  const snapshot = await reader.read({
    kinds: ['profile', 'settings', 'mailbox'],
    alerts: false,
    memberships: NO_MEMBERSHIPS,
  });
  const records: Records = {
    ...Object.fromEntries(snapshot.resources.map(({ address, records }) => [address, records])),
    [POP3]: [newRecord(ORGANIZATION_ID, POP3)],
    'mailbox:forward/New': [newRecord(ORGANIZATION_ID, 'mailbox:forward/New')],
  };
  const read = async (address: string): Promise<Reading> => {
    const reading = (await reader.reread({ [address]: records[address] ?? [] })).get(address);
    if (reading === undefined) throw new Error(`No reading of ${address}`);
    return reading;
  };
  return {
    ...world,
    records,
    read,
    write: async (one, before) => {
      const reading = await read(one.address);
      await before?.();
      return only(await writer.write([{ step: one, reading }], records));
    },
    writeAll: async (steps, before) => {
      const sendings: Sending[] = [];
      for (const one of steps) sendings.push({ step: one, reading: await read(one.address) });
      await before?.();
      return writer.write(sendings, records);
    },
    writes: () =>
      emulator.log
        .flatMap((entry) => entry.parts ?? [entry])
        .filter(({ method, path }) => method !== 'GET' && !path.includes('$batch'))
        .map(({ method, path, keys }) =>
          `${method} ${path.replace(/\(.*$/u, '')} ${[...(keys ?? [])].join(' ')}`.trim(),
        ),
  };
}

function only<T>(items: readonly T[]): T {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) throw new Error(`One was asked for, not ${items.length}`);
  return item;
}

export const DONE = { kind: 'done', at: '2026-11-21T09:00:00.000Z' };
