/** Whether patterns of text (`*` is the only wildcard) can fit one and the same text. */

import { foldText } from '../model/value.ts';

type Token = { readonly star: boolean; readonly text: string };

/** Walks all patterns side by side, letter by letter, and remembers where it has been. */
export function haveCommonText(patterns: readonly string[]): boolean {
  const tokens = patterns.map(tokensOf);
  const letters = new Set(tokens.flat().flatMap(({ star, text }) => (star ? [] : [text])));
  const seen = new Set<string>();
  const open = [tokens.map(() => 0)];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const key = place.join();
    if (seen.has(key)) continue;
    seen.add(key);
    if (tokens.every((own, index) => isAtEnd(own, place[index] ?? 0))) return true;
    for (const letter of letters) open.push(...after(letter, tokens, place));
    for (const [index, own] of tokens.entries()) {
      // A star may stand for nothing.
      if (own[place[index] ?? 0]?.star === true) open.push(place.with(index, (place[index] ?? 0) + 1));
    }
  }
  return false;
}

/** Where each pattern is after one more letter; nowhere if one of them does not take it. */
function after(
  letter: string,
  tokens: readonly (readonly Token[])[],
  place: readonly number[],
): readonly number[][] {
  const next: number[] = [];
  for (const [index, own] of tokens.entries()) {
    const at = place[index] ?? 0;
    const token = own[at];
    if (token === undefined || !(token.star || token.text === letter)) return [];
    next.push(token.star ? at : at + 1);
  }
  return [next];
}

function isAtEnd(tokens: readonly Token[], place: number): boolean {
  return tokens.slice(place).every(({ star }) => star);
}

function tokensOf(pattern: string): readonly Token[] {
  return [...foldText(pattern).matchAll(/\\\*|[\s\S]/gu)].map(([part]) => ({
    star: part === '*',
    text: part === '\\*' ? '*' : part,
  }));
}
