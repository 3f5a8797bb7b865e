/**
 * The only place that builds adapters: reader, writer, clock and journal for one environment. A verb that reads is
 * given a world without a writer and without secrets.
 */

import { join } from 'node:path';
import { CATALOGUE } from './catalogue/catalogue.ts';
import type { RequestReport } from './dataverse/exchange.ts';
import { createNetwork } from './dataverse/network.ts';
import { createStateReader } from './dataverse/read-environment.ts';
import { openRecording } from './dataverse/recording.ts';
import { createTokenProvider, createTokenSource, describeSignIn } from './dataverse/sign-in.ts';
import { reportingSignIn } from './dataverse/sign-in-report.ts';
import {
  type AwaitedPause,
  createReadTransport,
  createTransport,
  type TransportOptions,
  type Trouble,
} from './dataverse/transport.ts';
import { parseEnvironmentUrl } from './dataverse/url.ts';
import { createStepWriter } from './dataverse/write-step.ts';
import { JournalFile } from './local/journal-file.ts';
import { localDirectory } from './local/local-directory.ts';
import { createSnapshotReader } from './local/snapshot-reader.ts';
import { systemClock } from './local/system-clock.ts';
import type { Environment } from './model/config.ts';
import type { Clock, Journal, StateReader, StepWriter } from './model/ports.ts';
import type { Snapshot } from './model/snapshot.ts';
import { createSecretResolver, type SecretResolver } from './secrets/secret-resolver.ts';
import { createScrubber } from './secrets/secret-text.ts';

export type { RequestReport } from './dataverse/exchange.ts';
export type { AwaitedPause, Trouble } from './dataverse/transport.ts';

