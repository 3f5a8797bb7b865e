/** Reads a saved document that the command line names; what is wrong with the file is said with its name. */

import { DocumentError, type DocumentKind, readDocument, type SavedDocument } from '../local/document.ts';
import { CommandError, EXIT } from './exit-codes.ts';
import { readNamedFile } from './files.ts';
import type { Io } from './io.ts';

/** Errors: exit 1. */
export async function readSavedDocument(io: Io, label: string, path: string): Promise<SavedDocument> {
  const text = await readNamedFile(io, label, path);
  try {
    return await readDocument(text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new CommandError(EXIT.error, `${label} ${path} ${error.message}`, error.wayOut);
  }
}

/** The same where only one kind will do. */
export async function readSavedOf<Kind extends DocumentKind>(
  io: Io,
  label: string,
  path: string,
  kind: Kind,
): Promise<Extract<SavedDocument, { kind: Kind }>> {
  const saved = await readSavedDocument(io, label, path);
  if (isOf(saved, kind)) return saved;
  throw new CommandError(EXIT.error, `${label} ${path} is a document of ${saved.kind}, not of ${kind}`);
}

function isOf<Kind extends DocumentKind>(
  saved: SavedDocument,
  kind: Kind,
): saved is Extract<SavedDocument, { kind: Kind }> {
  return saved.kind === kind;
}
