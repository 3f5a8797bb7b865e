/** `emailSettings` of several files as one. That no field is declared twice is the business of a rule. */

import type { Declared, DeclaredResource } from '../model/config.ts';

export function mergeSettings(settings: readonly DeclaredResource[]): DeclaredResource | null {
  const [first] = settings;
  if (first === undefined) return null;
  const fields = new Map<string, Declared>();
  for (const part of settings) for (const [key, field] of part.fields) fields.set(key, field);
  return { ...first, fields };
}
