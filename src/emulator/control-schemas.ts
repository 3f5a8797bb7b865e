/** Checks the bodies of the control interface: the entries of an organization file, under the same schema. */

import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import schema from '../../schemas/organization.schema.json' with { type: 'json' };

export type ControlBody = 'faults' | 'edits' | 'clock';

const pointers: Readonly<Record<ControlBody, string>> = {
  faults: 'fault',
  edits: 'edit',
  clock: 'clockControl',
};
const schemaId = 'organization.schema.json';

/** Compiles fast, for files that are read once; tests check the schema itself. */
const QUICK = { meta: false, validateSchema: false, inlineRefs: false, code: { optimize: false } };

let compiled: Ajv2020 | undefined;

export function organizationValidator(): ValidateFunction {
  return validator(schemaId);
}

function validator(reference: string): ValidateFunction {
  if (compiled === undefined) {
    compiled = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, ...QUICK });
    addFormats.default(compiled);
    compiled.addSchema(schema, schemaId);
  }
  const found = compiled.getSchema(reference);
  if (found === undefined) throw new Error(`no schema ${reference}`);
  return found;
}

export function controlBodyError(kind: ControlBody, body: unknown): string | null {
  const validate = validator(`${schemaId}#/$defs/${pointers[kind]}`);
  if (validate(body)) return null;
  return (validate.errors ?? [])
    .map((error: ErrorObject) => `${error.instancePath} ${error.message ?? ''}`.trim())
    .join('; ');
}
