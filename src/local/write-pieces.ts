/** Writes a text that comes in pieces: the file is there whole or not at all, and the text never whole in memory. */

import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';

/** A call costs more than a short piece. */
const BLOCK = 262_144;

/** `mode`: of a new file; one that is there keeps its own when none is given. */
export async function writePieces(path: string, pieces: Iterable<string>, mode?: number): Promise<void> {
  // What a link names is replaced, not the link.
  const target = await realpath(path).catch(() => path);
  const draft = `${target}.${process.pid}.draft`;
  try {
    await writeDraft(draft, pieces, mode ?? (await modeOf(target)));
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDraft(draft: string, pieces: Iterable<string>, mode: number): Promise<void> {
  const file = await open(draft, 'w', mode);
  try {
    await file.chmod(mode);
    await writeBlocks(file, pieces);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeBlocks(file: FileHandle, pieces: Iterable<string>): Promise<void> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    await file.appendFile(block);
    block = '';
  }
  await file.appendFile(block);
}

async function modeOf(path: string): Promise<number> {
  const known = await stat(path).catch(() => null);
  return known === null ? 0o666 & ~process.umask() : known.mode & 0o777;
}
