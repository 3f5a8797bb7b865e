/** What the service says about the tests that failed in this run: the alerts since then, explained. */

import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.generated.ts';
import { ServiceError } from '../model/service-error.ts';
import { NO_MEMBERSHIPS } from '../model/snapshot.ts';
import type { ReportedAlert } from '../report/apply-report.ts';
import { explain, type WritingWorld } from '../wire.ts';
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
  const resources = await reader
    .read({ kinds: ['profile', 'mailbox'], alerts: true, memberships: NO_MEMBERSHIPS })
    .then(
      (snapshot) => snapshot.resources,
      (error: unknown) => {
        if (!(error instanceof ServiceError)) throw error;
        tell(`The alerts of the failed tests could not be read: ${error.message}`);
        return [];
      },
    );
  const alerts: Record<string, readonly ReportedAlert[]> = {};
  for (const { address, alerts: own } of resources) {
    const fresh = own.filter(({ time }) => time >= plan.as_of);
    if (failed.has(address) && fresh.length > 0)
      alerts[address] = fresh.map((alert) => ({ ...alert, hint: explain(alert.code) }));
  }
  return alerts;
}
