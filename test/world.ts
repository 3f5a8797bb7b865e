/**
 * A small world for tests that span folders: an embedded Dataverse, and the verbs of the product run against it in
 * this process, over the same pipeline that the command line uses. Nothing is mocked.
 */

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApplyOptions, type ApplyResult, apply } from '../src/apply/apply.ts';
import { lanesFor } from '../src/apply/lanes.ts';
import { CATALOGUE, type Catalogue } from '../src/catalogue/catalogue.ts';
import { runChecks } from '../src/checks/run-checks.ts';
import { statusDocument } from '../src/commands/status.ts';
import { loadProject, type Project, ROOT_FILE } from '../src/config/load-project.ts';
import { createStateReader } from '../src/dataverse/read-environment.ts';
import { newRecord } from '../src/dataverse/record-id.ts';
import { explainAlert } from '../src/dataverse/service-hints.ts';
import { createTransport } from '../src/dataverse/transport.ts';
import { parseEnvironmentUrl } from '../src/dataverse/url.ts';
import { createStepWriter } from '../src/dataverse/write-step.ts';
import { asIfUnapproved } from '../src/doctor/approvals.ts';
import { examine } from '../src/doctor/examine.ts';
import { COUNTING_CLASSES } from '../src/drift/drift.ts';
import {
  createEmulator,
  type Emulator,
  type MailboxLinks,
  type Organization,
  parseOrganization,
} from '../src/emulator/index.ts';
import type { TrafficReport } from '../src/emulator/traffic.ts';
import { configDigest, sha256 } from '../src/local/digest.ts';
import { JournalFile } from '../src/local/journal-file.ts';
import type { Config } from '../src/model/config.ts';
import type { Diagnostic } from '../src/model/diagnostic.ts';
import type { Doctor } from '../src/model/doctor.generated.ts';
import type { Drift } from '../src/model/drift.generated.ts';
import type { JournalEvent } from '../src/model/events.generated.ts';
import type { Plan } from '../src/model/plan.generated.ts';
import type { Clock, StateReader, StepWriter } from '../src/model/ports.ts';
import type { Caller } from '../src/model/snapshot.ts';
import type { Status } from '../src/model/status.generated.ts';
import { detectDrift, plan as makePlan, type Seen, see } from '../src/pipeline.ts';
import { NO_OPTIONS, type PlanOptions } from '../src/plan/context.ts';
import type { RuleSet } from '../src/rules/rule.ts';
import { createSecretResolver } from '../src/secrets/secret-resolver.ts';
import { memoryFiles, PROJECT } from './config/memory-files.ts';

export interface WorldOptions {
  /** Text of mailboxctl.yaml. */
  readonly config: string;
  /** Further files of the project, by their path in it: overlays, lists. */
  readonly files?: Readonly<Record<string, string>>;
  /** The environment that is planned; the first that is declared without one. */
  readonly environment?: string;
  /** Text of the organization file. */
  readonly organization: string;
  /** Switches of the emulator that differ from the organization file's. */
  readonly switches?: Readonly<Record<string, unknown>>;
  /** The bearer token, which names a caller of the organization file. */
  readonly token?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** As `--parallelism`. */
  readonly parallelism?: number;
  /** Stands between the product and the emulator. */
  readonly intercept?: (request: Request, pass: (request: Request) => Promise<Response>) => Promise<Response>;
  readonly catalogue?: Catalogue;
  /** What the emulator has in common with those of other environments. */
  readonly links?: MailboxLinks;
}

export interface World {
  readonly emulator: Emulator;
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
  readonly clock: Clock;
  readonly reader: StateReader;
  readonly writer: StepWriter;
  readonly see: () => Promise<Seen>;
  readonly plan: (options?: Partial<PlanOptions>) => Promise<Plan>;
  readonly apply: (plan: Plan, options?: Partial<ApplyOptions>, hooks?: ApplyHooks) => Promise<ApplyResult>;
  readonly drift: () => Promise<Drift>;
  /** Every mailbox as it is. */
  readonly status: () => Promise<Status>;
  /** Who the caller is, and what will not work. */
  readonly doctor: () => Promise<Doctor>;
  /** Plan and drift of one and the same read. */
  readonly look: () => Promise<{ readonly plan: Plan; readonly drift: Drift }>;
  /** Changes rows of the emulator behind the product's back; see the control API's edits. */
  readonly edit: (edits: readonly Entry[]) => Promise<void>;
  readonly fault: (faults: readonly Entry[]) => Promise<void>;
  /** What tests have sent and how often they were requested. */
  readonly stats: () => Promise<Stats>;
  /** All rows of a table, without secrets. */
  readonly rows: (table: string) => Promise<readonly Entry[]>;
  /** Text of the journals of all runs, oldest first. */
  readonly journals: () => Promise<string>;
  /** Another process on the same machine and environment: a fresh reader and writer, the same journals. */
  readonly restart: (
    changes?: Partial<Pick<WorldOptions, 'intercept' | 'token' | 'config'>>,
  ) => Promise<World>;
  readonly close: () => Promise<void>;
}

