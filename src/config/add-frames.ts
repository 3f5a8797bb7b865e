/** Puts findings in reading order and adds the lines they are about, with anything secret hidden. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { compareText } from '../model/value.ts';
import { frame } from './frame.ts';
import { type HiddenLines, hideSecrets, shownColumn, withoutSecrets } from './secret-lines.ts';
import { linesOf, type SourceText } from './source-text.ts';

export function addFrames(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, SourceText>,
): readonly Diagnostic[] {
  const shown = new Map<string, HiddenLines>();
  const order = new Map([...sources.keys()].map((file, index) => [file, index]));
  for (const { source } of diagnostics) {
    const text = source === null ? undefined : sources.get(source.file);
    if (text !== undefined && !shown.has(text.file)) shown.set(text.file, hideSecrets(linesOf(text)));
  }
  return [...diagnostics]
    .sort((a, b) => comparePlaces(a, b, order))
    .map((diagnostic) => withFrame(diagnostic, shown.get(diagnostic.source?.file ?? '')));
}

function withFrame(diagnostic: Diagnostic, text: HiddenLines | undefined): Diagnostic {
  const { source, message, hint } = diagnostic;
  if (text === undefined || source === null) return diagnostic;
  const told = {
    ...diagnostic,
    message: withoutSecrets(message, text.hidden),
    hint: hint === null ? null : withoutSecrets(hint, text.hidden),
  };
  const empty = text.lines.every((line) => line === '');
  const column = shownColumn(text.lines[source.line - 1] ?? '', source.column);
  return empty ? told : { ...told, frame: frame(text.lines, { line: source.line, column }) };
}

function comparePlaces(a: Diagnostic, b: Diagnostic, order: ReadonlyMap<string, number>): number {
  const file = (order.get(a.source?.file ?? '') ?? -1) - (order.get(b.source?.file ?? '') ?? -1);
  const line = (a.source?.line ?? 0) - (b.source?.line ?? 0);
  const column = (a.source?.column ?? 0) - (b.source?.column ?? 0);
  return file || line || column || compareText(a.code, b.code);
}
