/** Test & Enable concerns the directions that use server-side synchronization; with none it does nothing. */

import { DIRECTIONS, SERVER_SIDE_SYNC } from '../catalogue/methods.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { effective } from './effective.ts';
import { type Declarations, found } from './rule.ts';

/** Silent where a method is left open: another rule or the environment decides it. */
export function somethingToTest(declared: Declarations): readonly Diagnostic[] {
  const items = declared.mailboxes.map(({ address, fields, sort }) => ({ address, fields, sort, label: '' }));
  const rules = declared.rules.map(({ name, fields }) => ({ fields, sort: null, label: `rule "${name}": ` }));
  return [...items, ...rules].flatMap((holder) => {
    const wanted = holder.fields.get('testAndEnable');
    if (wanted?.value !== true) return [];
    // The service allows a forward mailbox no outgoing mail, so that one is known without being written.
    const methods = DIRECTIONS.filter(
      (direction) => holder.sort !== 'forward' || direction === 'incoming',
    ).map((direction) => effective(holder, direction, declared)?.value);
    if (methods.some((method) => method === undefined || method === SERVER_SIDE_SYNC)) return [];
    return [
      found('warning', 'nothing-to-test', {
        ...('address' in holder ? { address: holder.address } : {}),
        source: wanted.source,
        message: `${holder.label}testAndEnable is true, but no direction uses server-side-sync; nothing will be tested`,
        hint: 'Write server-side-sync for a direction, or remove testAndEnable.',
      }),
    ];
  });
}
