/** Checks the bodies of the control interface: the entries of an organization file, under the same schema. */

import { validator } from './organization.validators.ts';

export type ControlBody = 'faults' | 'edits' | 'clock';

export function controlBodyError(kind: ControlBody, body: unknown): string | null {
  const validate = validator(kind);
  if (validate(body)) return null;
  return (validate.errors ?? [])
    .map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`.trim())
    .join('; ');
}
