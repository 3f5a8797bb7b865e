/** What an item needs once overlays are merged. The schema cannot ask for it: an overlay may add or remove it. */

import type { DeclaredResource } from '../model/config.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isAbsent, isLeftAlone } from '../rules/checked.ts';
import type { LayerItems } from './read-items.ts';

export function profilesHaveTypes({ profiles }: Pick<LayerItems, 'profiles'>): readonly Diagnostic[] {
  return profiles.filter(lacksType).map(({ address, source }) => ({
    code: 'missing-key',
    severity: 'error',
    address,
    source,
    message: 'the key "type" is missing',
    hint: 'For example: type: exchange-online',
  }));
}

/** A profile that is to go, or that is left alone here, needs none. */
function lacksType(item: DeclaredResource): boolean {
  return !item.fields.has('type') && !isAbsent(item) && !isLeftAlone(item);
}
