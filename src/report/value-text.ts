/** A value as people read it. Knows the shapes of values, no field. */

import { parseAddress } from '../model/address.ts';
import {
  isRef,
  isSecret,
  isSetFlag,
  isTestResults,
  isUnknown,
  type SecretReason,
  type TestResults,
  type Value,
} from '../model/value.ts';

const WHY: Readonly<Record<SecretReason, string>> = {
  created: 'because the record is new',
  'not-set': 'because none is set',
  'group-changed': 'because what belongs to it changes',
  'reference-changed': 'because the reference changed',
  rotate: 'because a rotation was asked for',
};

const DIRECTION_WORDS: Readonly<Record<string, string>> = { appointmentsContactsTasks: 'appointments' };

export function valueText(value: Value): string {
  if (value === null) return '(none)';
  if (typeof value === 'string') return plainText(value);
  if (typeof value !== 'object') return String(value);
  if (isRef(value)) return plainText(parseAddress(value.ref)?.name ?? value.ref);
  if (isSecret(value)) return `(${value.secret}${value.why === undefined ? '' : `, ${WHY[value.why]}`})`;
  if (isSetFlag(value)) return value.is_set ? '(set)' : '(not set)';
  if (isUnknown(value)) return unknownText(value.unknown);
  if (isTestResults(value)) return resultsText(value);
  return value.length === 0 ? '(empty list)' : value.map(valueText).join(', ');
}

/** Quoted where the text could be taken for something else, or its spaces would not show. */
function plainText(value: string): string {
  const text = value.trimEnd().includes('\n')
    ? value.trimEnd().replace(/\s*\n\s*/gu, ' ')
    : value.replace(/\n+$/u, '');
  return text === '' || text !== text.trim() || text.startsWith('(') ? JSON.stringify(text) : text;
}

/** What an earlier step makes of a field is known when it is done. */
function unknownText(what: string): string {
  const step = what.lastIndexOf('#');
  if (step < 0) return `(unknown ${what})`;
  const verb = what.slice(step + 1);
  return verb === 'readdress' ? '(known after its address is set)' : `(known after ${verb})`;
}

/** `incoming not run, outgoing success`. */
export function resultsText(results: TestResults): string {
  const parts = Object.entries(results).map(([name, result]) => `${directionWord(name)} ${words(result)}`);
  return parts.join(', ');
}

export function directionWord(direction: string): string {
  return DIRECTION_WORDS[direction] ?? direction;
}

/** A code of the documents as words. */
export function words(code: string): string {
  return code.replaceAll('-', ' ');
}
