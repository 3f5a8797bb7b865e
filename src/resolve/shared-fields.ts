/**
 * What is made of the fields that many mailboxes share, made once: whatever follows from the same fields is the same
 * object again, so that a large environment holds each of them once.
 */

import type { Declared } from '../model/config.ts';

export type Fields = ReadonlyMap<string, Declared>;

/** The same answer for the same object, while resolving lasts. */
export function once<Key extends object, Made extends object>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const made = known.get(key) ?? make(key);
    known.set(key, made);
    return made;
  };
}

/** What later stages need of declarations: not the layers that they were merged from. */
export function plainFields(fields: Fields): Fields {
  const plain = new Map<string, Declared>();
  for (const [key, { value, source, byDefault }] of fields)
    plain.set(key, byDefault === true ? { value, source, byDefault } : { value, source });
  return plain;
}

export function withoutField(fields: Fields, key: string): Fields {
  const rest = new Map(fields);
  rest.delete(key);
  return rest;
}
