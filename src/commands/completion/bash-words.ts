/**
 * A command line as bash takes it apart, and the text that stands for a word in it. Readline replaces not the word but
 * what stands behind its last unquoted break character – `:`, `=` and `@` are among them –, so what it keeps is left
 * as it was typed.
 */

export interface BashLine {
  /** Those before the one that is being completed, without quotes; the program first. */
  readonly words: readonly string[];
  /** As it was typed, up to the cursor. */
  readonly raw: string;
}

type Quote = '"' | "'" | null;

interface Unquoted {
  readonly text: string;
  /** The one that is open at the end. */
  readonly quote: Quote;
  /** Where the first word ends; -1 where the text is all of one word. */
  readonly end: number;
}

/** Up to the first unquoted space. */
function unquoted(raw: string): Unquoted {
  let text = '';
  let quote: Quote = null;
  for (let at = 0; at < raw.length; at += 1) {
    const sign = raw.charAt(at);
    if (quote === null && /\s/u.test(sign)) return { text, quote, end: at };
    if (sign === quote) quote = null;
    else if (quote === null && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === '\\' && quote !== "'" && isEscape(raw.charAt(at + 1), quote)) {
      at += 1;
      text += raw.charAt(at);
    } else text += sign;
  }
  return { text, quote, end: -1 };
}

/** Between double quotes a backslash is itself before everything else (Bash manual, "Double Quotes"). */
function isEscape(next: string, quote: Quote): boolean {
  return quote === null || (next !== '' && '$`"\\'.includes(next));
}

export function readBashLine(line: string): BashLine {
  const words: string[] = [];
  let rest = line.trimStart();
  for (;;) {
    const { text, end } = unquoted(rest);
    if (end < 0) return { words, raw: rest };
    words.push(text);
    rest = rest.slice(end).trimStart();
  }
}

/** The word that is being completed, without quotes. */
export function typedText({ raw }: BashLine): string {
  return unquoted(raw).text;
}

/**
 * What readline has to put in place of `replaced`, the end of the word, so that the whole word means `value`; `null`
 * where what stays rules that out.
 */
export function bashReplacement(value: string, { raw }: BashLine, replaced: string): string | null {
  const kept = raw.endsWith(replaced) ? raw.slice(0, raw.length - replaced.length) : '';
  const { text, quote } = unquoted(kept);
  if (!value.startsWith(text)) return null;
  return escaped(value.slice(text.length), quote);
}

/** Readline closes the quote itself. */
function escaped(text: string, quote: Quote): string {
  if (quote === "'") return text.replaceAll("'", "'\\''");
  if (quote === '"') return text.replace(/[$`"\\]/gu, '\\$&');
  return text.replace(/[^\w@%+=:,./\u0080-\u{10ffff}-]/gu, '\\$&');
}
