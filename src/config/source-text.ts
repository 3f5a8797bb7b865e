/** The text of one file: from bytes to text, and from an offset to the line and column a person sees. */

import type { Diagnostic, Source } from '../model/diagnostic.ts';

export interface SourceText {
  /** Relative to the project directory, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Offset at which each line starts. */
  readonly lineStarts: readonly number[];
}

export type Decoded =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

export function makeSourceText(file: string, text: string): SourceText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts };
}

/** UTF-8, with or without a byte order mark. Anything else is refused: guessing would spoil names. */
export function decodeText(file: string, bytes: Uint8Array): Decoded {
  try {
    return {
      ok: true,
      source: makeSourceText(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
    };
  } catch {
    return { ok: false, diagnostic: notUtf8(file, bytes) };
  }
}

function notUtf8(file: string, bytes: Uint8Array): Diagnostic {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const readable = new TextDecoder('utf-8').decode(bytes);
  const source = makeSourceText(file, readable);
  return {
    code: 'not-utf8',
    severity: 'error',
    address: null,
    source: placeOf(source, utf16 ? 0 : Math.max(0, readable.indexOf('\uFFFD'))),
    message: `the file is ${utf16 ? 'UTF-16' : 'not UTF-8'}; it must be UTF-8`,
    hint: 'Save it again with the encoding UTF-8.',
  };
}

/** Line and column of an offset, both from 1. */
export function placeOf({ file, lineStarts }: SourceText, offset: number): Source {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file, line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

/** Lines without their ends. */
export function linesOf({ text }: SourceText): readonly string[] {
  return text.split(/\r?\n/u);
}
