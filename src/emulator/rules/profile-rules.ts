/**
 * Save rules of server profiles, in the order in which they are asked. What each type allows: Microsoft Learn,
 * "Supported email service configurations for server-side synchronization".
 */

import type { Row } from '../odata/table.ts';
import type { World } from '../world.ts';
import { connectionRules } from './connection-rules.ts';
import { credentialRules } from './credential-rules.ts';
import { checkRules, type SaveRule } from './rule.ts';

export const profileRules: readonly SaveRule[] = [...credentialRules, ...connectionRules];

export function checkProfile(world: World, before: Row | undefined, after: Row, written: Row): void {
  checkRules(profileRules, { world, before, after, written });
}
