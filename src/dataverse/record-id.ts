/**
 * Ids of records that we create. They follow from organization and address, so that a creation that is tried again
 * meets the record of the first attempt instead of making another one.
 */

import { createHash } from 'node:crypto';
import { type Address, addressKey, kindOf } from '../model/address.ts';
import type { RecordRef } from '../model/snapshot.ts';

const TABLES = { profile: 'emailserverprofile', mailbox: 'mailbox' } as const;

/** The record that a creation of this resource makes. Settings are always there and cannot be created. */
export function newRecord(organizationId: string, address: Address): RecordRef {
  const kind = kindOf(address);
  if (kind === 'settings') throw new TypeError('The e-mail settings are not created');
  const id = nameUuid(organizationId, addressKey(address).normalize('NFC'));
  return { role: 'self', table: TABLES[kind], id, new: true };
}

/** UUID version 5 (RFC 9562, 5.5): SHA-1 of namespace and name. */
export function nameUuid(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8');
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
