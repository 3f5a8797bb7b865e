/** What an earlier report adds to this one: which findings are new, and since when the others have been there. */

import type { Drift, DriftFinding } from '../model/drift.generated.ts';

/** Where the service does not tell since when, a finding has been there since the report that saw it first. */
export function sinceBefore(findings: readonly DriftFinding[], previous: Drift | null): DriftFinding[] {
  if (previous === null) return [...findings];
  const known = new Map(previous.findings.map((finding) => [identityOf(finding), finding]));
  return findings.map((finding) => {
    const before = known.get(identityOf(finding));
    if (before === undefined) return { ...finding, is_new: true };
    return { ...finding, since: finding.since ?? before.since ?? previous.as_of };
  });
}

/** The same difference, whatever the values are: `actual` may have become another wrong one. */
function identityOf(finding: DriftFinding): string {
  return JSON.stringify([finding.class, finding.subclass, finding.address, finding.field]);
}
