/** What refers to a profile that is renamed shows its new name, in plans and in drift. */

import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { makeDrift } from './fixtures/drifts.ts';
import { change, makePlan, makeStep } from './fixtures/make-plan.ts';
import { driftText } from './text/drift-text.ts';
import { changesSection } from './text/plan-changes.ts';

const STYLE = { colors: picocolors.createColors(false), width: 100, unicode: true };
const ONLINE = { ref: 'profile:Exchange Online' };
const HELPDESK = { ref: 'profile:Helpdesk' };
const renaming = change('name', 'Helpdesk', 'Support IMAP');
const EXPECTED = 'serverProfile  Exchange Online → Support IMAP (now Helpdesk)';

it('in a plan', () => {
  const steps = [
    makeStep('profile:helpdesk', 'edit', { set: [renaming] }),
    makeStep('mailbox:queue/A', 'edit', { set: [change('serverProfile', ONLINE, HELPDESK)] }),
    makeStep('mailbox:queue/B', 'edit', { set: [change('serverProfile', HELPDESK, ONLINE)] }),
  ];
  const lines = changesSection(makePlan({ steps }), STYLE);
  expect(lines).toContain(`  ~ mailbox:queue/A  ${EXPECTED}`);
  expect(lines).toContain('  ~ mailbox:queue/B  serverProfile  Helpdesk → Exchange Online');
});

it('of a profile that stays what it is called, as it is', () => {
  const steps = [
    makeStep('profile:Helpdesk', 'create', { set: [change('name', null, 'Helpdesk')] }),
    makeStep('mailbox:queue/A', 'edit', { set: [change('serverProfile', ONLINE, HELPDESK)] }),
  ];
  expect(changesSection(makePlan({ steps }), STYLE)).toContain(
    '  ~ mailbox:queue/A  serverProfile  Exchange Online → Helpdesk',
  );
});

it('in drift', () => {
  const finding = (address: string, field: string, actual: unknown, desired: unknown) =>
    ({
      class: 'configuration',
      subclass: null,
      address,
      field,
      desired,
      actual,
      since: null,
      by: null,
      source: null,
      severity: 'medium',
      message: null,
      is_new: false,
    }) as Parameters<typeof makeDrift>[0][number];
  const text = driftText(
    makeDrift([
      finding('profile:Helpdesk', 'name', 'Helpdesk', 'Support IMAP'),
      finding('mailbox:queue/A', 'serverProfile', ONLINE, HELPDESK),
    ]),
    STYLE,
  );
  expect(text).toContain('serverProfile  is Exchange Online, should be Support IMAP (now Helpdesk)');
});
