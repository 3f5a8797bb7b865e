/**
 * How a field of a server profile fits a type or a way of authenticating: required, forbidden, or limited to some
 * values, with the error of the service that a rule saves from. Data for the rules of validation; judges nothing.
 */

import type { Scalar } from '../model/value.ts';

export interface FieldFit {
  /** `limited`: allowed with the values of `only` alone. */
  readonly use: 'required' | 'forbidden' | 'limited';
  readonly only?: readonly Scalar[];
  /** What the service answers otherwise; `null`: no code is documented, it just does not work. */
  readonly code: string | null;
  /** The end of a sentence that begins with the type or the way of authenticating, or with the field. */
  readonly why: string;
}

/** By the key of the field in YAML; a field that is not listed is allowed. */
export type FieldFits = Readonly<Record<string, FieldFit>>;

export function required(code: string | null, why: string): FieldFit {
  return { use: 'required', code, why };
}

export function forbidden(code: string | null, why: string): FieldFit {
  return { use: 'forbidden', code, why };
}

export function only(values: readonly Scalar[], code: string | null, why: string): FieldFit {
  return { use: 'limited', only: values, code, why };
}
