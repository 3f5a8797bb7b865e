/** A position in a list of tokens, and the small moves every parser here is made of. */

import { badRequest } from './errors.ts';
import { syntaxError, type Token, tokenize } from './tokenize.ts';

export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  at: number;
  /** How many conditions are open around the position. */
  depth: number;
}

/** Aliases are replaced by the literal or property path they stand for; one without a value means null. */
export function openCursor(text: string, aliases: ReadonlyMap<string, string>): Cursor {
  const tokens = tokenize(text).flatMap((token) =>
    token.kind === 'alias' ? expandAlias(token, aliases) : [token],
  );
  return { text, tokens, at: 0, depth: 0 };
}

export function peek(cursor: Cursor, ahead = 0): Token {
  return cursor.tokens[cursor.at + ahead] ?? { kind: 'end', text: '', at: cursor.text.length };
}

export function next(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

export function isMark(token: Token, text: string): boolean {
  return token.kind === 'mark' && token.text === text;
}

export function isName(token: Token, text: string): boolean {
  return token.kind === 'name' && token.text === text;
}

export function takeMark(cursor: Cursor, text: string): boolean {
  if (!isMark(peek(cursor), text)) return false;
  cursor.at += 1;
  return true;
}

export function takeName(cursor: Cursor, text: string): boolean {
  if (!isName(peek(cursor), text)) return false;
  cursor.at += 1;
  return true;
}

export function expectMark(cursor: Cursor, text: string): void {
  if (!takeMark(cursor, text)) throw unexpected(cursor);
}

export function expectName(cursor: Cursor): string {
  const token = next(cursor);
  if (token.kind !== 'name') throw syntaxError(token.at, cursor.text);
  return token.text;
}

export function unexpected(cursor: Cursor): Error {
  return syntaxError(peek(cursor).at, cursor.text);
}

function expandAlias(token: Token, aliases: ReadonlyMap<string, string>): readonly Token[] {
  const value = aliases.get(token.text);
  if (value === undefined) return [{ kind: 'name', text: 'null', at: token.at }];
  const tokens = tokenize(value).slice(0, -1);
  if (!isOperand(tokens))
    throw badRequest(
      `The value of the parameter alias '${token.text}' is not a literal or a property: '${value}'.`,
    );
  return tokens.map((part) => ({ ...part, at: token.at }));
}

function isOperand(tokens: readonly Token[]): boolean {
  if (tokens.length === 1) return tokens[0]?.kind !== 'alias' && tokens[0]?.kind !== 'mark';
  return (
    tokens.length % 2 === 1 &&
    tokens.every((token, index) => (index % 2 === 0 ? token.kind === 'name' : isMark(token, '/')))
  );
}
