/** From what was seen of an environment to a plan, with the wishes of a person. The same for every verb and for the library. */

import { CATALOGUE } from '../catalogue/catalogue.ts';
import { configDigest, sha256 } from '../local/digest.ts';
import { type Address, addressKey, textPattern } from '../model/address.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.generated.ts';
import type { Clock, History } from '../model/ports.ts';
import * as pipeline from '../pipeline.ts';
import { NO_OPTIONS, type PlanOptions } from '../plan/context.ts';
import { VERSION } from '../version.ts';
import { newRecord } from '../wire.ts';

/** What shapes a plan; nothing does where all lists are empty. */
export interface PlanWishes {
  /** Patterns of resource addresses (`*` is the only wildcard): only these and what they need. */
  readonly target: readonly string[];
  /** Resource addresses of mailboxes, `profile:NAME` for all of a profile, or `failed`: test again. */
  readonly retest: readonly string[];
  /** Resource addresses, or `all`: write secrets again. */
  readonly rotate: readonly string[];
  /** Names of guards whose risk is accepted. */
  readonly allow: readonly string[];
}

export const NO_WISHES: PlanWishes = { target: [], retest: [], rotate: [], allow: [] };

/** Wishes may name mailboxes that the configuration does not. */
export function namesMore({ target, retest, rotate }: PlanWishes): boolean {
  return target.length + retest.length + rotate.length > 0;
}

export interface PlanSeenInput {
  readonly history: History;
  readonly wishes: PlanWishes;
  /** Of the files and of the checks; an error makes the plan one that cannot be applied. */
  readonly diagnostics: readonly Diagnostic[];
  readonly clock: Clock;
  /** Secrets whose reference is another than in a base configuration; none are when absent. */
  readonly referenceChanged?: PlanOptions['referenceChanged'];
}

export function planSeen(seen: pipeline.Seen, input: PlanSeenInput): Plan {
  const { history, wishes, diagnostics, clock, referenceChanged = NO_OPTIONS.referenceChanged } = input;
  return pipeline.plan(seen, {
    catalogue: CATALOGUE,
    history,
    options: { ...planOptions(wishes), referenceChanged },
    diagnostics,
    newRecord: (address) => newRecord(seen.snapshot.organizationId, address),
    digest: sha256,
    configDigest: configDigest(seen.config),
    toolVersion: VERSION,
    timestamp: new Date(clock.now()).toISOString(),
  });
}

function planOptions({ target, retest, rotate, allow }: PlanWishes): Omit<PlanOptions, 'referenceChanged'> {
  return {
    targets: target.map(textPattern),
    retest: retest.length === 0 ? null : (mailbox) => retest.some((wanted) => isRetested(wanted, mailbox)),
    rotate: (address) =>
      rotate.some((wanted) => wanted === 'all' || addressKey(wanted) === addressKey(address)),
    allow: new Set(allow),
  };
}

function isRetested(
  wanted: string,
  { address, serverProfile, failed }: { address: Address; serverProfile: Address | null; failed: boolean },
): boolean {
  if (wanted === 'failed') return failed;
  const key = addressKey(wanted);
  return key === addressKey(address) || (serverProfile !== null && key === addressKey(serverProfile));
}
