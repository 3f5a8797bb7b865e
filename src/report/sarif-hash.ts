/** A short name for equal texts that stays the same over runs and machines. Not for secrets: it is no cryptography. */

/** Two multiplicative hashes over UTF-16 code units, in the manner of FNV-1a, as 16 hexadecimal digits. */
export function hashOf(texts: readonly string[]): string {
  const text = texts.join('\u0000');
  return hash32(text, 0x811c9dc5, 0x01000193) + hash32(text, 0xdeadbeef, 0x9e3779b1);
}

function hash32(text: string, offset: number, factor: number): string {
  let hash = offset;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), factor);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
