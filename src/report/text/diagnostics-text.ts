/** Diagnostics as text for people: by file, in reading order, each with its lines and the way out, then the counts. */

import type { Diagnostic, Severity } from '../../model/diagnostic.ts';
import { linked } from '../code-link.ts';
import { groupBy } from '../group.ts';
import { printableText } from '../printable.ts';
import type { Style } from '../style.ts';
import { thousands, wrapWords } from '../text.ts';

const INDENT = '  ';
/** Columns before the further lines of what is broken. */
const CONTINUED = 4;

/** Without a width, nothing is broken. */
type DiagnosticStyle = Pick<Style, 'colors'> &
  Partial<Pick<Style, 'verbose' | 'terminal' | 'width' | 'links'>>;

export function diagnosticsText(diagnostics: readonly Diagnostic[], style: DiagnosticStyle): string {
  const shown = style.verbose === true ? diagnostics : firstOfEach(diagnostics);
  const blocks = shown.map((diagnostic) => blockOf(diagnostic, style));
  const left = leftOf(diagnostics, shown);
  return `${[...blocks, ...left, countsOf(diagnostics)].join('\n\n')}\n`;
}

/** Errors are told all of them at once; of advice that is the same for thousands, the first few say it. */
const SHOWN_OF_A_CODE = 25;

function firstOfEach(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const numbers = new Map<string, number>();
  return diagnostics.filter(({ code, severity }) => {
    if (severity === 'error') return true;
    const number = (numbers.get(code) ?? 0) + 1;
    numbers.set(code, number);
    return number <= SHOWN_OF_A_CODE;
  });
}

function leftOf(all: readonly Diagnostic[], shown: readonly Diagnostic[]): readonly string[] {
  const printed = new Set(shown);
  const left = groupBy(
    all.filter((diagnostic) => !printed.has(diagnostic)),
    ({ code }) => code,
  );
  const texts = left.map((group) => `${thousands(group.length)} more of ${group[0]?.code ?? ''}`);
  return texts.length === 0 ? [] : [`and ${texts.join(', ')}; --verbose lists all`];
}

function blockOf(diagnostic: Diagnostic, style: DiagnosticStyle): string {
  const { colors } = style;
  const { code, severity, address, message, hint, frame } = diagnostic;
  const head = [
    colors.bold(placeOf(diagnostic)),
    severityColor(severity, colors)(severity),
    address === null ? '' : colors.cyan(printableText(address)),
    printableText(message),
    colors.dim(`[${linked(code, style)}]`),
  ];
  const parts = head.filter((part) => part !== '');
  const lines = [...broken(parts, '', style)];
  if (frame !== undefined && severity !== 'info')
    lines.push(...frame.split('\n').map((line) => frameLine(line, colors)));
  if (hint !== null) lines.push(...broken([`${colors.dim('→')} ${printableText(hint)}`], INDENT, style));
  return lines.join('\n');
}

/**
 * Parts with two spaces between, over several lines on a terminal. Elsewhere a finding is one line, as editors and
 * build servers read it.
 */
function broken(parts: readonly string[], indent: string, style: DiagnosticStyle): readonly string[] {
  const { terminal, width } = style;
  if (terminal !== true || width === undefined) return [indent + parts.join('  ')];
  // The second of the two spaces goes with the word before it, so that no line begins with one.
  const words = parts.map((part) => `${part} `).flatMap((part) => part.split(/ (?!$)/u));
  return wrapWords(words, { width, indent: indent.length, hanging: CONTINUED });
}

function placeOf({ source }: Diagnostic): string {
  return source === null ? '' : printableText(`${source.file}:${source.line}:${source.column}`);
}

/** The line with the finding and its caret stand out; control characters of the file do not reach the terminal. */
function frameLine(line: string, colors: Style['colors']): string {
  const text = INDENT + printableText(line);
  const isCaret = /^ *\| *\^+$/u.test(line);
  if (isCaret) return colors.red(text);
  return line.startsWith('>') ? text : colors.dim(text);
}

function severityColor(severity: Severity, colors: Style['colors']): (text: string) => string {
  if (severity === 'error') return colors.red;
  return severity === 'warning' ? colors.yellow : colors.blue;
}

function countsOf(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Severity): number =>
    diagnostics.filter((found) => found.severity === severity).length;
  return `Errors: ${count('error')}. Warnings: ${count('warning')}.`;
}
