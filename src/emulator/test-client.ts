/** A client for tests: speaks HTTP to an emulator, in process or at a URL, and knows nothing of its inside. */

import { createEmulator, type Emulator } from './emulator.ts';
import type { Organization } from './organization.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export interface Json {
  readonly [key: string]: unknown;
}

/** A body, with the members that tests reach into. */
export interface Body extends Json {
  readonly error?: { readonly code: string; readonly message: string };
  readonly value?: readonly Json[];
  readonly RolePrivileges?: readonly Json[];
  readonly tests?: Readonly<Record<string, number>>;
  readonly '@odata.nextLink'?: string;
}

export interface Client {
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** A row by the value of one column. */
  find(set: string, column: string, value: string): Promise<Json>;
  patch(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  as(token: string): Client;
}

type Fetch = (request: Request) => Promise<Response>;

export function createClient(fetch: Fetch, baseUrl: string, token?: string): Client {
  async function send(
    method: string,
    url: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const type = sent === null ? {} : { 'content-type': 'application/json' };
    const response = await fetch(
      new Request(url, { method, headers: { ...type, ...bearer, ...headers }, body: sent }),
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
  }
  function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return send(method, `${baseUrl}${path}`, body, headers);
  }
  return {
    call,
    get: (path) => call('GET', path),
    async find(set, column, value) {
      const { body } = await call(
        'GET',
        `${set}?$filter=${column} eq '${encodeURIComponent(value.replaceAll("'", "''"))}'`,
      );
      const [row] = body.value ?? [];
      if (row === undefined) throw new Error(`no row of ${set} has ${column} ${value}`);
      return row;
    },
    patch: (path, body, headers = {}) => call('PATCH', path, body, { 'if-match': '*', ...headers }),
    control: (method, path, body) => send(method, new URL(`/_emulator/${path}`, baseUrl).href, body, {}),
    as: (other) => createClient(fetch, baseUrl, other),
  };
}

export const testOrganization: Organization = {
  version: 1,
  organizationId: 'd76771b5-0b80-ef11-ac1c-0022482cc906',
  name: 'Contoso',
  clock: '2026-11-02T08:00:00Z',
  businessUnits: [{ name: 'Sales' }, { name: 'Sales Europe', parent: 'Sales' }, { name: 'Service' }],
  users: [
    { signIn: 'alice@contoso.com', name: 'Alice Berg', businessUnit: 'Sales' },
    { signIn: 'bob@contoso.com', name: 'Bob Costa', businessUnit: 'Sales Europe', works: true },
    { signIn: 'carla@contoso.com', name: 'Carla Dahl', disabled: true, licensed: false },
  ],
  queues: [{ name: 'Support', emailAddress: 'support@contoso.com', businessUnit: 'Service' }],
  forwardMailboxes: [{ name: 'Inbound', emailAddress: 'inbound@contoso.com' }],
};

export interface Opened {
  readonly emulator: Emulator;
  readonly client: Client;
}

/** The test organization with one thing changed. */
export function open(changes: Partial<Organization> = {}): Opened {
  const emulator = createEmulator({ organization: { ...testOrganization, ...changes } });
  return { emulator, client: createClient(emulator.fetch, emulator.baseUrl) };
}
