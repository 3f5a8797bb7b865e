/** What is told about a value that takes the place of a secret. It never shows the value. */

import type { SchemaError, SchemaMessage } from './schema-error.ts';
import { keysOf, REFERENCE_HINT, subjectOf } from './schema-words.ts';

/** The value itself must not appear: it may be the secret. */
export function plainSecret(subject: string): SchemaMessage {
  if (subject === 'credentials') {
    return {
      code: 'secret-in-text',
      at: 'value',
      message: 'credentials must be "none", or a mapping with username and password',
      hint: 'Write credentials: { username: …, password: { env: NAME } }.',
    };
  }
  return {
    code: 'secret-in-text',
    at: 'value',
    message: `${subject} must be a reference to a secret, never the secret itself`,
    hint: REFERENCE_HINT,
  };
}

/** Exactly one of the keys names the secret; which of them were written is no secret. */
export function notOneReference({ path, data, schema }: SchemaError): SchemaMessage {
  const known = keysOf(schema);
  const written = known.filter((key) => typeof data === 'object' && data !== null && key in data);
  const subject = subjectOf(path);
  const allowed = known.join(', ');
  return {
    code: written.length === 0 ? 'empty-value' : 'wrong-value',
    at: 'value',
    message:
      written.length === 0
        ? `${subject} is empty; exactly one of ${allowed} is required`
        : `${subject} has the keys ${written.join(' and ')}; exactly one of ${allowed} is allowed`,
    hint: written.length === 0 ? 'For example: { env: NAME }.' : 'Keep one of the keys.',
  };
}