export interface WorldOptions {
  readonly projectDirectory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Instead of `MAILBOXCTL_TOKEN`. */
  readonly token?: string;
  /** A file for every request to the environment and its answer, without tokens and secrets. */
  readonly record?: string;
  /** Told of every request to the environment, and of those that sign in. */
  readonly onRequest?: (report: RequestReport) => void;
  /** Told once of each pause that reading waits for, until a writer's listener takes over. */
  readonly onWait?: (pause: AwaitedPause) => void;
  /** Told of reads that are not answered or have to be sent again: the first time, then at most each half minute. */
  readonly onTrouble?: (trouble: Trouble) => void;
  /** Most requests under way at once. */
  readonly parallelism?: number;
  /** Instead of the network; an embedded environment uses neither. */
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

/** Errors: `ServiceError` where the address or the sign-in is wrong; `RecordingError` where `record` is. */
export async function openReading(environment: Environment, options: WorldOptions): Promise<ReadingWorld> {
  const service = await openService(environment, options, (text) => text);
  const transport = createReadTransport(transportOptions(service, environment, options));
  return readingWorld(service, createStateReader(transport, CATALOGUE, service.clock), environment, options);
}

export async function openWriting(environment: Environment, options: WorldOptions): Promise<WritingWorld> {
  const network = createNetwork(options.env);
  const secrets = createSecretResolver({
    env: options.env,
    projectDir: options.projectDirectory,
    fetch: network,
    vaultToken: createTokenSource({
      ...signInOptions(environment, options),
      fetch: reportingSignIn(network, options.onRequest),
    }),
  });
  const service = await openService(environment, options, secrets.scrub);
  const transport = createTransport(transportOptions(service, environment, options));
  return {
    ...readingWorld(service, createStateReader(transport, CATALOGUE, service.clock), environment, options),
    writer: createStepWriter(transport, CATALOGUE, secrets, service.clock),
    secrets,
  };
}

/** A snapshot instead of the environment: no network, no sign-in, nothing that could be written to. */
export function openSnapshot(
  snapshot: Snapshot,
  environment: Environment,
  options: Pick<WorldOptions, 'projectDirectory'>,
): ReadingWorld {
  const service = { clock: systemClock(), notices: [], close: async () => {} };
  return readingWorld(service, createSnapshotReader(snapshot), environment, options);
}

function readingWorld(
  { clock, notices, close }: Pick<Service, 'clock' | 'notices' | 'close'>,
  reader: StateReader,
  environment: Environment,
  options: Pick<WorldOptions, 'projectDirectory'>,
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

/** How requests to an environment are signed in, and what decided it. Throws `ServiceError`. */
export function signInOf(environment: Environment, options: Pick<WorldOptions, 'env' | 'token'>): string {
  const { url, auth } = environment;
  const address = parseEnvironmentUrl(url === 'emulator' ? 'http://emulator.localhost' : url);
  return describeSignIn(address, { auth, env: options.env, givenToken: givenToken(options) });
}

async function openService(
  environment: Environment,
  options: WorldOptions,
  scrub: (text: string) => string,
): Promise<Service> {
  const service = await reachService(environment, options);
  try {
    return options.record === undefined ? service : await recording(service, options.record, scrub);
  } catch (error) {
    await service.close();
    throw error;
  }
}

async function recording(service: Service, path: string, scrub: (text: string) => string): Promise<Service> {
  const tokens = createScrubber();
  const recorder = await openRecording({
    path,
    origin: parseEnvironmentUrl(service.url).origin,
    fetch: service.fetch,
    clock: service.clock,
    scrubber: { learn: tokens.learn, scrub: (text) => tokens.scrub(scrub(text)) },
  });
  return {
    ...service,
    fetch: recorder.fetch,
    close: async () => {
      await service.close();
      await recorder.close();
    },
  };
}

async function reachService(environment: Environment, options: WorldOptions): Promise<Service> {
  const { url } = environment;
  if (url !== 'emulator') {
    return {
      url,
      fetch: options.fetch ?? createNetwork(options.env),
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
      sleep: (ms, signal) => emulator.sleep(ms, signal),
    },
    notices: emulator.notices,
    close: () => emulator.close(),
  };
}

function transportOptions(
  service: Service,
  environment: Environment,
  options: WorldOptions,
): TransportOptions {
  const url = parseEnvironmentUrl(service.url);
  const { onRequest, onWait, onTrouble, parallelism } = options;
  return {
    url,
    fetch: service.fetch,
    clock: service.clock,
    random: Math.random,
    tokens: createTokenProvider(url, {
      ...signInOptions(environment, options),
      fetch: reportingSignIn(createNetwork(options.env), onRequest),
      givenToken: givenToken(options),
    }),
    ...(onRequest === undefined ? {} : { onRequest }),
    ...(onWait === undefined ? {} : { onWait }),
    ...(onTrouble === undefined ? {} : { onTrouble }),
    ...(parallelism === undefined ? {} : { requestsAtOnce: parallelism }),
  };
}

function signInOptions({ auth }: Environment, { env, projectDirectory }: WorldOptions) {
  return { auth, env, directory: projectDirectory } as const;
}

function givenToken({ env, token }: Pick<WorldOptions, 'env' | 'token'>): string | null {
  return token ?? env.MAILBOXCTL_TOKEN ?? null;
}

export interface EmbeddedOptions {
  readonly port: number;
  readonly data?: string;
  readonly generate?: { readonly users: number; readonly queues: number; readonly seed: number };
  readonly latency?: number;
  readonly operationTime?: number;
  readonly operationSpread?: number;
  readonly workers?: number;
  readonly hint?: number;
  readonly https?: boolean;
  readonly clockSpeed: number;
}

export interface Embedded {
  readonly url: string;
  /** File of the certificate to trust; `null` over plain HTTP. */
  readonly certificate: string | null;
  readonly close: () => Promise<void>;
}

/** Operations that the log of a served environment keeps: more than a person reads, less than memory minds. */
const SERVED_LOG = 10_000;

/** Serves an embedded Dataverse on this machine; nothing of it is kept. */
export async function serveEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { makeCertificateFile, openEmulator, serveEmulator } = await import('./emulator/index.ts');
  const emulator = await openEmulator({
    organizationFile: options.data,
    generate: options.generate,
    cost: {
      latencyMs: options.latency,
      operationMs: options.operationTime,
      operationSpread: options.operationSpread,
      workers: options.workers,
    },
    dopHint: options.hint,
    logLimit: SERVED_LOG,
  });
  const certificate = options.https === true ? await makeCertificateFile(Date.now()) : undefined;
  const { port, clockSpeed } = options;
  const served = await serveEmulator(emulator, { port, clockSpeed, certificate });
  return {
    url: served.url,
    certificate: certificate?.file ?? null,
    close: async () => {
      await served.close();
      await emulator.close();
    },
  };
}

export { newRecord } from './dataverse/record-id.ts';
export { explainAlert } from './dataverse/service-hints.ts';
