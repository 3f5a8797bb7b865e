/** What a drift report has to say about lines of the files: of each finding, or of each group as the text has them. */

import type { Drift, DriftFinding } from '../../model/drift.generated.ts';
import {
  DRIFT_CLASSES,
  type DriftGroup,
  driftGroups,
  fieldName,
  fieldsOf,
  sinceText,
  withNewNames,
} from '../drift-groups.ts';
import { groupBy } from '../group.ts';
import { printableText } from '../printable.ts';
import { valueText } from '../value-text.ts';
import { type Annotation, inReadingOrder, type Level, type Rule } from './annotation.ts';
import { placeOf } from './places.ts';

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
    const { address, field, source } = finding;
    const detail = sinceText([finding]);
    return {
      level: levelOf(finding),
      rule: driftRule(finding),
      address,
      part: field,
      places: source === null ? [] : [placeOf(source)],
      text: driftFindingText(finding),
      hint: null,
      detail: detail === '' ? null : detail,
    };
  });
}

/** One for each group, at the first of its lines: the runner keeps few. */
export function driftGroupAnnotations(drift: Drift): readonly Annotation[] {
  const { findings } = withNewNames(drift);
  const groups = DRIFT_CLASSES.flatMap((name) => driftGroups(findings.filter((one) => one.class === name)));
  return groups.flatMap(ofGroup);
}

/** All of them alike but for the address, so that they are told together. */
function ofGroup(group: DriftGroup): readonly Annotation[] {
  const [first] = group;
  if (first === undefined) return [];
  const places = inReadingOrder(group.flatMap(({ source }) => (source === null ? [] : [placeOf(source)])));
  const rest = places.slice(1, PLACES).map(({ file, line }) => printableText(`${file}:${line}`));
  const more = places.length > PLACES ? ['…'] : [];
  const hint = rest.length === 0 ? null : `also ${[...rest, ...more].join(', ')}`;
  return groupBy(group, ({ address }) => address).map((own) => {
    const detail = sinceText(own);
    return {
      level: levelOf(first),
      rule: driftRule(first),
      address: own[0]?.address ?? null,
      part: first.field,
      places,
      text: groupText(fieldsOf(group)),
      hint,
      detail: detail === '' ? null : detail,
    };
  });
}

/** Lines that are named of one group. */
const PLACES = 4;

function groupText(fields: readonly DriftFinding[]): string {
  const message = fields[0]?.message ?? null;
  return sentences(fields.map(differenceText).join('; '), message);
}

/** What nobody has tested yet is work to be done; nothing went wrong. */
function levelOf({ class: name, subclass, actual, severity }: DriftFinding): Level {
  return name === 'health' && subclass === null && actual === 'not-run' ? 'note' : LEVEL_OF[severity];
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
  return sentences(differenceText(finding), finding.message);
}

function sentences(difference: string, message: string | null): string {
  const told = message === null ? [] : [message.replace(/(?<![.!?])$/u, '.')];
  return [`${difference}.`, ...told].join(' ');
}

function differenceText({ class: name, subclass, field, desired, actual }: DriftFinding): string {
  if (name === 'missing') return 'is declared and not there';
  if (name === 'unmanaged') return 'is there and covered by nothing';
  if (field === 'absent') return 'is there, should be deleted';
  if (field === null) return subclass ?? name;
  return `${fieldName(field)} is ${valueText(actual)}, should be ${valueText(desired)}`;
}
