/**
 * A field in words, for the two places where people read about it: the hover text of an editor, and the field
 * reference. Both are made from the row alone.
 */

import type { FieldRow } from './field.ts';

/** The description that an editor shows: what the field is, what its values mean, what it counts, what is risky. */
export function describeField({ yaml, risk }: FieldRow): string {
  if (yaml === undefined) return '';
  const { summary, meanings = {}, unit } = yaml;
  const lines = [summary, ...Object.entries(meanings).map(([value, meaning]) => `- ${value}: ${meaning}`)];
  if (unit !== undefined) lines.push(`Unit: ${unit}.`);
  if (risk !== undefined) lines.push(`Risk (${risk.guard}): ${risk.text}`);
  return lines.join('\n');
}

/** The values that a field takes, as its schema says. */
export function valuesOf({ yaml, secretOf }: FieldRow): string {
  if (yaml === undefined) return '';
  if (secretOf !== undefined) return 'a reference to a secret: `env`, `file` or `keyVault`';
  const { unit, schema } = yaml;
  const values = schemaValues(schema);
  return unit === undefined ? values : `${values} (${unit})`;
}

function schemaValues({ enum: listed, type, format, minimum, maximum, maxLength, pattern }: Schema): string {
  if (Array.isArray(listed)) return listed.map((value) => `\`${value}\``).join(', ');
  if (format === 'date-time') return 'date and time';
  if (format === 'uuid') return 'id (UUID)';
  if (format === 'email') return `e-mail address of at most ${maxLength} characters`;
  if (minimum !== undefined && maximum !== undefined) return `whole number from ${minimum} to ${maximum}`;
  if (maxLength !== undefined) return `text of at most ${maxLength} characters`;
  if (pattern !== undefined && type === 'string') return 'text';
  return TYPE_WORDS[String(type)] ?? String(type);
}

type Schema = NonNullable<FieldRow['yaml']>['schema'];

const TYPE_WORDS: Readonly<Record<string, string>> = {
  boolean: '`true`, `false`',
  string: 'text',
  array: 'list of texts',
  object: 'mapping',
  'object,string': 'mapping, or `none`',
};
