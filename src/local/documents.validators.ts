/** The schemas of saved documents, ready to check with; the built program holds them compiled (.build/bundle.ts). */

import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import apply from '../../schemas/apply.schema.json' with { type: 'json' };
import doctor from '../../schemas/doctor.schema.json' with { type: 'json' };
import drift from '../../schemas/drift.schema.json' with { type: 'json' };
import environments from '../../schemas/environments.schema.json' with { type: 'json' };
import plan from '../../schemas/plan.schema.json' with { type: 'json' };
import report from '../../schemas/report.schema.json' with { type: 'json' };
import status from '../../schemas/status.schema.json' with { type: 'json' };
import validate from '../../schemas/validate.schema.json' with { type: 'json' };
import type { SavedDocuments } from './document.ts';

export const ajv = new Ajv2020({
  strict: false,
  // What a newer minor version adds has to be told from what is wrong.
  allErrors: true,
  validateFormats: false,
  code: { source: true, esm: true },
});
const SCHEMAS = { plan, apply, drift, status, doctor, validate, environments, report };
for (const [name, schema] of Object.entries(SCHEMAS)) ajv.addSchema(schema, name);

export const REFERENCES = {
  plan: 'plan',
  apply: 'apply',
  drift: 'drift',
  status: 'status',
  doctor: 'doctor',
  validate: 'validate',
  environments: 'environments',
  report: 'report',
} as const satisfies Record<keyof SavedDocuments, string>;

export function validator<Name extends keyof SavedDocuments>(
  name: Name,
): ValidateFunction<SavedDocuments[Name]> {
  const found = ajv.getSchema<SavedDocuments[Name]>(REFERENCES[name]);
  if (found === undefined) throw new Error(`There is no schema "${name}"`);
  return found as ValidateFunction<SavedDocuments[Name]>;
}
