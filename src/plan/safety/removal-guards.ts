/** Guards of what is taken out of service, or may not be touched. */

import { parseAddress } from '../../model/address.ts';
import type { PlanStep } from '../../model/plan.generated.ts';
import type { Folding } from '../fold.ts';
import { isDefaultProfile, usersOfProfile } from './around.ts';
import { addressesOf, type Hit, hit } from './guard.ts';

/** Who uses a profile is told by name up to so many. */
const NAMED = 5;

export function deletion(folding: Folding): Hit | null {
  return removal('delete', 'Resources deleted', folding);
}

export function deactivate(folding: Folding): Hit | null {
  return removal('deactivate', 'Resources deactivated', folding);
}

/** The mailboxes that keep a profile which goes, and whether new ones would still get it, belong to the decision. */
function removal(verb: PlanStep['verb'], title: string, folding: Folding): Hit | null {
  const removed = addressesOf(folding.steps.filter((step) => step.verb === verb));
  const uses = removed.filter((address) => address.startsWith('profile:')).map((p) => useOf(p, folding));
  return hit(removed, (count) => [`${title}: ${count}`, ...uses.filter((text) => text !== '')].join('. '));
}

function useOf(profile: string, folding: Folding): string {
  const users = usersOfProfile(profile, folding).toSorted();
  const shown = users.slice(0, NAMED).map((address) => parseAddress(address)?.name ?? address);
  const more = users.length > NAMED ? ` and ${users.length - NAMED} more` : '';
  const used = users.length === 0 ? '' : `used by mailboxes: ${users.length} (${shown.join(', ')}${more})`;
  const byDefault = isDefaultProfile(profile, folding) ? 'the default of new mailboxes' : '';
  const uses = [used, byDefault].filter((text) => text !== '');
  return uses.length === 0 ? '' : `${profile} is still ${uses.join(', and ')}`;
}

export function protectedResource({ steps, state }: Folding): Hit | null {
  const touched = steps.filter(({ address }) => state.get(address)?.resource.isProtected === true);
  return hit(addressesOf(touched), (count) => `Changes resources that the configuration protects: ${count}`);
}
