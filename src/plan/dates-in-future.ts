/** Declared times to process mail from that are still to come when the environment is read: mail before them is left alone. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { canonical } from '../model/value.ts';
import type { Folding } from './fold.ts';

const FIELD = 'processEmailsFrom';

/** One for each place of the files, however many mailboxes a rule there is about. */
export function datesInFuture({ state, context }: Folding): readonly Diagnostic[] {
  const { asOf } = context.snapshot;
  const found = new Map<string, Diagnostic>();
  for (const resource of state.resources) {
    const declared = resource.fields.get(FIELD);
    if (resource.absent || declared === undefined || !isAfter(declared.value, asOf)) continue;
    const { value, source } = declared;
    const key = canonical([source, value]);
    const address = found.has(key) ? null : resource.address;
    found.set(key, {
      code: 'date-in-future',
      severity: 'warning',
      address,
      source,
      message: `${FIELD} ${String(value)} is later than now (${asOf}): mail before it is left alone`,
      hint: 'If mail is to be processed now, write an earlier time.',
    });
  }
  return [...found.values()];
}

function isAfter(value: unknown, asOf: string): boolean {
  return typeof value === 'string' && Date.parse(value) > Date.parse(asOf);
}
