/** What the service says about the tests that failed in this run: the alerts since then, explained. */

import { SETTINGS_ADDRESS } from '../model/address.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { StateReader } from '../model/ports.ts';
import { ServiceError } from '../model/service-error.ts';
import { NO_MEMBERSHIPS, type Snapshot } from '../model/snapshot.ts';
import type { ReportedAlert } from '../report/apply-report.ts';
import { explainAlert, type WritingWorld } from '../wire.ts';
import { hasFailedTest } from './apply-result.ts';

/** One read for all of them, and none when no test failed. That they cannot be read spoils no report: it is told. */
export async function failedTestAlerts(
  plan: Plan,
  outcomes: readonly Outcome[],
  { reader }: WritingWorld,
  tell: (notice: string) => void,
): Promise<Readonly<Record<string, readonly ReportedAlert[]>>> {
  const failed = new Set(
    outcomes.filter(hasFailedTest).map(({ step }) => step.slice(0, step.lastIndexOf('#'))),
  );
  if (failed.size === 0) return {};
  const snapshot = await readAlerts(reader, tell);
  if (snapshot === null) return {};
  const gap = whyNone(snapshot);
  if (gap !== null) tell(gap);
  const began = Date.parse(plan.as_of);
  const alerts: Record<string, readonly ReportedAlert[]> = {};
  for (const { address, alerts: own } of snapshot.resources) {
    const fresh = own.filter(({ time }) => Date.parse(time) >= began);
    if (failed.has(address) && fresh.length > 0)
      alerts[address] = fresh.map((alert) => ({ ...alert, ...explainAlert(alert) }));
  }
  return alerts;
}

async function readAlerts(reader: StateReader, tell: (notice: string) => void): Promise<Snapshot | null> {
  try {
    return await reader.read({
      kinds: ['profile', 'settings', 'mailbox'],
      alerts: true,
      memberships: NO_MEMBERSHIPS,
    });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    tell(`The alerts of the failed tests could not be read: ${error.message}`);
    return null;
  }
}

/** Why a failed test may have no alert: nobody should look for one that cannot be there. */
function whyNone({ capabilities, resources }: Snapshot): string | null {
  if (capabilities.alerts === false)
    return 'The caller may not read alerts: those of the failed tests are not shown.';
  const settings = resources.find(({ address }) => address === SETTINGS_ADDRESS);
  if (settings?.fields['alerts.errors'] !== false) return null;
  return 'The environment writes no error alerts: failed tests leave none. Set alerts.errors to true in emailSettings.';
}
