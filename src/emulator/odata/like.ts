/**
 * T-SQL LIKE patterns: %, _, [set], [^set]. A pattern is compiled once; matching never backtracks exponentially.
 * Microsoft Learn, "Use wildcard characters in conditions for string values".
 */

type Part = { readonly kind: 'many' } | { readonly kind: 'one'; readonly matches: (sign: string) => boolean };

const WILDCARD = /[%_[]/;
const ANY: Part = { kind: 'one', matches: () => true };
const MANY: Part = { kind: 'many' };

export function hasWildcard(text: string): boolean {
  return WILDCARD.test(text);
}

/** A test for text and pattern in lower case. */
export function compileLike(pattern: string): (text: string) => boolean {
  const parts = parseParts(pattern);
  return (text) => matchParts(parts, text);
}

function parseParts(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    const [part, next] = parsePart(pattern, at);
    parts.push(part);
    at = next;
  }
  return parts;
}

function parsePart(pattern: string, at: number): readonly [Part, number] {
  const sign = pattern.charAt(at);
  if (sign === '%') return [MANY, at + 1];
  if (sign === '_') return [ANY, at + 1];
  if (sign === '[') return parseSet(pattern, at);
  return [{ kind: 'one', matches: (other) => other === sign }, at + 1];
}

/** `[]]` is the set of one closing bracket; a set that is never closed matches nothing. */
function parseSet(pattern: string, at: number): readonly [Part, number] {
  const negated = pattern.charAt(at + 1) === '^';
  const from = at + (negated ? 2 : 1);
  const close = pattern.indexOf(']', from + 1);
  if (close < 0) return [{ kind: 'one', matches: () => false }, pattern.length];
  const matches = compileSet(pattern.slice(from, close));
  return [{ kind: 'one', matches: (sign) => matches(sign) !== negated }, close + 1];
}

function compileSet(text: string): (sign: string) => boolean {
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const first = text.charAt(at);
    const range = text.charAt(at + 1) === '-' && at + 2 < text.length;
    ranges.push([first, range ? text.charAt(at + 2) : first]);
    if (range) at += 2;
  }
  return (sign) => ranges.some(([from, to]) => sign >= from && sign <= to);
}

/** Greedy matching that only ever returns to the last `%`. */
function matchParts(parts: readonly Part[], text: string): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const current = parts[part];
    if (current?.kind === 'many') {
      star = part;
      resume = at;
      part += 1;
    } else if (current?.matches(text.charAt(at)) === true) {
      part += 1;
      at += 1;
    } else {
      if (star < 0) return false;
      resume += 1;
      part = star + 1;
      at = resume;
    }
  }
  return parts.slice(part).every(({ kind }) => kind === 'many');
}
