/** Made by `npm run generate` from schemas/environments.schema.json; edit that file. */

/**
 * The declared environments, as the matrix of a job of GitHub Actions: nothing else may stand beside include.
 */
export interface Environments {
  readonly include: readonly EnvironmentEntry[];
}
export interface EnvironmentEntry {
  /**
   * Its name, for --env.
   */
  readonly environment: string;
  readonly purpose: 'production' | 'non-production';
  /**
   * Address, or emulator for the embedded Dataverse.
   */
  readonly url: string;
  /**
   * The one that is declared; null where none is.
   */
  readonly organization_id: string | null;
  readonly approvals: 'apply' | 'hand-off' | 'fail';
}
