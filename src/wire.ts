/**
 * The only place that builds adapters: reader, writer, clock and journal for one environment. A verb that reads is
 * given a world without a writer and without secrets.
 */

import { join } from 'node:path';
import { CATALOGUE } from './catalogue/catalogue.ts';
import { createStateReader } from './dataverse/read-environment.ts';
import { createTokenProvider, createTokenSource } from './dataverse/sign-in.ts';
import { createReadTransport, createTransport, type TransportOptions } from './dataverse/transport.ts';
import { parseEnvironmentUrl } from './dataverse/url.ts';
import { createStepWriter } from './dataverse/write-step.ts';
import { JournalFile } from './local/journal-file.ts';
import type { Environment } from './model/config.ts';
import type { Clock, Journal, StateReader, StepWriter } from './model/ports.ts';
import { createSecretResolver, type SecretResolver } from './secrets/secret-resolver.ts';

export interface WorldOptions {
  readonly projectDirectory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Instead of `MAILBOXCTL_TOKEN`. */
  readonly token?: string;
  /** Instead of the global one; an embedded environment uses neither. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Instead of this machine's; an embedded environment has its own. */
  readonly clock?: Clock;
}

export interface ReadingWorld {
  readonly reader: StateReader;
  readonly clock: Clock;
  readonly journal: Journal;
  /** For people: what was noticed while opening. */
  readonly notices: readonly string[];
  readonly close: () => Promise<void>;
}

export interface WritingWorld extends ReadingWorld {
  readonly writer: StepWriter;
  readonly secrets: SecretResolver;
}

interface Service {
  readonly url: string;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly clock: Clock;
  readonly notices: readonly string[];
  readonly close: () => Promise<void>;
}

/** Errors: `ServiceError` where the address or the sign-in is wrong. */
export async function openReading(environment: Environment, options: WorldOptions): Promise<ReadingWorld> {
  const service = await openService(environment, options);
  const transport = createReadTransport(transportOptions(service, environment, options));
  return readingWorld(service, createStateReader(transport, CATALOGUE, service.clock), environment, options);
}

export async function openWriting(environment: Environment, options: WorldOptions): Promise<WritingWorld> {
  const service = await openService(environment, options);
  const transport = createTransport(transportOptions(service, environment, options));
  const secrets = createSecretResolver({
    env: options.env,
    projectDir: options.projectDirectory,
    fetch: (request) => fetch(request),
    vaultToken: createTokenSource({
      auth: environment.auth,
      env: options.env,
      fetch: (request) => fetch(request),
    }),
  });
  return {
    ...readingWorld(service, createStateReader(transport, CATALOGUE, service.clock), environment, options),
    writer: createStepWriter(transport, CATALOGUE, secrets, service.clock),
    secrets,
  };
}

function readingWorld(
  { clock, notices, close }: Service,
  reader: StateReader,
  environment: Environment,
  options: WorldOptions,
): ReadingWorld {
  return {
    reader,
    clock,
    journal: new JournalFile(join(localDirectory(options.projectDirectory, environment.name), 'runs'), clock),
    notices,
    close,
  };
}

/** Whether an address is that of an embedded Dataverse or of this machine, where nobody signs in. Throws `ServiceError`. */
export function isOnThisMachine(url: string): boolean {
  return url === 'emulator' || parseEnvironmentUrl(url).loopback;
}

/** What this machine keeps of an environment. */
export function localDirectory(projectDirectory: string, environment: string): string {
  return join(projectDirectory, '.mailboxctl', environment);
}

async function openService(environment: Environment, options: WorldOptions): Promise<Service> {
  const { url } = environment;
  if (url !== 'emulator') {
    return {
      url,
      fetch: options.fetch ?? ((request) => fetch(request)),
      clock: options.clock ?? systemClock(),
      notices: [],
      close: async () => {},
    };
  }
  // Start-up is part of speed: the embedded Dataverse is loaded only where it is used.
  const { openEmulator } = await import('./emulator/index.ts');
  const emulator = await openEmulator({
    organizationFile: environment.data ?? undefined,
    stateDirectory: join(localDirectory(options.projectDirectory, environment.name), 'emulator'),
  });
  return {
    url: emulator.baseUrl,
    fetch: (request) => emulator.fetch(request),
    clock: {
      now: () => emulator.clock.now(),
      // Nobody waits for an embedded environment: sleeping moves its clock.
      sleep: async (ms) => emulator.clock.advance(ms),
    },
    notices: emulator.notices,
    close: () => emulator.close(),
  };
}

function transportOptions(
  service: Service,
  environment: Environment,
  { env, token }: WorldOptions,
): TransportOptions {
  const url = parseEnvironmentUrl(service.url);
  return {
    url,
    fetch: service.fetch,
    clock: service.clock,
    random: Math.random,
    tokens: createTokenProvider(url, {
      auth: environment.auth,
      env,
      fetch: (request) => fetch(request),
      givenToken: token ?? env.MAILBOXCTL_TOKEN ?? null,
    }),
  };
}

function systemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(done, ms);
        function done(): void {
          clearTimeout(timer);
          signal?.removeEventListener('abort', done);
          resolve();
        }
        if (signal?.aborted === true) done();
        else signal?.addEventListener('abort', done, { once: true });
      }),
  };
}

export interface EmbeddedOptions {
  readonly port: number;
  readonly data?: string;
  readonly generate?: { readonly users: number; readonly queues: number; readonly seed: number };
  readonly latency?: number;
  readonly operationTime?: number;
  readonly workers?: number;
  readonly clockSpeed: number;
}

/** Serves an embedded Dataverse on this machine; nothing of it is kept. */
export async function serveEmbedded(
  options: EmbeddedOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
  const { openEmulator, serveEmulator } = await import('./emulator/index.ts');
  const emulator = await openEmulator({
    organizationFile: options.data,
    generate: options.generate,
    cost: {
      latencyMs: options.latency ?? 0,
      operationMs: options.operationTime ?? 0,
      workers: options.workers ?? 8,
    },
  });
  const served = await serveEmulator(emulator, { port: options.port, clockSpeed: options.clockSpeed });
  return {
    url: served.url,
    close: async () => {
      await served.close();
      await emulator.close();
    },
  };
}

export { newRecord } from './dataverse/record-id.ts';
export { explainAlert } from './dataverse/service-hints.ts';
