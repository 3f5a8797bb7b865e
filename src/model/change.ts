/** The difference between desired and actual of one resource, field by field. */

import type { Value } from './value.ts';

export interface FieldChange {
  /** Key of the field, which is its YAML path. */
  readonly field: string;
  readonly from: Value;
  readonly to: Value;
}
