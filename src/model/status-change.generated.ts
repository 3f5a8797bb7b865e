/** Made by `npm run generate` from schemas/status-change.schema.json; edit that file. */

import type {Value} from './value.ts';

/**
 * One line of `status --watch --format json`: what is different since the look before.
 */
export interface StatusChange {
  /**
   * Service time of the look that saw it.
   */
  readonly time: string;
  readonly environment: string;
  /**
   * Resource address of the mailbox.
   */
  readonly address: string;
  /**
   * Path in a mailbox of the status document, such as tests.incoming; listed: whether the mailbox is in the report at all; alert: a new one.
   */
  readonly field: string;
  readonly from: Value;
  /**
   * Of a new alert its text.
   */
  readonly to: Value;
}
