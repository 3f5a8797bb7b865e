/** A real environment as a subject, as the variables of whoever runs the suite describe it. */

import { createNetwork } from '../../src/dataverse/network.ts';
import { createTokenProvider } from '../../src/dataverse/sign-in.ts';
import { type EnvironmentUrl, parseEnvironmentUrl } from '../../src/dataverse/url.ts';
import { type Client, createClient } from '../../src/emulator/test-client.ts';
import { createOwnRows } from './own-rows.ts';
import type { Need, Subject } from './subject.ts';
import { guardWrites } from './write-guard.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Fetch = (request: Request) => Promise<Response>;

export interface RealEnvironment {
  readonly host: string;
  readonly origin: string;
  readonly subject: Subject;
  /** For a client that is not ours; `null`: requests carry none. */
  readonly token: (() => Promise<string>) | null;
}

/** `null`: none is named. Nothing is written unless `MAILBOXCTL_CONTRACT_WRITES` is 1. */
export function openReal(env: Env): RealEnvironment | null {
  const named = env.MAILBOXCTL_CONTRACT_URL?.trim() ?? '';
  if (named === '') return null;
  const url = parseEnvironmentUrl(named);
  const given = givenBy(env);
  const network = createNetwork(env);
  const token = tokenSource(url, env, network);
  const signedIn = token === null ? network : withToken(network, token);
  const guard = guardWrites(signedIn, given.has('own rows'));
  const client = createClient(guard.fetch, url.api);
  const subject: Subject = {
    client,
    own: createOwnRows(client, guard.writable),
    given,
    queue: env.MAILBOXCTL_CONTRACT_QUEUE ?? null,
    user: env.MAILBOXCTL_CONTRACT_USER ?? null,
    other: otherCaller(url, env, network),
    anonymous: createClient(guardWrites(network, false).fetch, url.api),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  return { host: new URL(url.origin).host, origin: url.origin, subject, token };
}

/** Whoever names a queue or user has to allow writes as well. */
function givenBy(env: Env): ReadonlySet<Need> {
  const writes = env.MAILBOXCTL_CONTRACT_WRITES === '1';
  const asked: readonly (readonly [Need, boolean])[] = [
    ['own rows', writes],
    ['a named queue', writes && isSet(env.MAILBOXCTL_CONTRACT_QUEUE)],
    ['a named user', writes && isSet(env.MAILBOXCTL_CONTRACT_USER)],
    ['a test', writes && env.MAILBOXCTL_CONTRACT_TEST === '1'],
    ['time', env.MAILBOXCTL_CONTRACT_SLOW === '1'],
    ['a second caller', isSet(env.MAILBOXCTL_CONTRACT_TOKEN_2)],
    ['sign-in', !parseEnvironmentUrl(env.MAILBOXCTL_CONTRACT_URL ?? '').loopback],
  ];
  return new Set(asked.filter(([, is]) => is).map(([need]) => need));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}

function tokenSource(url: EnvironmentUrl, env: Env, network: Fetch): RealEnvironment['token'] {
  const tokens = createTokenProvider(url, {
    auth: null,
    env,
    directory: process.cwd(),
    fetch: network,
    givenToken: env.MAILBOXCTL_CONTRACT_TOKEN ?? null,
  });
  return tokens === null ? null : () => tokens.token({ refused: null });
}

function otherCaller(url: EnvironmentUrl, env: Env, network: Fetch): Client | null {
  const token = env.MAILBOXCTL_CONTRACT_TOKEN_2;
  if (token === undefined || !isSet(token)) return null;
  return createClient(
    guardWrites(
      withToken(network, async () => token),
      false,
    ).fetch,
    url.api,
  );
}

function withToken(network: Fetch, token: () => Promise<string>): Fetch {
  return async (request) => {
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${await token()}`);
    return network(new Request(request, { headers }));
  };
}
