/** The embedded Dataverse as a subject: everything is given but a sign-in. */

import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { Organization } from '../../src/emulator/organization.ts';
import { serveEmulator } from '../../src/emulator/serve-emulator.ts';
import { switchNames, switchTable } from '../../src/emulator/switches.ts';
import { createClient } from '../../src/emulator/test-client.ts';
import { createOwnRows } from './own-rows.ts';
import type { Need, Subject } from './subject.ts';
import { guardWrites } from './write-guard.ts';

export const ADMIN = 'System Administrator';
export const APPROVER = 'Delegated Mailbox Approver';
const EXCHANGE_ONLINE = 'Microsoft Exchange Online';

/** A little of everything that a case or probe looks at. */
export const ORGANIZATION: Organization = {
  version: 1,
  organizationId: 'd76771b5-0b80-ef11-ac1c-0022482cc906',
  clock: '2026-11-02T08:00:00Z',
  roles: [{ name: 'Mail Clerk', privileges: ['prvReadMailbox:Local', 'prvReadUser'] }],
  callers: [
    { token: 'admin', user: 'admin@contoso.com', roles: [ADMIN, APPROVER] },
    { token: 'second', user: 'second@contoso.com', roles: [ADMIN] },
  ],
  profiles: [{ name: EXCHANGE_ONLINE }, { name: 'Gmail', incomingcredentialretrieval: 5, servertype: 1 }],
  users: [
    { signIn: 'alice@contoso.com', name: 'Alice Berg' },
    { signIn: 'bob@contoso.com', name: 'Bob Costa', works: true },
    { signIn: 'carla@contoso.com', name: 'Carla Dahl' },
  ],
  teams: [{ name: 'Mail room', members: ['admin@contoso.com', 'carla@contoso.com'], roles: ['Mail Clerk'] }],
  queues: [{ name: 'Support', emailAddress: 'support@contoso.com' }],
  forwardMailboxes: [{ name: 'Inbound', emailAddress: 'inbound@contoso.com' }],
  alerts: [
    {
      mailbox: 'Support',
      level: 3,
      text: 'The mailbox @[9606,0b7a2c2e-6f0e-4d53-9f0e-1d1c5a0a0001,"Support"] could not be tested. Email Server Error Code: ExchangeServerNotFound',
    },
  ],
};

/** Every behaviour that no page settles, the other way: what is documented has to hold there as well. */
export const OTHER_WAY: Readonly<Record<string, string>> = Object.fromEntries(
  switchNames().map((name) => {
    const { values, default: usual } = switchTable[name];
    return [name, values.findLast((value) => value !== usual) ?? usual];
  }),
);

const GIVEN: readonly Need[] = [
  'own rows',
  'a named queue',
  'a named user',
  'a test',
  'time',
  'a second caller',
];

export type Pass = (request: Request) => Promise<Response>;

export interface EmulatedOptions {
  readonly organization?: Partial<Organization>;
  /** Who it is that runs the suite; the first caller without one. */
  readonly token?: string;
  /** Stands between: how a service would answer that the embedded one has no switch for. */
  readonly alter?: (request: Request, pass: Pass) => Promise<Response>;
}

export interface Opened {
  readonly subject: Subject;
  /** Deletes what was made; the rows that are still there. */
  readonly close: () => Promise<readonly string[]>;
}

export async function openEmulated(options: EmulatedOptions = {}): Promise<Opened> {
  const emulator = createEmulator({ organization: { ...ORGANIZATION, ...options.organization } });
  return openOn(emulator, emulator.fetch, emulator.baseUrl, options);
}

/** The same behind a socket. */
export async function openServed(): Promise<Opened> {
  const emulator = createEmulator({ organization: ORGANIZATION });
  const served = await serveEmulator(emulator, { port: 0, clockSpeed: 1 });
  const opened = openOn(emulator, fetch, `${served.url}/api/data/v9.2/`, {});
  return {
    ...opened,
    close: async () => {
      const left = await opened.close();
      await served.close();
      return left;
    },
  };
}

function openOn(
  emulator: Emulator,
  direct: Pass,
  baseUrl: string,
  { token, alter }: EmulatedOptions,
): Opened {
  const pass: Pass = alter === undefined ? direct : (request) => alter(request, direct);
  const guard = guardWrites(pass, true);
  const client = createClient(guard.fetch, baseUrl, token);
  const own = createOwnRows(client, guard.writable);
  const subject: Subject = {
    client,
    own,
    given: new Set(GIVEN),
    queue: 'Support',
    user: 'alice@contoso.com',
    other: createClient(guard.fetch, baseUrl, 'second'),
    anonymous: null,
    sleep: async (ms) => emulator.clock.advance(ms),
  };
  return {
    subject,
    close: async () => {
      const left = await own.clear();
      await emulator.close();
      return left;
    },
  };
}
