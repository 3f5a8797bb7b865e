/** Made by `npm run generate` from schemas/validate.schema.json; edit that file. */

import type {Diagnostic} from './diagnostic.ts';

/**
 * What mailboxctl validate found: everything that is wrong with the files of a project, without a network.
 */
export interface Problems {
  /**
   * Another major version is refused.
   */
  readonly format_version: '1.0';
  /**
   * No diagnostic is an error.
   */
  readonly valid: boolean;
  readonly environments: readonly CheckedEnvironment[];
  /**
   * Files that were read, relative to the folder of mailboxctl.yaml.
   */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
export interface CheckedEnvironment {
  readonly name: string;
  /**
   * What its configuration consists of once its overlays are merged.
   */
  readonly items: number;
}
