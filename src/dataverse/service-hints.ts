/**
 * What the service's error codes mean for e-mail, in our words, and what to do about them: for answers to requests,
 * and for alerts, which tell more. A code that is not known is explained by nobody and shown as it is.
 */

import type { Alert } from '../model/snapshot.ts';
import { type AlertCode, alertCodeFacts, alertTextFacts, codeKeys } from './alert-codes.ts';
import { SERVICE_CODES } from './service-codes.ts';

interface ServiceHint {
  readonly meaning: string;
  readonly hint: string;
}

export interface AlertExplanation {
  /** What it means and what to do; `null` where neither code nor text is known. */
  readonly hint: string | null;
  /** Why it comes. */
  readonly cause: string | null;
  /** What the service does about it by itself: tries again, or has turned the mailbox off. */
  readonly effect: 'retried' | 'disabled' | null;
  /** Microsoft's article. */
  readonly article: string | null;
}

const SERVICE_HINTS: ReadonlyMap<string, ServiceHint> = new Map(SERVICE_CODES.map((row) => [row.code, row]));

/** Of an answer to a request. Codes are printed with and without `0x`, and in either case. */
export function serviceHint(code: string | null): ServiceHint | null {
  if (code === null) return null;
  const keys = codeKeys(code);
  for (const key of keys) {
    const known = SERVICE_HINTS.get(key);
    if (known !== undefined) return known;
  }
  return alertCodeFacts(code);
}

/** Of an alert: by its code, else by what its text says, which only helps where it is English. */
export function explainAlert({ code, text }: Pick<Alert, 'code' | 'text'>): AlertExplanation {
  const known = (code === null ? null : alertCodeFacts(code)) ?? alertTextFacts(text);
  if (known !== null) {
    return {
      hint: explained(known),
      cause: known.cause,
      effect: effectOf(text, known),
      article: known.article,
    };
  }
  const general = serviceHint(code);
  return {
    hint: general === null ? null : explained(general),
    cause: null,
    effect: effectOf(text, null),
    article: null,
  };
}

/** What it means and what to do, as sentences. */
export function explained({ meaning, hint }: ServiceHint): string {
  return `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}. ${hint}`;
}

/** The alert itself says it, in English; else what is known of the code. */
function effectOf(text: string, known: AlertCode | null): AlertExplanation['effect'] {
  if (/\bwill try\b[^.]*\bagain\b/iu.test(text)) return 'retried';
  if (/\b(has|have) been disabled\b|\bdid(n't| not) synchroni[sz]e\b/iu.test(text)) return 'disabled';
  return known?.effect ?? null;
}
