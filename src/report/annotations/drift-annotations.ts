/** What a drift report has to say about lines of the files: one annotation for each finding. */

import type { Drift, DriftFinding } from '../../model/drift.generated.ts';
import { sinceText, withNewNames } from '../drift-groups.ts';
import { valueText } from '../value-text.ts';
import type { Annotation, Level, Rule } from './annotation.ts';

const LEVEL_OF: Readonly<Record<DriftFinding['severity'], Level>> = {
  high: 'error',
  medium: 'warning',
  low: 'note',
};

const MEANING: Readonly<Record<DriftFinding['class'], string>> = {
  configuration: 'A field has another value than the files declare.',
  approval: 'An e-mail address is not approved as the files declare.',
  health: 'A mailbox does not work as the files declare.',
  missing: 'The files declare what is not there.',
  new: 'A rule of the files covers a mailbox that was never approved nor tested.',
  unmanaged: 'Nothing in the files covers what is there.',
};

export function driftAnnotations(drift: Drift): readonly Annotation[] {
  return withNewNames(drift).findings.map((finding) => {
    const { severity, address, field, source } = finding;
    const detail = sinceText([finding]);
    return {
      level: LEVEL_OF[severity],
      rule: driftRule(finding),
      address,
      part: field,
      places: source === null ? [] : [{ file: source.file, line: source.line, column: source.column }],
      text: driftFindingText(finding),
      hint: null,
      detail: detail === '' ? null : detail,
    };
  });
}

function driftRule({ class: name, subclass }: DriftFinding): Rule {
  const code = `drift-${subclass ?? name}`;
  return {
    id: subclass === null ? `drift/${name}` : `drift/${name}-${subclass}`,
    code,
    title: subclass === null ? `Drift: ${name}` : `Drift: ${name}, ${subclass}`,
    help: `${MEANING[name]} Apply the configuration to revert it, or declare what is there to accept it.`,
  };
}

/** One finding in words, without its address: what is and should be, and what else there is to say. */
export function driftFindingText(finding: DriftFinding): string {
  const { message } = finding;
  const told = message === null ? [] : [message.replace(/(?<![.!?])$/u, '.')];
  return [`${differenceText(finding)}.`, ...told].join(' ');
}

function differenceText({ class: name, subclass, field, desired, actual }: DriftFinding): string {
  if (name === 'missing') return 'is declared and not there';
  if (name === 'unmanaged') return 'is there and covered by nothing';
  if (field === 'absent') return 'is there, should be deleted';
  if (field === null) return subclass ?? name;
  return `${field} is ${valueText(actual)}, should be ${valueText(desired)}`;
}
