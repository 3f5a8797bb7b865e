/**
 * Hides what may be a secret before lines of a configuration file are shown. A password that stands in the file by
 * mistake must not travel into logs and pull requests as well. Works on lines, so that it holds for broken files too.
 */

const SECRET_WORD = /pass(word|wd|phrase)?|pwd|secret|token$|apikey/iu;
const NOT_SECRET = /^(tokenFile|secretOf)$/u;
const HIDDEN = '********';
/** `key: value` anywhere in a line, the key plain or in quotes. */
const PAIR = /(["']?)([A-Za-z][\w-]*)\1\s*:\s*/gu;
/** What a reference looks like; an environment variable with a `$` or a `!` in its name is no name but a password. */
const BODY = String.raw`(?:env\s*:\s*["']?[A-Za-z_]\w*["']?|file\s*:\s*[^{},]+|keyVault\s*:\s*["']?https:[^{},\s]+)`;
const REFERENCE = new RegExp(String.raw`^\{\s*${BODY}\s*\}`, 'u');
const REFERENCE_BEGINS = new RegExp(String.raw`^\{\s*${BODY}\s*,?$`, 'u');
const REFERENCE_LINE = new RegExp(
  String.raw`^\s*(?:\{\s*)?${BODY}\s*\}?\s*(?:#.*)?$|^\s*[{}]?\s*(?:#.*)?$`,
  'u',
);

export interface HiddenLines {
  readonly lines: readonly string[];
  /** What was hidden, so that messages can be searched for it. */
  readonly hidden: readonly string[];
}

export function isSecretKey(key: string): boolean {
  return SECRET_WORD.test(key) && !NOT_SECRET.test(key);
}

export function hideSecrets(lines: readonly string[]): HiddenLines {
  const hidden: string[] = [];
  const shown: string[] = [];
  let within: number | null = null;
  for (const line of lines) {
    const indent = line.length - line.trimStart().length;
    if (within !== null && line.trim() !== '' && indent <= within) within = null;
    if (within !== null) {
      shown.push(hideContinuation(line, hidden));
      continue;
    }
    const { text, open } = hideInLine(line, hidden);
    shown.push(text);
    if (open) within = keyColumn(line);
  }
  return { lines: shown, hidden };
}

/** A line under a secret's key: only a reference may be read. */
function hideContinuation(line: string, hidden: string[]): string {
  if (REFERENCE_LINE.test(line)) return line;
  const text = line.trim();
  remember(text, hidden);
  remember(text.replace(/^[\w"'-]+\s*:\s*/u, ''), hidden);
  return line.replace(text, HIDDEN);
}

/** `open`: the value goes on in the lines below. */
function hideInLine(line: string, hidden: string[]): { readonly text: string; readonly open: boolean } {
  if (line.trimStart().startsWith('#')) return hideComment(line, hidden);
  for (const match of line.matchAll(PAIR)) {
    const key = match[2] ?? '';
    const start = match.index + match[0].length;
    const value = line.slice(start).trimEnd();
    if (!isSecretKey(key) && !isBareCredentials(key, value)) continue;
    if (value === '' || value === '{' || value.startsWith('#')) return { text: line, open: true };
    if (REFERENCE.test(value)) continue;
    if (REFERENCE_BEGINS.test(value)) return { text: line, open: true };
    const ended = /\s*[}\]]*\s*$/u.exec(value)?.[0] ?? '';
    const bare = value.slice(0, value.length - ended.length);
    remember(bare, hidden);
    remember(bare.replace(/^\{\s*\w+\s*:\s*/u, ''), hidden);
    return { text: `${line.slice(0, start)}${HIDDEN}${ended}`, open: !/^["'].*["']$/u.test(bare) };
  }
  return { text: line, open: false };
}

function hideComment(line: string, hidden: string[]): { readonly text: string; readonly open: boolean } {
  const body = line.trimStart().replace(/^#+\s?/u, '');
  const { text } = hideInLine(body, hidden);
  return { text: line.slice(0, line.length - body.length) + text, open: false };
}

/** Column of the first key of a line, behind the dash of a list. */
function keyColumn(line: string): number {
  return line.length - line.replace(/^[\s-]+/u, '').length;
}

/** `credentials: support/password` instead of a mapping. */
function isBareCredentials(key: string, value: string): boolean {
  return key === 'credentials' && !/^(\{|none\b|#|$)/u.test(value);
}

function remember(text: string, hidden: string[]): void {
  hidden.push(text, text.replace(/^[*&!]/u, ''), text.replace(/^(["'])(.*)\1$/u, '$2'));
}

/** A message without the hidden texts, should one of them be quoted in it. Short ones only where they stand alone. */
export function withoutSecrets(message: string, hidden: readonly string[]): string {
  let text = message;
  for (const secret of [...hidden].sort((a, b) => b.length - a.length)) {
    if (secret.length >= 4) text = text.replaceAll(secret, HIDDEN);
    else if (secret !== '') text = text.replaceAll(`"${secret}"`, `"${HIDDEN}"`);
  }
  return text;
}

/** The column for a caret: a place inside a hidden text moves to its beginning. */
export function shownColumn(line: string, column: number): number {
  const at = line.indexOf(HIDDEN);
  return at >= 0 && column - 1 > at ? at + 1 : column;
}
