/**
 * What has to be looked at after it was written, since an answer of success proves nothing: which lookups show it, and
 * the readings that their answers make. Sends nothing.
 */

import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Address } from '../model/address.ts';
import type { Records, Sending } from '../model/ports.ts';
import { READ_BACK_VERBS } from '../model/read-back-verbs.ts';
import type { Reading } from '../model/snapshot.ts';
import { recordsOf } from './prepare-step.ts';
import { type Proof, proofOf } from './proof.ts';
import type { BatchPart } from './read-batch.ts';
import { lookupsFor, readingsFrom, rowsFound, unknownProfiles } from './reread.ts';

export interface ReadBack {
  readonly lookups: readonly string[];
  /** Nothing where a lookup was not answered: what it left out would look as if it were gone. */
  readonly readings: (answers: readonly (BatchPart | null)[], at: string) => ReadonlyMap<Address, Reading>;
}

const NOTHING: ReadBack = { lookups: [], readings: () => new Map() };

export function readBackOf(catalogue: Catalogue, sendings: readonly Sending[], records: Records): ReadBack {
  const looked = sendings.filter(({ step }) => READ_BACK_VERBS.has(step.verb));
  const newest = looked.at(-1);
  if (newest === undefined) return NOTHING;
  const wanted = Object.fromEntries(
    looked.map(({ step: { address } }) => [address, recordsOf(records, address)]),
  );
  const { profiles, absent } = proofOf(newest.reading);
  const lookups = lookupsFor(catalogue, absent, wanted);
  return {
    lookups: lookups.map(({ path }) => path),
    readings: (answers, at) => {
      const bodies = answers.flatMap((answer) => (answer?.ok === true ? [answer.body] : []));
      if (bodies.length < lookups.length) return new Map();
      const rows = rowsFound(lookups, bodies);
      const readings = new Map(readingsFrom(catalogue, { profiles, absent }, wanted, rows, at));
      for (const { step, reading } of looked) {
        const after = readings.get(step.address);
        if (after !== undefined && !canBeNamed(proofOf(after), proofOf(reading)))
          readings.delete(step.address);
      }
      return readings;
    },
  };
}

/** Whether the profile that a row refers to now has a name here, or had none before either. */
function canBeNamed(after: Proof, before: Proof): boolean {
  const known = unknownProfiles(before.record === null ? [] : [before.record.self], after.profiles);
  const now = unknownProfiles(after.record === null ? [] : [after.record.self], after.profiles);
  return now.every((id) => known.includes(id));
}
