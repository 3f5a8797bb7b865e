/** `syncFromThisOrganizationOnly` takes a mailbox away from every other environment: only on purpose. */

import type { Diagnostic } from '../model/diagnostic.ts';
import { checkedMailboxes } from './checked.ts';
import { isLocalUrl } from './environment-url.ts';
import { type Declarations, found } from './rule.ts';

/**
 * No service code: the service obeys, and the environment that synchronized the mailbox before loses it (Microsoft
 * Learn, "When would I want to use this check box?").
 */
export function primaryOrganizationIsProduction(declared: Declarations): readonly Diagnostic[] {
  const { environment } = declared;
  if (environment === null || environment.purpose === 'production' || isLocalUrl(environment.url)) return [];
  return checkedMailboxes(declared).flatMap(({ address, fields }) => {
    const field = fields.get('syncFromThisOrganizationOnly');
    if (field?.value !== true) return [];
    return [
      found('error', 'primary-org-not-production', {
        address,
        source: field.source,
        message: `syncFromThisOrganizationOnly is true, but environment "${environment.name}" is non-production; it would take the mailbox away from production`,
        hint: `Write it for production alone: in the overlay of "${environment.name}" write syncFromThisOrganizationOnly: null.`,
      }),
    ];
  });
}

/** No service code: the mark travels with the test, so that without one nothing would ever be written. */
export function primaryOrganizationIsTested(declared: Declarations): readonly Diagnostic[] {
  const testedByRule = declared.rules.some(({ fields }) => fields.get('testAndEnable')?.value === true);
  return checkedMailboxes(declared).flatMap(({ address, fields }) => {
    const field = fields.get('syncFromThisOrganizationOnly');
    const tested = fields.get('testAndEnable')?.value ?? (testedByRule ? true : undefined);
    if (field?.value !== true || tested === true) return [];
    return [
      found('error', 'primary-org-needs-test', {
        address,
        source: field.source,
        message:
          'syncFromThisOrganizationOnly is true, but testAndEnable is not; it is written together with a test only',
        hint: 'Write testAndEnable: true beside it.',
      }),
    ];
  });
}
