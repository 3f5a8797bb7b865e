/** Ids made from names, in the form of RFC 9562, version 5, so that the same organization file always gives the same rows. */

import { hash } from 'node:crypto';

const namespace = 'embedded-dataverse';

export function uuidFrom(...names: readonly string[]): string {
  const hex = hash('sha1', `${namespace}\n${names.join('\n')}`.normalize('NFC'), 'hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3];
  // Joined, not concatenated: a hundred thousand ids are kept, and a joined string is one piece.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