/** One entry of the control API, as in an organization file. */
export type Entry = Readonly<Record<string, unknown>>;

export interface Stats {
  /** By e-mail address. */
  readonly messages: Readonly<Record<string, number>>;
  /** By id of the mailbox. */
  readonly tests: Readonly<Record<string, number>>;
  readonly traffic: TrafficReport;
}

export interface ApplyHooks {
  /** Called with each line of the journal when it is on disk. */
  readonly onEvent?: (event: JournalEvent) => void | Promise<void>;
}

/** In memory where there is such a folder: journals wait for the disk at every intent, for all worlds at once. */
const FOLDERS = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const ALL_KINDS = ['profile', 'settings', 'mailbox'] as const;

/** Opens a world in a folder of its own. Throws when the configuration has errors. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const directory = await mkdtemp(join(FOLDERS, 'mailboxctl-test-'));
  const organization = organizationOf(options.organization);
  const switches = { ...organization.switches, ...options.switches };
  const emulator = createEmulator({ organization: { ...organization, switches }, links: options.links });
  return openOn({ directory, emulator, journals: [] }, options);
}

/** What processes of one machine have in common. */
interface Machine {
  readonly directory: string;
  readonly emulator: Emulator;
  /** Of all runs: one that is killed does not close its own. */
  readonly journals: JournalFile[];
}

const organizations = new Map<string, Organization>();
const projects = new Map<string, Promise<Project>>();

/** Parsed once: many worlds are opened from one text. */
function organizationOf(text: string): Organization {
  const known = organizations.get(text) ?? parseOrganization(text, 'organization.yaml');
  organizations.set(text, known);
  return known;
}

function projectOf({ config, files = {} }: Pick<WorldOptions, 'config' | 'files'>): Promise<Project> {
  const contents = { ...files, [ROOT_FILE]: config };
  const key = JSON.stringify(contents);
  const known = projects.get(key) ?? loadProject(PROJECT, worldFiles(contents));
  projects.set(key, known);
  return known;
}

/** What is wrong with the configuration, for every environment. */
export async function problemsOf(
  { config, files = {} }: Pick<WorldOptions, 'config' | 'files'>,
  rules?: RuleSet,
): Promise<readonly Diagnostic[]> {
  const contents = { ...files, [ROOT_FILE]: config };
  const { diagnostics } = await loadProject(PROJECT, worldFiles(contents), rules);
  return diagnostics;
}

/** The organization files that the text names are taken as given: the world opens its own. */
function worldFiles(contents: Readonly<Record<string, string>>): ReturnType<typeof memoryFiles> {
  return { ...memoryFiles(contents), exists: async () => true };
}

async function loadConfig(options: WorldOptions): Promise<Pick<World, 'config' | 'diagnostics'>> {
  const { diagnostics, environments, config } = await projectOf(options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const problems = errors.map(({ source, message }) => `${source?.line ?? '?'}: ${message}`);
    throw new Error(`The configuration of the test is wrong:\n${problems.join('\n')}`);
  }
  return { config: config(options.environment ?? environments[0]?.name ?? ''), diagnostics };
}

