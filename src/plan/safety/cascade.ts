/** Notice of what follows from one change: tests of a profile's mailboxes, mailboxes that follow the default settings. */

import type { Address } from '../../model/address.ts';
import type { PlanStep } from '../../model/plan.generated.ts';
import type { Folding } from '../fold.ts';
import { type Hit, hit } from './guard.ts';

const NEW_MAILBOXES = 'newMailboxes.';

export function cascade(folding: Folding): Hit | null {
  const tested = testedForProfiles(folding);
  const following = followingSettings(folding);
  const tests = testsOf(following, folding);
  const parts = [
    tested.length === 0 ? '' : `A changed server profile makes tests necessary. Mailboxes: ${tested.length}`,
    following.length === 0
      ? ''
      : `Changed settings of new mailboxes reach those that apply them. Mailboxes: ${following.length}, tests: ${tests}`,
  ];
  return hit([...tested, ...following], () => parts.filter((text) => text !== '').join('. '));
}

function testedForProfiles({ steps }: Folding): readonly string[] {
  const causes = new Set(steps.filter(({ address }) => address.startsWith('profile:')).map(({ id }) => id));
  const tests = steps.filter(
    ({ verb, because }) => verb === 'test' && because.some(({ of }) => of !== undefined && causes.has(of)),
  );
  return [...new Set(tests.map(({ address }) => address))];
}

/** Mailboxes of which a field changes because it stands for a setting that this plan changes; deferred ones too. */
function followingSettings({ steps, deferred, state }: Folding): readonly string[] {
  const changed = new Set(steps.flatMap(changedDefaults));
  if (changed.size === 0) return [];
  const follows = (address: Address, field: string): boolean =>
    changed.has(field) && state.get(address)?.resource.fields.get(field)?.byDefault === true;
  const edited = steps.filter(
    ({ verb, address, set }) => verb === 'edit' && set.some(({ field }) => follows(address, field)),
  );
  // What an edit of the next run sets is not known here: whatever follows the defaults may be among it.
  const waiting = deferred.filter(
    ({ verb, address }) => verb === 'edit' && [...changed].some((field) => follows(address, field)),
  );
  return [...new Set([...edited, ...waiting].map(({ address }) => address))];
}

/** Fields of mailboxes whose default the step changes. */
function changedDefaults({ address, set }: PlanStep): readonly string[] {
  if (!address.startsWith('settings:')) return [];
  return set.flatMap(({ field }) =>
    field.startsWith(NEW_MAILBOXES) ? [field.slice(NEW_MAILBOXES.length)] : [],
  );
}

function testsOf(addresses: readonly string[], { steps, deferred }: Folding): number {
  const following = new Set(addresses);
  const tested = [...steps, ...deferred].filter(
    ({ verb, address }) => verb === 'test' && following.has(address),
  );
  return new Set(tested.map(({ address }) => address)).size;
}
