/** Opens what `--against` names: a snapshot that a plan is made from instead of the environment. */

import { type ReadSnapshot, readSnapshotFile, SnapshotFileError } from '../local/snapshot-file.ts';
import type { Environment } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { thousands } from '../report/text.ts';
import { durationText, timeText } from '../report/time-text.ts';
import { VERSION } from '../version.ts';
import { openSnapshot, type ReadingWorld } from '../wire.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { naming, pathOf } from './files.ts';
import type { Io } from './io.ts';

export interface Against {
  readonly world: ReadingWorld;
  /** That the plan is one of a snapshot, and how old that is. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Errors: exit 1 for a file that is no snapshot; exit 6 for one of another organization. */
export async function openAgainst(
  io: Io,
  path: string,
  environment: Environment,
  projectDirectory: string,
): Promise<Against> {
  const read = await readSnapshot(io, path);
  const { snapshot } = read;
  checkOrganization(snapshot, path, environment);
  const world = openSnapshot(snapshot, environment, { projectDirectory });
  return { world, diagnostics: snapshotDiagnostics(read, world.clock.now()) };
}

async function readSnapshot(io: Io, path: string): Promise<ReadSnapshot> {
  try {
    return await naming('--against', path, 'read', () => readSnapshotFile(pathOf(io, path)));
  } catch (error) {
    if (!(error instanceof SnapshotFileError)) throw error;
    throw new CommandError(
      EXIT.error,
      `--against ${path} ${error.message}`,
      'Name a file that "mailboxctl export --snapshot" of this version wrote.',
    );
  }
}

function checkOrganization(
  { organizationId }: Snapshot,
  path: string,
  { name, organizationId: declared }: Environment,
): void {
  if (declared === null || declared.toLowerCase() === organizationId.toLowerCase()) return;
  throw new CommandError(
    EXIT.refused,
    `The snapshot ${path} is of another organization: ${organizationId}; "${name}" declares ${declared}`,
    'Name a snapshot of this environment.',
  );
}

const DAY_MS = 24 * 3_600_000;

/** `now`: local time, since the environment is not asked for its own. */
export function snapshotDiagnostics(
  {
    snapshot: { asOf },
    toolVersion,
  }: Pick<ReadSnapshot, 'toolVersion'> & {
    readonly snapshot: Pick<Snapshot, 'asOf'>;
  },
  now: number,
): readonly Diagnostic[] {
  const age = Math.max(0, now - Date.parse(asOf));
  const isOld = age > DAY_MS;
  const isOfOther = toolVersion !== VERSION;
  const writer = isOfOther ? `, which version ${toolVersion} of mailboxctl wrote` : '';
  return [
    {
      code: 'planned-from-snapshot',
      severity: isOld || isOfOther ? 'warning' : 'info',
      address: null,
      source: null,
      message: `Planned from a snapshot of ${timeText(asOf)}, ${ageText(age)} old${writer}; the environment itself was not looked at`,
      hint:
        isOld || isOfOther
          ? 'Make a newer one with: mailboxctl export --snapshot. What it does not show is not in this plan.'
          : null,
    },
  ];
}

function ageText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  return days < 2 ? durationText(Math.floor(ms / 1_000)) : `${thousands(days)} days`;
}
