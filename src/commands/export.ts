/** `mailboxctl export --snapshot`: writes what a plan needs to know of an environment, to plan without access to it. */

import type { Command } from 'commander';
import { isSnapshotFile, writeSnapshotFile } from '../local/snapshot-file.ts';
import { KINDS } from '../model/address.ts';
import { ofKind } from '../model/of-kind.ts';
import type { Observed, Query, Snapshot } from '../model/snapshot.ts';
import { timeText } from '../report/time-text.ts';
import { VERSION } from '../version.ts';
import { openReading } from '../wire.ts';
import { CommandError, EXIT, type ExitCode } from './exit-codes.ts';
import { naming, pathOf } from './files.ts';
import type { Io } from './io.ts';
import * as option from './options.ts';
import { checkOrganization } from './planning.ts';
import { openProject, pickConfig } from './project.ts';
import { type Register, reading } from './register.ts';
import { isBlind, tell, tellBlindness, worldOptions } from './world.ts';

interface ExportOptions extends option.CommonOptions {
  readonly snapshot?: string;
}

export function exportCommand(command: Command, register: Register): void {
  option
    .readingOptions(command)
    .description(
      'Writes a snapshot of the environment: all that a plan needs to know of it, for "plan --against" where there is no access. Changes nothing there.',
    )
    .addOption(option.snapshotOption())
    .addHelpText(
      'after',
      option.examples(
        'mailboxctl export --snapshot snapshot.json',
        'mailboxctl export --env local --snapshot snapshot.json --log-level warn',
      ),
    )
    .action(register(reading(runExport)));
}

/** Everything that a configuration could ask for: the one that is planned later is not known yet. */
const EVERYTHING: Query = {
  kinds: KINDS,
  alerts: false,
  memberships: { businessUnits: true, teams: true, securityRoles: true },
};

async function runExport(io: Io, options: ExportOptions, directory?: string): Promise<ExitCode> {
  const path = pathIn(options);
  const project = await openProject(directory, io, options);
  const config = pickConfig(project, options, io);
  await checkReplaceable(io, path);
  const world = await openReading(config.environment, worldOptions(project, io, options));
  try {
    tell(io, world.notices, options);
    await checkOrganization(config, world);
    const snapshot = await world.reader.read(EVERYTHING);
    await naming('--snapshot', path, 'written', () => writeSnapshotFile(pathOf(io, path), snapshot, VERSION));
    tellBlindness(io, snapshot.notSeen);
    io.stdout.write(whatItHolds(path, snapshot));
    return isBlind(snapshot.notSeen) ? EXIT.permission : EXIT.ok;
  } finally {
    await world.close();
  }
}

function pathIn({ snapshot }: ExportOptions): string {
  if (snapshot !== undefined) return snapshot;
  throw new CommandError(
    EXIT.error,
    'export writes snapshots, and nothing else in this version: no YAML is made of an environment',
    'Name a file: mailboxctl export --snapshot snapshot.json',
  );
}

/** What stands in a snapshot's place may be an earlier snapshot, and nothing else. */
async function checkReplaceable(io: Io, path: string): Promise<void> {
  const file = pathOf(io, path);
  // A file that cannot be read is told of when it cannot be written either.
  const isFree = await isSnapshotFile(file).catch(() => true);
  if (isFree) return;
  throw new CommandError(
    EXIT.error,
    `--snapshot ${path} is there already and is no snapshot; it was not overwritten`,
    'Name another file, or remove this one.',
  );
}

function whatItHolds(path: string, { asOf, resources }: Snapshot): string {
  const number = (kind: Observed['kind']): number => ofKind(resources, kind).length;
  return [
    `Written: ${path}, as of ${timeText(asOf)}. Profiles: ${number('profile')}. Mailboxes: ${number('mailbox')}.`,
    'It holds names, sign-in names and e-mail addresses of people, their business units, teams and security roles, and the servers of profiles. It holds no password and no other secret, and no alerts.',
    'Think twice before you put it where others can read it, such as a public repository.',
    '',
  ].join('\n');
}
