/**
 * Reads an organization file. Between commands the state directory keeps what was read of it: parsing and checking
 * YAML takes longer than all that a short command does with a small organization.
 */

import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Organization } from './organization.ts';
import { parseOrganization } from './parse-organization.ts';

interface Kept {
  /** Of the text that it was read from. */
  readonly digest: string;
  readonly organization: Organization;
}

/** Errors: `OrganizationError` with every problem of the file. */
export async function readOrganization(
  file: string,
  stateDirectory: string | undefined,
): Promise<Organization> {
  const text = await readFile(file, 'utf8');
  if (stateDirectory === undefined) return parseOrganization(text, file);
  const path = join(stateDirectory, 'organization.json');
  const digest = createHash('sha256').update(text).digest('hex');
  const kept = await readKept(path);
  if (kept?.digest === digest) return kept.organization;
  const organization = parseOrganization(text, file);
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  await writeFileAtomic(path, JSON.stringify({ digest, organization } satisfies Kept), { mode: 0o600 });
  return organization;
}

/** What is missing or damaged is read anew from the file itself. */
async function readKept(path: string): Promise<Kept | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Kept;
  } catch {
    return null;
  }
}
