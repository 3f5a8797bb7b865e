/** Documents as JSON text in pieces, for large ones. Knows no document. */

/** Members and items that are written together. */
const TOGETHER = 500;

/**
 * What `JSON.stringify(document, null, 2)` and a line break give, in pieces: a plan of a hundred thousand steps is never
 * one text in memory.
 */
export function* jsonPieces(document: object): Iterable<string> {
  yield* pieces(document, '');
  yield '\n';
}

/** Large lists and objects part by part, each as `JSON.stringify` would write it. */
function* pieces(value: unknown, indent: string): Iterable<string> {
  if (Array.isArray(value) && value.length > TOGETHER) yield* listPieces(value, indent);
  else if (isObject(value) && (indent === '' || hasMany(value))) yield* objectPieces(value, indent);
  else yield indented(JSON.stringify(value, null, 2), indent);
}

function* listPieces(items: readonly unknown[], indent: string): Iterable<string> {
  let sign = '[\n';
  for (let start = 0; start < items.length; start += TOGETHER) {
    const text = JSON.stringify(items.slice(start, start + TOGETHER), null, 2);
    yield sign + indent + indented(text.slice(2, -2), indent);
    sign = ',\n';
  }
  yield `\n${indent}]`;
}

function* objectPieces(value: Readonly<Record<string, unknown>>, indent: string): Iterable<string> {
  const inner = `${indent}  `;
  let sign = '{\n';
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    yield `${sign}${inner}${JSON.stringify(key)}: `;
    yield* pieces(member, inner);
    sign = ',\n';
  }
  yield sign === '{\n' ? '{}' : `\n${indent}}`;
}

function indented(text: string, indent: string): string {
  return indent === '' ? text : text.replaceAll('\n', `\n${indent}`);
}

function hasMany(value: Readonly<Record<string, unknown>>): boolean {
  let members = 0;
  for (const _ in value) {
    members += 1;
    if (members > TOGETHER) return true;
  }
  return false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
