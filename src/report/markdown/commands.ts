/** Commands that people copy out of a report, quoted for a shell. */

import type { Plan } from '../../model/plan.generated.ts';
import type { MarkdownStyle } from './markdown-style.ts';

/** As one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A pattern that matches this address and no other. */
export function targetOf(address: string): string {
  return shellQuoted(address.replaceAll('*', '\\*'));
}

/** In quotes, whether it needs them or not. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A name with characters that cannot be shown cannot be typed either. */
export function canBeTyped(address: string): boolean {
  return !/\\u[0-9a-f]{4}/u.test(address);
}

/** What carries out exactly this plan. */
export function applyCommand({ environment, plan_digest }: Plan, style: MarkdownStyle): string {
  const file = shellWord(style.planFile ?? PLAN_FILE);
  return `${command('apply', environment.name, style)} --plan ${file} --expect ${shellWord(plan_digest)}`;
}

/** Stands for the file that a plan is saved in where that is not known. */
const PLAN_FILE = 'PLAN';

/** The words that save the plan where it is not known to be saved; else empty. */
export function savedBy({ planFile }: MarkdownStyle): string {
  return planFile === undefined ? `plan --out ${PLAN_FILE}` : '';
}

/** The same command, for whoever means it although guards refuse it. */
export function accepting(command: string, guards: readonly string[]): string {
  return [command, ...guards.map((guard) => `--allow ${shellWord(guard)}`)].join(' ');
}

/** `mailboxctl apply --env prod`, to be gone on with. */
export function command(verb: string, environment: string, { directory }: MarkdownStyle): string {
  const words = [verb, ...(directory === undefined ? [] : [shellWord(directory)])];
  return `mailboxctl ${words.join(' ')} --env ${shellWord(environment)}`;
}
