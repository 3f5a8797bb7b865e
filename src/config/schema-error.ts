/** What the schema's validator found, and what is made of it. */

import type { JsonSchema } from '../catalogue/field.ts';
import type { DiagnosticCode } from '../model/diagnostic.ts';
import type { Path } from './tree.ts';

/** What a file is part of: the base of all environments, or an overlay, in which `null` is a value. */
export type LayerKind = 'base' | 'overlay';

/** One finding of the validator, without its own words. */
export interface SchemaError {
  readonly keyword: string;
  readonly path: Path;
  /** What the keyword says, by name: `additionalProperty`, `missingProperty`, `limit` … */
  readonly params: Readonly<Record<string, unknown>>;
  readonly schema: JsonSchema;
  readonly data: unknown;
  /** The value as written, where it is a plain one. */
  readonly text: string;
}

export interface SchemaMessage {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string | null;
  /** The place is the key, not its value; `key` names one inside the value. */
  readonly at: 'value' | 'key' | { readonly key: string };
}
