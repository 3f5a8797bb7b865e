/**
 * One request inside the embedded Dataverse, and what answers it. An operation is synchronous, so that the rows it
 * reads and writes are one moment; bodies are read before.
 */

import type { Database } from '../odata/table.ts';
import type { Caller } from '../security/caller.ts';
import type { World } from '../world.ts';

export interface Operation {
  readonly world: World;
  readonly caller: Caller;
  readonly database: Database;
  readonly method: string;
  /** Decoded path segments after /api/data/v9.x/. */
  readonly segments: readonly string[];
  /** Text after "?", still encoded. */
  readonly search: string;
  readonly headers: Headers;
  readonly body: string;
  /** https://host/api/data/v9.2/ */
  readonly origin: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON data, or text where the content type says otherwise. */
  readonly body?: unknown;
  /** The body, written out already. */
  readonly json?: string;
}

export const noContent: Reply = { status: 204 };
