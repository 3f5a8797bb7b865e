/** The schema of plan files, ready to check with; the built program holds it compiled (.build/bundle.ts). */

import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../schemas/plan.schema.json' with { type: 'json' };
import type { Plan } from '../model/plan.generated.ts';

export const ajv = new Ajv2020({
  strict: false,
  validateFormats: false,
  code: { source: true, esm: true },
});
ajv.addSchema(schema, 'plan');

export const REFERENCES = { plan: 'plan' } as const;

export function validator(name: keyof typeof REFERENCES): ValidateFunction<Plan> {
  const found = ajv.getSchema<Plan>(REFERENCES[name]);
  if (found === undefined) throw new Error(`There is no schema "${name}"`);
  return found as ValidateFunction<Plan>;
}
