/** What reports that only look bring: findings of a drift report, alerts of a status. */

import type { Drift, DriftFinding } from '../model/drift.generated.ts';
import type { Status, StatusAlert } from '../model/status.generated.ts';
import { gathered, type Head, type Taken, type Thing } from './taken.ts';

export function takeDrift(file: string, drift: Drift): Taken {
  const { environment, as_of, clean, summary, findings } = drift;
  const state = clean ? 'clean' : 'drift';
  return {
    head: {
      ...{ environment, kind: 'drift', file, as_of, state, guards: [], plan_digest: null },
      review: null,
      numbers: { ...summary, is_new: findings.filter(({ is_new }) => is_new).length },
    },
    contents: gathered(findings.map((finding) => [finding.address, findingThing(finding)])),
    declared: null,
  };
}

/** Why an address is not approved is told with its mailbox: each of them is somebody's decision. */
function findingThing(finding: DriftFinding): Thing {
  const { class: what, subclass, severity, field, desired, actual, message } = finding;
  return {
    ...{ kind: 'drift', what, detail: subclass, severity },
    set: field === null ? [] : [{ field, from: actual, to: desired }],
    message: what === 'approval' ? message : null,
  };
}

export function takeStatus(file: string, status: Status): Taken {
  const { environment, as_of, summary } = status;
  return {
    head: {
      ...{ environment, kind: 'status', file, as_of, state: stateOf(status), guards: [], plan_digest: null },
      review: null,
      numbers: { ...summary },
    },
    contents: gathered(alertsOf(status)),
    declared: null,
  };
}

function stateOf({ summary }: Status): Head['state'] {
  const { failed, stolen, disabled, testing, not_approved, not_tested } = summary;
  if (failed + stolen + disabled > 0) return 'failing';
  return testing + not_approved + not_tested > 0 ? 'waiting' : 'clean';
}

/** Of a mailbox each code once, however often the service says it. */
function* alertsOf({ mailboxes }: Status): Iterable<readonly [string, Thing]> {
  for (const { address, alerts } of mailboxes) {
    const told = alerts.filter(({ level }) => level !== 'information');
    const byCode = new Map(told.map((alert) => [alert.code ?? alert.text, alert]));
    for (const alert of byCode.values()) yield [address, alertThing(alert)];
  }
}

/** The text names the mailbox and the time; where a code says what it is, that is enough. */
function alertThing({ code, text, hint }: StatusAlert): Thing {
  return { kind: 'status', what: 'alert', detail: code, message: code === null ? text : hint };
}
