/** The schema of snapshot files, ready to check with; the built program holds it compiled (.build/bundle.ts). */

import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schemas/snapshot.schema.json' with { type: 'json' };
import type { SnapshotDocument } from '../model/snapshot.generated.ts';

export const ajv = new Ajv2020({
  strict: false,
  validateFormats: false,
  code: { source: true, esm: true },
});
ajv.addSchema(schema, 'snapshot');

export const REFERENCES = { snapshot: 'snapshot' } as const;

export function validator(name: keyof typeof REFERENCES): ValidateFunction<SnapshotDocument> {
  const found = ajv.getSchema<SnapshotDocument>(REFERENCES[name]);
  if (found === undefined) throw new Error(`There is no schema "${name}"`);
  return found as ValidateFunction<SnapshotDocument>;
}
