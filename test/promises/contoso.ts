/** The world of most promises: an environment and a configuration whose plan holds every verb. */

import { readFile } from 'node:fs/promises';
import type { WorldOptions } from '../world.ts';

const read = (name: string): Promise<string> => readFile(new URL(`../kill/${name}`, import.meta.url), 'utf8');

export const CONFIG = await read('mailboxctl.yaml');
export const ORGANIZATION = await read('organization.yaml');
export const ENV = { SUPPORT_PASSWORD: 'a-password-of-support' };
export const CONTOSO: WorldOptions = { config: CONFIG, organization: ORGANIZATION, env: ENV };

/** A configuration of an embedded environment with these items. */
export function configOf(items: string): string {
  return `version: 1\nenvironments:\n  local: { url: emulator }\n${items}`;
}

/** An organization with these entries and the clock of the tests. */
export function organizationOf(entries: string): string {
  return `version: 1
organizationId: 7d000000-0000-4000-8000-000000000001
clock: 2026-11-21T09:00:00Z
${entries}`;
}
