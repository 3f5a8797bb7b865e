/**
 * The schema of organization files and of the control interface, ready to check with; the built program holds it
 * compiled (.build/bundle.ts). Tests check the schema itself.
 */

import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import schema from '../../schemas/organization.schema.json' with { type: 'json' };

export const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
  inlineRefs: false,
  code: { optimize: false, source: true, esm: true },
});
formats.default(ajv);
ajv.addSchema(schema, 'organization');

export const REFERENCES = {
  organization: 'organization',
  faults: 'organization#/$defs/fault',
  edits: 'organization#/$defs/edit',
  clock: 'organization#/$defs/clockControl',
} as const;

export function validator(name: keyof typeof REFERENCES): ValidateFunction {
  const found = ajv.getSchema(REFERENCES[name]);
  if (found === undefined) throw new Error(`There is no schema "${name}"`);
  return found as ValidateFunction;
}
