/**
 * Makes a document safe to print. Names, alerts and error texts come from the service, where anybody may have typed
 * them: a control character could redraw the terminal and hide what a plan does.
 */

const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** Control characters, and characters that turn the direction of the text around them. */
const CONTROLS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The same document, line breaks in its texts replaced by a space and control characters by their number. */
export function printable<T>(document: T): T {
  return cleaned(document) as T;
}

function cleaned(data: unknown): unknown {
  if (typeof data === 'string') return printableText(data);
  if (Array.isArray(data)) return data.map(cleaned);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [printableText(key), cleaned(value)]));
}

export function printableText(text: string): string {
  return text.replace(BREAKS, ' ').replace(CONTROLS, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
