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
  return { world, diagnostics: snapshotDiagnostics(read, environment, world.clock.now()) };
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

/** A clock that is so much ahead is only not set well. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

type OfSnapshot = Pick<ReadSnapshot, 'toolVersion'> & {
  readonly snapshot: Pick<Snapshot, 'asOf' | 'organizationId'>;
};

/** `now`: local time, since the environment is not asked for its own. */
export function snapshotDiagnostics(
  { snapshot: { asOf, organizationId }, toolVersion }: OfSnapshot,
  environment: Pick<Environment, 'name' | 'url' | 'organizationId'>,
  now: number,
): readonly Diagnostic[] {
  const age = now - Date.parse(asOf);
  const isOfOther = toolVersion !== VERSION;
  const writer = isOfOther ? `, which version ${toolVersion} of mailboxctl wrote` : '';
  const what = `Planned from a snapshot of ${timeText(asOf)}, ${ageText(age)}${writer}; the environment itself was not looked at`;
  const isDoubtful = isOfOther || age > DAY_MS || age < -CLOCKS_DIFFER_MS;
  const unchecked = uncheckedIdentity(organizationId, environment);
  const hints = [
    ...(isDoubtful
      ? ['Make a newer one with: mailboxctl export --snapshot. What it does not show is not in this plan.']
      : []),
    ...(unchecked === null ? [] : [`Declare organizationId of "${environment.name}", then it is checked.`]),
  ];
  return [
    {
      code: 'planned-from-snapshot',
      severity: hints.length > 0 ? 'warning' : 'info',
      address: null,
      source: null,
      message: unchecked === null ? what : `${what}. ${unchecked}`,
      hint: hints.length > 0 ? hints.join(' ') : null,
    },
  ];
}

/** A snapshot says of which organization it is, and not at which address that is. */
function uncheckedIdentity(
  organizationId: string,
  { name, url, organizationId: declared }: Pick<Environment, 'name' | 'url' | 'organizationId'>,
): string | null {
  if (declared !== null) return null;
  return `The snapshot is of the organization ${organizationId}; whether that is "${name}" (${url}) was not checked, since no organizationId is declared`;
}

function ageText(ms: number): string {
  if (ms < 0) return `${spanText(-ms)} in the future`;
  return `${spanText(ms)} old`;
}

function spanText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  return days < 2 ? durationText(Math.floor(ms / 1_000)) : `${thousands(days)} days`;
}