async function openOn(machine: Machine, options: WorldOptions): Promise<World> {
  const { directory, emulator, journals } = machine;
  const catalogue = options.catalogue ?? CATALOGUE;
  const { config, diagnostics } = await loadConfig(options);
  const clock: Clock = { now: () => emulator.clock.now(), sleep: (ms, signal) => emulator.sleep(ms, signal) };
  const { reader, writer } = adapters(directory, emulator, clock, options);
  const runs = join(directory, '.mailboxctl', config.environment.name, 'runs');
  const journal = (): JournalFile => new JournalFile(runs, clock);
  const seeNow = (): Promise<Seen> => see(config, reader);
  const control = controlOf(emulator);
  let caller: Caller | null = null;
  const planOf = async (seen: Seen, planOptions: Partial<PlanOptions> = {}): Promise<Plan> => {
    caller = seen.snapshot.caller;
    return makePlan(seen, {
      catalogue,
      history: await journal().history(),
      options: { ...NO_OPTIONS, ...planOptions },
      diagnostics: [...diagnostics, ...runChecks(config, seen)],
      newRecord: (address) => newRecord(seen.snapshot.organizationId, address),
      digest: sha256,
      configDigest: configDigest(config),
      toolVersion: '0.0.0',
      timestamp: new Date(clock.now()).toISOString(),
    });
  };
  const seeAll = (): Promise<Seen> => see(config, reader, { kinds: ALL_KINDS, alerts: true });
  const driftOf = (seen: Seen, heldBack: Plan['held_back']): Drift =>
    detectDrift(seen, {
      catalogue,
      heldBack,
      explain: (alert) => explainAlert(alert).hint,
      counting: COUNTING_CLASSES,
      previous: null,
    });

  return {
    emulator,
    config,
    diagnostics,
    clock,
    reader,
    writer,
    see: seeNow,
    plan: async (planOptions) => planOf(await seeNow(), planOptions),
    apply: async (plan, applyOptions, hooks) => {
      const file = journal();
      journals.push(file);
      const history = await file.history();
      await file.begin(plan.plan_digest);
      try {
        return await apply(
          plan,
          {
            history,
            lanes: lanesFor(options.parallelism ?? null, null),
            testTimeoutMs: config.environment.tests.timeoutMs,
            timeoutMs: null,
            // As the verb does: whoever carries out a saved plan is taken for an application user.
            refusalsUntilHandOff: caller !== null && !caller.applicationUser ? 3 : 1,
            onlyApprovals: false,
            interrupted: new AbortController().signal,
            ...applyOptions,
          },
          {
            reader,
            writer,
            clock,
            append: async (lines) => {
              const events = await file.append(lines);
              for (const event of events) await hooks?.onEvent?.(event);
              return events;
            },
            onEvent: () => {},
          },
        );
      } finally {
        await file.close();
      }
    },
    drift: async () => {
      const seen = await seeNow();
      return driftOf(seen, (await planOf(seen)).held_back);
    },
    status: async () => statusDocument(await seeAll()),
    doctor: async () => {
      const before = clock.now();
      const seen = await seeAll();
      return examine({
        seen,
        plan: await planOf(seen),
        unapproved: await planOf(asIfUnapproved(seen)),
        authentication: 'none',
        local: true,
        readBetween: [before, clock.now()],
      });
    },
    look: async () => {
      const seen = await seeNow();
      const plan = await planOf(seen);
      return { plan, drift: driftOf(seen, plan.held_back) };
    },
    edit: async (edits) => {
      for (const entry of edits) await control('edits', entry);
    },
    fault: async (faults) => {
      for (const entry of faults) await control('faults', entry);
    },
    stats: async () => (await control('stats')) as Stats,
    rows: async (table) => (await control(`rows?table=${table}`)) as readonly Entry[],
    journals: () => textOfFiles(runs),
    restart: (changes) => openOn(machine, { ...options, intercept: undefined, ...changes } as WorldOptions),
    close: async () => {
      for (const file of journals) await file.close();
      await emulator.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function adapters(
  directory: string,
  emulator: Emulator,
  clock: Clock,
  options: WorldOptions,
): Pick<World, 'reader' | 'writer'> {
  const catalogue = options.catalogue ?? CATALOGUE;
  const pass = (request: Request): Promise<Response> => emulator.fetch(request);
  const { intercept, token, parallelism } = options;
  const transport = createTransport({
    url: parseEnvironmentUrl(emulator.baseUrl),
    fetch: intercept === undefined ? pass : (request) => intercept(request, pass),
    clock,
    random: () => 0.5,
    tokens: token === undefined ? null : { token: async () => token },
    ...(parallelism === undefined ? {} : { requestsAtOnce: parallelism }),
  });
  const secrets = createSecretResolver({
    env: options.env ?? {},
    projectDir: directory,
    fetch: pass,
    vaultToken: async () => 'vault-token',
  });
  return {
    reader: createStateReader(transport, catalogue, clock),
    writer: createStepWriter(transport, catalogue, secrets, clock),
  };
}

/** Asks when there is no body, else tells. */
function controlOf(emulator: Emulator): (path: string, body?: unknown) => Promise<unknown> {
  return async (path, body) => {
    const url = `${new URL(emulator.baseUrl).origin}/_emulator/${path}`;
    const headers = { 'Content-Type': 'application/json' };
    const told = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await emulator.fetch(new Request(url, told));
    if (!response.ok) throw new Error(`The emulator refused ${path}: ${await response.text()}`);
    return response.json();
  };
}

async function textOfFiles(directory: string): Promise<string> {
  const names = await readdir(directory).catch(() => []);
  const texts = names.sort().map((name) => readFile(join(directory, name), 'utf8'));
  return (await Promise.all(texts)).join('');
}
