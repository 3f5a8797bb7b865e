/** Diagnostics as text for people: by file, in reading order, each with its lines and the way out, then the counts. */

import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { groupBy } from './group.ts';
import { printableText } from './printable.ts';
import type { Style } from './style.ts';
import { thousands } from './text.ts';

const INDENT = '  ';

export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  style: Pick<Style, 'colors' | 'verbose'>,
): string {
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

function blockOf(diagnostic: Diagnostic, { colors }: Pick<Style, 'colors'>): string {
  const { code, severity, address, message, hint, frame } = diagnostic;
  const head = [
    colors.bold(placeOf(diagnostic)),
    severityColor(severity, colors)(severity),
    address === null ? '' : colors.cyan(printableText(address)),
    printableText(message),
    colors.dim(`[${code}]`),
  ];
  const lines = [head.filter((part) => part !== '').join('  ')];
  if (frame !== undefined && severity !== 'info')
    lines.push(...frame.split('\n').map((line) => frameLine(line, colors)));
  if (hint !== null) lines.push(`${INDENT}${colors.dim('→')} ${printableText(hint)}`);
  return lines.join('\n');
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
