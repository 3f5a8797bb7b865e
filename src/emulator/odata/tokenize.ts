/** Cuts the text of a $filter into tokens. Knows how literals look, not which names exist. */

import { badRequest, invalidJson } from './errors.ts';

export type TokenKind = 'name' | 'string' | 'number' | 'date' | 'guid' | 'json' | 'alias' | 'mark' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As written, but for a string its value with quotes undoubled. */
  readonly text: string;
  readonly at: number;
}

interface Pattern {
  readonly kind: TokenKind;
  readonly pattern: RegExp;
}

const END = '(?![\\w.-])';
const PATTERNS: readonly Pattern[] = [
  { kind: 'guid', pattern: new RegExp(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}${END}`, 'iy') },
  {
    kind: 'date',
    pattern: /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?(?![\w.:-])/iy,
  },
  { kind: 'number', pattern: new RegExp(`-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?${END}`, 'iy') },
  { kind: 'alias', pattern: /@[A-Za-z_]\w*/y },
  { kind: 'name', pattern: /\$?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y },
  { kind: 'mark', pattern: /[(),/:=]/y },
];

export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const [token, next] = readToken(text, at);
    tokens.push(token);
    at = skipSpace(text, next);
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

export function syntaxError(at: number, text: string): Error {
  return badRequest(`Syntax error at position ${at} in '${text}'.`);
}

function readToken(text: string, at: number): readonly [Token, number] {
  if (text[at] === "'") return readString(text, at);
  if (text[at] === '[') return readJson(text, at);
  for (const { kind, pattern } of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [{ kind, text: found, at }, at + found.length];
  }
  throw syntaxError(at, text);
}

function readString(text: string, at: number): readonly [Token, number] {
  let end = at + 1;
  for (;;) {
    end = text.indexOf("'", end);
    if (end < 0)
      throw badRequest(`There is an unterminated literal at position ${text.length} in '${text}'.`);
    if (text[end + 1] !== "'") break;
    end += 2;
  }
  const value = text.slice(at + 1, end).replaceAll("''", "'");
  return [{ kind: 'string', text: value, at }, end + 1];
}

/** A JSON array, taken whole: brackets inside its strings do not count. */
function readJson(text: string, at: number): readonly [Token, number] {
  let quote = '';
  for (let end = at + 1; end < text.length; end += 1) {
    const sign = text.charAt(end);
    if (quote !== '') {
      if (sign === '\\') end += 1;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ']') return [{ kind: 'json', text: text.slice(at, end + 1), at }, end + 1];
  }
  throw invalidJson();
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text.charAt(at))) at += 1;
  return at;
}
