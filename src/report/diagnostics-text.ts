/** Diagnostics as text for people: by file, in reading order, each with its lines and the way out, then the counts. */

import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { printableText } from './printable.ts';
import type { Style } from './style.ts';

const INDENT = '  ';

export function diagnosticsText(diagnostics: readonly Diagnostic[], style: Pick<Style, 'colors'>): string {
  const blocks = diagnostics.map((diagnostic) => blockOf(diagnostic, style));
  return `${[...blocks, countsOf(diagnostics)].join('\n\n')}\n`;
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
