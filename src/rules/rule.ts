/** What a rule is: one named check of what the files declare. It sees no file, no environment and no service. */

import type { Address } from '../model/address.ts';
import type { DeclaredResource, DeclaredRule, Environment } from '../model/config.ts';
import type { Diagnostic, DiagnosticCode, Severity, Source } from '../model/diagnostic.ts';
import type { Value } from '../model/value.ts';

/** Everything that the files declare for one environment, its overlay merged. */
export interface Declarations {
  /** `null`: no environment is free of errors, so that only what every environment shares can be checked. */
  readonly environment: Environment | null;
  readonly profiles: readonly DeclaredResource[];
  /** One for each file that has `emailSettings`. */
  readonly settings: readonly DeclaredResource[];
  readonly rules: readonly DeclaredRule[];
  readonly mailboxes: readonly DeclaredResource[];
}

export type Rule = (declared: Declarations) => readonly Diagnostic[];

/** A check that looks at what the files declare for all environments at once. */
export type CrossEnvironmentRule = (all: readonly Declarations[]) => readonly Diagnostic[];

export interface RuleSet {
  readonly ofEach: readonly Rule[];
  readonly acrossAll: readonly CrossEnvironmentRule[];
}

export interface Found {
  readonly address?: Address | null;
  readonly source: Source;
  readonly message: string;
  readonly hint: string;
}

export function found(severity: Severity, code: DiagnosticCode, what: Found): Diagnostic {
  const { address = null, source, message, hint } = what;
  return { code, severity, address, source, message, hint };
}

/** The end of a hint: what the service makes of it; `null` where no error of it is documented. */
export function answered(condition: string, code: string | null): string {
  return code === null ? 'It does not work otherwise.' : `${condition} the service answers ${code}.`;
}

/** A value as messages show it: text in quotes, `true` and numbers bare. */
export function quoted(value: Value): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}

/** `config/a.yaml:12`, for the other of two places. */
export function lineOf({ file, line }: Source): string {
  return `${file}:${line}`;
}

/** Whether two values were written at one place: a shorthand sets several fields at once. */
export function samePlace(a: Source, b: Source): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}
