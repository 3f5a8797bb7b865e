/** `mailboxctl status`: every mailbox as it is, whatever the configuration says. */

import { type Command, Option } from 'commander';
import { addressKey, SETTINGS_ADDRESS } from '../model/address.ts';
import { jsonPieces } from '../model/json-pieces.ts';
import type { Observed, Snapshot } from '../model/snapshot.ts';
import type { Status, StatusMailbox } from '../model/status.generated.ts';
import { isRef } from '../model/value.ts';
import type { Seen } from '../pipeline.ts';
import { statusSummary, statusView } from '../report/status-condition.ts';
import { statusText } from '../report/status-text.ts';
import { explainAlert, openReading } from '../wire.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import * as option from './options.ts';
import { emit } from './output.ts';
import { seeEnvironment } from './planning.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { isBlind, tell, tellBlindness, worldOptions } from './world.ts';

interface StatusOptions extends option.CommonOptions {
  readonly view: Status['view'];
}

export function statusCommand(command: Command, register: Register): void {
  option
    .environmentOptions(command)
    .description('Shows every mailbox of the environment as it is. Changes nothing.')
    .addOption(
      new Option('--view <view>', 'which mailboxes')
        .choices(['all', 'test-and-enable-failed'])
        .default('all')
        .helpGroup(option.GROUPS.output),
    )
    .addOption(option.parallelismOption())
    .addHelpText(
      'after',
      option.examples('mailboxctl status', 'mailboxctl status --env local --view test-and-enable-failed'),
    )
    .action(register(reading(runStatus)));
}

async function runStatus(io: Io, options: StatusOptions, directory?: string): Promise<ExitCode> {
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  const world = await openReading(config.environment, worldOptions(project, io, options));
  try {
    tell(io, world.notices, options);
    const seen = await seeEnvironment(config, world, {
      kinds: ['profile', 'settings', 'mailbox'],
      alerts: true,
    });
    const status = statusView(statusDocument(seen), options.view);
    tellBlindness(io, status.not_seen);
    await emit(io, options, { text: (style) => statusText(status, style), json: () => jsonPieces(status) });
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
  return {
    address,
    email_address: mailbox?.emailAddress ?? null,
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
