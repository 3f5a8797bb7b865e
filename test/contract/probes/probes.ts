/** All probes, and the assumptions that no probe can settle, with the reason. */

import { APPROVAL_PROBES } from './approvals.ts';
import { FACT_PROBES } from './facts.ts';
import { OWN_ROW_PROBES } from './own-rows.ts';
import type { Probe } from './probe.ts';
import { TEST_PROBES } from './tests.ts';
import { WIRE_PROBES } from './wire.ts';

export const PROBES: readonly Probe[] = [
  ...APPROVAL_PROBES,
  ...TEST_PROBES,
  ...FACT_PROBES,
  ...OWN_ROW_PROBES,
  ...WIRE_PROBES,
];

export const ONLY_BY_PEOPLE: Readonly<Record<string, string>> = {
  'directory-teams': 'somebody has to join a group of the directory and sign in for the first time',
  'taken-mailbox-is-disabled': 'needs two environments of one tenant and takes a mailbox away from the first',
  'primary-organization-mark': 'the check box is in the admin center, and takes a mailbox away from others',
  'throttled-parts': 'meeting a limit slows the environment down for whoever has the same sign-in',
  'lost-means-unknown': 'the network gives no answer that could settle it',
};
