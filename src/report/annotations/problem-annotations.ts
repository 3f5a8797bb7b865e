/** What validate has to say about lines of the files. */

import type { Severity } from '../../model/diagnostic.ts';
import type { Problems } from '../../model/validate.generated.ts';
import { words } from '../value-text.ts';
import { type Annotation, type Level, type Rule, titleOf } from './annotation.ts';

export const LEVEL_OF: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

export function problemAnnotations({ diagnostics }: Problems): readonly Annotation[] {
  return diagnostics.map(({ code, severity, address, source, message, hint }) => ({
    level: LEVEL_OF[severity],
    rule: diagnosticRule(code),
    address,
    part: null,
    places: source === null ? [] : [{ file: source.file, line: source.line, column: source.column }],
    text: message,
    hint,
    detail: null,
  }));
}

const PRACTICE = 'practice-';

export function diagnosticRule(code: string): Rule {
  return {
    id: code,
    code,
    title: code.startsWith(PRACTICE) ? `Best practice: ${words(code.slice(PRACTICE.length))}` : titleOf(code),
    help: code.startsWith(PRACTICE)
      ? 'A best practice that the configuration does not follow. It can be switched off, with a reason, under "checks".'
      : 'mailboxctl found this in the configuration, or in the environment that it is for.',
  };
}
