/** `mailboxctl status`: every mailbox as it is, whatever the configuration says. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../local/system-clock.ts';
import { addressKey, SETTINGS_ADDRESS } from '../model/address.ts';
import type { Config } from '../model/config.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import type { Status, StatusMailbox } from '../model/status.generated.ts';
import { isRef } from '../model/value.ts';
import type { Seen } from '../pipeline.ts';
import { statusSummary, statusView } from '../report/status-condition.ts';
import { explainAlert, openReading, type ReadingWorld } from '../wire.ts';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { seeEnvironment } from './planning.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { watchStatus } from './status-watch.ts';
import { isBlind, tell, tellBlindness, worldOptions } from './world.ts';

interface StatusOptions extends option.CommonOptions {
  readonly view: Status['view'];
  readonly watch: boolean;
  readonly interval?: number;
}

export function statusCommand(command: Command, register: Register): void {
  option
    .environmentOptions(command, 'status')
    .description('Shows every mailbox of the environment as it is. Changes nothing.')
    .addOption(
      new Option('--view <view>', 'which mailboxes')
        .choices(['all', 'test-and-enable-failed'])
        .default('all')
        .helpGroup(option.GROUPS.output),
    )
    .addOption(
      new Option(
        '--watch',
        'look again and again until Ctrl-C: in place on a terminal, else a line for each mailbox that changed; as text or json',
      )
        .default(false)
        .helpGroup(option.GROUPS.run),
    )
    .addOption(
      new Option('--interval <duration>', 'with --watch: the time between two looks; default: 30s')
        .argParser(interval)
        .helpGroup(option.GROUPS.run),
    )
    .addOption(option.parallelismOption())
    .addHelpText(
      'after',
      option.examples('mailboxctl status', 'mailboxctl status --env local --view test-and-enable-failed'),
    )
    .action(
      register((io, options: StatusOptions, directory?: string) =>
        options.watch ? runWatch(io, options, directory) : reading(runStatus)(io, options, directory),
      ),
    );
}

const INTERVAL_MS = 30_000;

/** More often, looking would be the work of the service. */
const SHORTEST_INTERVAL_MS = 1_000;

function interval(value: string): number {
  const ms = option.duration(value);
  if (ms < SHORTEST_INTERVAL_MS) throw new InvalidArgumentError('Give 1s or more.');
  return ms;
}

/** A lap is a whole status: what it costs a single one costs. Ends with Ctrl-C, as every verb does, with exit 130. */
async function runWatch(io: Io, options: StatusOptions, directory?: string): Promise<ExitCode> {
  const { format, output } = options;
  if (output !== undefined || !['text', 'json'].includes(format))
    throw new CommandError(
      EXIT.error,
      output === undefined ? `--watch has no format "${format}"` : '--watch writes no file',
      'Use --format text or json, and standard output.',
    );
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  const given = worldOptions(project, io, options);
  let waits: (text: string) => void = () => {};
  const open = (): Promise<ReadingWorld> =>
    openReading(config.environment, {
      ...given,
      onRequest: (report) => {
        given.onRequest?.(report);
        const trouble = troubleText(report.status);
        if (trouble !== null) waits(trouble);
      },
    });
  // What others change in an embedded environment is on disk: it is opened anew for each look.
  const isEmbedded = config.environment.url === 'emulator';
  const kept = isEmbedded ? null : await open();
  try {
    return await watchStatus(io, options, {
      intervalMs: options.interval ?? INTERVAL_MS,
      clock: systemClock(),
      look: async (told) => {
        waits = told;
        const world = kept ?? (await open());
        try {
          return await look(config, world, options);
        } finally {
          if (world !== kept) await world.close();
        }
      },
    });
  } finally {
    await kept?.close();
  }
}

/** What is waited for inside of a look; a request that is refused ends it instead. */
function troubleText(status: number | null): string | null {
  if (status === null) return 'No answer comes; it is asked again.';
  if (status === 429) return 'The service asks for a pause (429); it goes on after that.';
  return status >= 500 ? `The service answers ${status}; it is asked again.` : null;
}

async function look(config: Config, world: ReadingWorld, { view }: StatusOptions): Promise<Status> {
  const seen = await seeEnvironment(config, world, {
    kinds: ['profile', 'settings', 'mailbox'],
    alerts: true,
  });
  return statusView(statusDocument(seen), view);
}

async function runStatus(io: Io, options: StatusOptions, directory?: string): Promise<ExitCode> {
  if (options.interval !== undefined)
    throw new CommandError(EXIT.error, '--interval is for --watch', 'Add --watch.');
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  const world = await openReading(config.environment, worldOptions(project, io, options));
  try {
    tell(io, world.notices, options);
    const status = await look(config, world, options);
    tellBlindness(io, status.not_seen);
    await emit(io, options, { verb: 'status', document: status, project: project.directory, directory });
    return isBlind(status.not_seen) ? EXIT.permission : EXIT.ok;
  } finally {
    await world.close();
  }
}

export function statusDocument({ config, snapshot, desired }: Seen): Status {
  const managed = new Set(desired.resources.map(({ address }) => addressKey(address)));
  const mailboxes = snapshot.resources
    .filter(({ kind }) => kind === 'mailbox')
    .map((observed) => statusMailbox(observed, managed.has(addressKey(observed.address))));
  return {
    format_version: '1.0',
    as_of: snapshot.asOf,
    environment: {
      name: config.environment.name,
      url: config.environment.url,
      organization_id: snapshot.organizationId,
    },
    view: 'all',
    summary: statusSummary(mailboxes),
    alerts: { readable: snapshot.capabilities.alerts, written: writtenAlerts(snapshot) },
    mailboxes,
    not_seen: snapshot.notSeen,
  };
}

/** Which alerts the environment writes: without errors, a failed test leaves none. */
function writtenAlerts({ resources }: Snapshot): Status['alerts']['written'] {
  const settings = resources.find(({ address }) => address === SETTINGS_ADDRESS)?.fields ?? {};
  const written = (level: string): boolean | null => {
    const value = settings[`alerts.${level}`];
    return typeof value === 'boolean' ? value : null;
  };
  return { errors: written('errors'), warnings: written('warnings'), information: written('information') };
}

function statusMailbox({ address, fields, mailbox, alerts }: Observed, managed: boolean): StatusMailbox {
  const value = (key: string): StatusMailbox['incoming'] => fields[key] ?? null;
  const profile = fields.serverProfile;
  const completed = fields['tests.completedOn'];
  const unit = mailbox?.businessUnits[0];
  return {
    address,
    email_address: mailbox?.emailAddress ?? null,
    ...(unit === undefined ? {} : { business_unit: unit }),
    server_profile: isRef(profile) ? profile.ref.slice('profile:'.length) : null,
    incoming: value('incoming'),
    outgoing: value('outgoing'),
    appointments_contacts_tasks: value('appointmentsContactsTasks'),
    state: value('state'),
    approval: value('approved'),
    tests: {
      incoming: value('tests.incoming'),
      outgoing: value('tests.outgoing'),
      appointments_contacts_tasks: value('tests.appointmentsContactsTasks'),
      completed_on: typeof completed === 'string' ? completed : null,
      scheduled: fields['tests.scheduled'] === true,
    },
    enabled: {
      incoming: fields['enabled.incoming'] === true,
      outgoing: fields['enabled.outgoing'] === true,
      appointments_contacts_tasks: fields['enabled.appointmentsContactsTasks'] === true,
    },
    managed,
    alerts: alerts.map((alert) => ({ ...alert, ...explainAlert(alert) })),
  };
}
