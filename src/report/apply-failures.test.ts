import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import type { Outcome } from '../model/outcome.ts';
import { failedSection } from './apply-failures.ts';
import { makeStep } from './fixtures/make-plan.ts';

const STYLE = { colors: picocolors.createColors(false), width: 80, unicode: true };
const HINT = 'Wait a few minutes, then run again.';

function failed(address: string, message: string) {
  const step = makeStep(address, 'edit');
  const outcome: Outcome = {
    step: step.id,
    kind: 'failed',
    already: false,
    reason: 'refused',
    message,
    hint: HINT,
    results: null,
  };
  return { step, outcome };
}

it('gives advice that several failures share once, and tells what each of them said', () => {
  const settled = [failed('mailbox:queue/A', 'Locked by Ada.'), failed('mailbox:queue/B', 'Locked by Bob.')];
  expect(failedSection(settled, STYLE)).toEqual([
    'Failed',
    '  edit mailbox:queue/A',
    '      Locked by Ada.',
    `      ${HINT}`,
    '  edit mailbox:queue/B',
    '      Locked by Bob.',
  ]);
});
