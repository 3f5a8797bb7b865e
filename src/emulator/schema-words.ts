/** What a schema has against a value, in words. */

import type { ErrorObject } from 'ajv';

export interface SchemaWords {
  /** Of the value, or of the key that is not known. */
  readonly path: readonly string[];
  readonly message: string;
}

/** `whole`: what the document itself is called. */
export function schemaWords(error: ErrorObject, whole: string): SchemaWords {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const unknown = (error.params as { additionalProperty?: string }).additionalProperty;
  const allowed = (error.params as { allowedValues?: readonly unknown[] }).allowedValues;
  const where = unknown === undefined ? path : [...path, unknown];
  const what = unknown === undefined ? (error.message ?? 'is not valid') : 'is not known';
  const choice = allowed === undefined ? '' : `: ${allowed.map(String).join(', ')}`;
  const subject = where.length === 0 ? whole : where.join('.');
  return { path: where, message: `${subject} ${what}${choice}` };
}
