/** Commands that people copy out of a report, quoted for a shell. */

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

/** `mailboxctl apply --env prod`, to be gone on with. */
export function command(verb: string, environment: string, { directory }: MarkdownStyle): string {
  const words = [verb, ...(directory === undefined ? [] : [shellWord(directory)])];
  return `mailboxctl ${words.join(' ')} --env ${shellWord(environment)}`;
}
