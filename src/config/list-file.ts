/**
 * List files, which the `in` of a match names: one sign-in name, e-mail address or queue name a line. Names of queues
 * may hold spaces, so only what cannot be a name is refused.
 */

import type { ListEntry } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { decodeText, linesOf, makeSourceText, placeOf, type SourceText } from './source-text.ts';

export interface ListFile {
  readonly source: SourceText;
  readonly entries: readonly ListEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

export function readListFile(file: string, bytes: Uint8Array): ListFile {
  const decoded = decodeText(file, bytes);
  if (!decoded.ok)
    return { source: makeSourceText(file, ''), entries: [], diagnostics: [decoded.diagnostic] };
  const entries = listEntries(decoded.source);
  return { source: decoded.source, entries, diagnostics: entries.flatMap(entryProblem) };
}

function listEntries(source: SourceText): readonly ListEntry[] {
  return linesOf(source).flatMap((line, index) => {
    const text = withoutComment(line.trim());
    if (text === '') return [];
    const offset = (source.lineStarts[index] ?? 0) + line.length - line.trimStart().length;
    return [{ text, source: placeOf(source, offset) }];
  });
}

/** Behind an address a comment may follow; "Queue #2" is the name of a queue. */
function withoutComment(text: string): string {
  if (text.startsWith('#')) return '';
  return text.replace(/^(\S*@\S*)\s+#.*$/u, '$1');
}

function entryProblem({ text, source }: ListEntry): readonly Diagnostic[] {
  const problem = problemOf(text);
  if (problem === null) return [];
  const [what, hint] = problem;
  const message = `"${text}" ${what}`;
  return [{ code: 'list-entry-unrecognized', severity: 'error', address: null, source, message, hint }];
}

function problemOf(text: string): readonly [what: string, hint: string] | null {
  if (text.includes('*')) {
    return [
      'is a pattern; a list file holds names',
      'Write the pattern in the match: emailAddress, signIn or queue.',
    ];
  }
  if (/[,;\t]/u.test(text)) return ['looks like several entries', 'Write one name or address a line.'];
  if (!text.includes('@')) return null;
  if (/[<>]/u.test(text)) return ['is an address with a name beside it', 'Write the address alone.'];
  if (/\s|@.*@/u.test(text)) return ['looks like several entries', 'Write one name or address a line.'];
  return null;
}
