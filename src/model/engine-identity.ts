/**
 * Whether a name is one of the service's own identities, under which its engine writes records all the time: SYSTEM,
 * and users whose name begins with `#` (Microsoft support, "Server-side synchronization uses a new admin identity").
 * Neither may be depended on, so that a name only tells who it was, never who it was not.
 */

import { sameText } from './value.ts';

export function isEngineIdentity(name: string): boolean {
  return name.startsWith('#') || sameText(name, 'SYSTEM') || sameText(name, 'INTEGRATION');
}
