/** Splits a list at a separator that stands outside of parentheses and quoted strings. */

import { badRequest } from './errors.ts';

/** Well above what any client nests, well below what the stack holds. */
const MAX_DEPTH = 200;

export function splitOutside(text: string, separator: ',' | ';' | '/'): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === "'") quoted = !quoted;
    if (quoted) continue;
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth < 0) throw unbalanced(text);
    if (depth > MAX_DEPTH) throw badRequest('Recursion depth exceeded allowed limit.');
    if (sign !== separator || depth > 0) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  if (depth !== 0 || quoted) throw unbalanced(text);
  return [...parts, text.slice(from)];
}

function unbalanced(text: string): Error {
  return badRequest(`Parentheses or quotes are not balanced in '${text}'.`);
}
