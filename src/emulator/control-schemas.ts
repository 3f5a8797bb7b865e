/** Checks the bodies of the control interface: the entries of an organization file, under the same schema. */

import { validator } from './organization.validators.ts';
import { schemaWords } from './schema-words.ts';

export type ControlBody = 'faults' | 'edits' | 'clock';

export function controlBodyError(kind: ControlBody, body: unknown): string | null {
  const validate = validator(kind);
  if (validate(body)) return null;
  return (validate.errors ?? []).map((error) => schemaWords(error, 'the body').message).join('; ');
}
