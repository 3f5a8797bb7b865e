/**
 * Snapshots in files: written whole or not at all, for their owner alone; read with a check against the schema. A
 * resource is a line, so that two snapshots can be compared line by line.
 */

import { open, readFile } from 'node:fs/promises';
import type { SnapshotDocument } from '../model/snapshot.generated.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { SNAPSHOT_FORMAT, snapshotHead, snapshotOf, snapshotResources } from './snapshot-document.ts';
import { writePieces } from './write-pieces.ts';

/** Why a file is no snapshot that can be planned against. */
export class SnapshotFileError extends Error {
  override readonly name = 'SnapshotFileError';
}

export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  /** Version of the program that wrote it. */
  readonly toolVersion: string;
}

export async function writeSnapshotFile(
  path: string,
  snapshot: Snapshot,
  toolVersion: string,
): Promise<void> {
  await writePieces(path, snapshotPieces(snapshot, toolVersion), 0o600);
}

/** A hundred thousand mailboxes are never one text in memory. */
export function* snapshotPieces(snapshot: Snapshot, toolVersion: string): Iterable<string> {
  const head = JSON.stringify(snapshotHead(snapshot, toolVersion), null, 2);
  yield `${head.slice(0, -2)},\n  "resources": [`;
  let sign = '\n';
  for (const resource of snapshotResources(snapshot)) {
    yield `${sign}    ${JSON.stringify(resource)}`;
    sign = ',\n';
  }
  yield sign === '\n' ? ']\n}\n' : '\n  ]\n}\n';
}

/** Where a snapshot says that it is one. */
const BEGINNING = 4_096;

/** Whether what stands there is a snapshot, by its beginning, or nothing yet: that may be replaced by a newer one. */
export async function isSnapshotFile(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(BEGINNING) });
    if (bytesRead === 0) return true;
    const text = buffer.toString('utf8', 0, bytesRead);
    return text.startsWith('{') && text.includes('"organization_id"') && text.includes('"mailbox_approver"');
  } finally {
    await file.close();
  }
}

/** Errors: `SnapshotFileError` for what is no snapshot of this format; those of the file system. */
export async function readSnapshotFile(path: string): Promise<ReadSnapshot> {
  const document = await checkShape(parsed(await readFile(path, 'utf8')));
  if (Number.isNaN(Date.parse(document.as_of)))
    throw new SnapshotFileError('is no snapshot: /as_of is no date and time');
  return { snapshot: snapshotOf(document), toolVersion: document.tool_version };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SnapshotFileError('is no snapshot: it is not JSON', { cause: error });
  }
}

async function checkShape(data: unknown): Promise<SnapshotDocument> {
  const format =
    typeof data === 'object' && data !== null && 'format_version' in data ? data.format_version : undefined;
  if (format !== undefined && format !== SNAPSHOT_FORMAT) {
    throw new SnapshotFileError(
      `has the format ${JSON.stringify(format)}; this version reads ${SNAPSHOT_FORMAT}`,
    );
  }
  const { validator } = await import('./snapshot.validators.ts');
  const validate = validator('snapshot');
  if (validate(data)) return data;
  const [error] = validate.errors ?? [];
  const what = `${error?.instancePath || '/'} ${error?.message ?? 'is wrong'}`;
  throw new SnapshotFileError(`is no snapshot: ${what}`);
}
