/** Guards of how much changes. What this run leaves for the next one counts as well: splitting it makes it no smaller. */

import type { PlanStep } from '../../model/plan.generated.ts';
import type { PlanContext } from '../context.ts';
import type { Folding } from '../fold.ts';
import { type Hit, hit } from './guard.ts';

const EDIT_VERBS = [
  'edit',
  'readdress',
  'activate',
  'deactivate',
] as const satisfies readonly PlanStep['verb'][];
const EDITS: ReadonlySet<string> = new Set(EDIT_VERBS);
const CHANGES: ReadonlySet<string> = new Set([...EDIT_VERBS, 'reject', 'delete']);
const FIRST_APPLY = { edits: 50, asDeclaredShare: 0.1 };

export function maxChanges(folding: Folding, { environment }: PlanContext): Hit | null {
  const { share, from } = environment.guards.maxChanges;
  for (const kind of ['mailbox', 'profile'] as const) {
    const own = changedOf(kind, CHANGES, folding);
    if (own.size < from) continue;
    const managed = managedOf(kind, folding).length;
    if (own.size <= managed * share) continue;
    const percent = Math.round((own.size / managed) * 100);
    const limit = Math.round(share * 100);
    return hit(
      own,
      (count) =>
        `Changes ${count} of ${managed} managed resources of kind ${kind} (${percent} %); the limit is ${limit} % from ${from}`,
    );
  }
  return null;
}

/** The first run over an environment that nobody has managed yet deserves a second look. */
export function firstApply(folding: Folding): Hit | null {
  const edited = changedOf('mailbox', EDITS, folding);
  if (edited.size <= FIRST_APPLY.edits) return null;
  const managed = managedOf('mailbox', folding);
  const asDeclared = managed.filter((address) => !edited.has(address)).length;
  if (asDeclared >= managed.length * FIRST_APPLY.asDeclaredShare) return null;
  return hit(
    edited,
    (count) => `Edits ${count} mailboxes of an environment of which almost nothing is as declared`,
  );
}

type Kind = 'mailbox' | 'profile';

/** Addresses of what is changed, now or in a later run. */
function changedOf(
  kind: Kind,
  verbs: ReadonlySet<string>,
  { steps, deferred }: Folding,
): ReadonlySet<string> {
  const changed = [...steps, ...deferred].filter(
    ({ address, verb }) => verbs.has(verb) && address.startsWith(`${kind}:`),
  );
  return new Set(changed.map(({ address }) => address));
}

/** Addresses of what is there and managed. */
function managedOf(kind: Kind, { state }: Folding): readonly string[] {
  return state.resources
    .filter((resource) => resource.kind === kind && resource.actual !== null)
    .map(({ address }) => address);
}
