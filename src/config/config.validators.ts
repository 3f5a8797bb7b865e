/**
 * The schemas of configuration files, ready to check with. Compiling them is most of what a short command would do,
 * so the built program holds the compiled code instead of this file (.build/bundle.ts). Tests check the schemas
 * themselves.
 */

import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { CATALOGUE } from '../catalogue/catalogue.ts';
import { configSchema } from './config-schema.ts';
import { overlaySchema } from './overlay-schema.ts';

/** Code that is optimized, or repeated for each reference, costs more than it saves on a few files. */
export const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  meta: false,
  validateSchema: false,
  inlineRefs: false,
  code: { optimize: false, source: true, esm: true },
});
formats.default(ajv, ['uuid', 'date-time']);
// A rule looks at e-mail addresses, wherever they stand; the format is for editors.
ajv.addFormat('email', true);

const schema = configSchema(CATALOGUE);
ajv.addSchema(schema, 'base');
ajv.addSchema(overlaySchema(schema), 'overlay');

export const REFERENCES = { base: 'base', overlay: 'overlay' } as const;

export function validator(name: keyof typeof REFERENCES): ValidateFunction {
  const found = ajv.getSchema(REFERENCES[name]);
  if (found === undefined) throw new Error(`There is no schema "${name}"`);
  return found as ValidateFunction;
}
