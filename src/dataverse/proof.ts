/** What a reading carries from the reader to the writer: rows with their versions. Opaque to everybody between. */

import type { RawRecord, RawRow } from '../catalogue/field.ts';
import type { Reading } from '../model/snapshot.ts';
import { textIn } from './caller.ts';
import type { ProfileIndex } from './profile-index.ts';
import type { AbsentColumns } from './tables.ts';

export interface Proof {
  /** `null`: there is no such row. */
  readonly record: RawRecord | null;
  readonly profiles: ProfileIndex;
  /** Optional columns that the environment does not have: whoever reads the record again leaves them out. */
  readonly absent: AbsentColumns;
}

const PROOFS = new WeakSet<object>();

export function makeProof(proof: Proof): Proof {
  PROOFS.add(proof);
  return proof;
}

/** Only a reading of this process allows a write: one from a file or made up elsewhere has no proof. */
export function proofOf(reading: Reading): Proof {
  const { proof } = reading;
  if (typeof proof === 'object' && proof !== null && PROOFS.has(proof)) return proof as Proof;
  throw new TypeError(`The reading of ${reading.address} was not made by this reader`);
}

/** The version of a row. */
export function etagOf(row: RawRow | null): string | null {
  return textIn(row, '@odata.etag');
}
