import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import type { Outcome } from '../../model/outcome.ts';
import { makeStep } from '../fixtures/make-plan.ts';
import { failedSection, unknownSection } from './apply-failures.ts';

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

it.each([
  ['interrupted', 'The test was requested and goes on in the service.'],
  ['time-out', 'Sent, and not read back.'],
])('does not doubt what was sent before a run was %s', (reason, message) => {
  const step = makeStep('mailbox:queue/A', 'edit');
  const hint = 'Run again: it goes on from what is there.';
  const outcome: Outcome = {
    step: step.id,
    kind: 'unknown',
    already: false,
    reason,
    message,
    hint,
    results: null,
  };
  expect(unknownSection([{ step, outcome }], STYLE)).toEqual([
    'Unknown',
    '  edit mailbox:queue/A',
    `      ${message}`,
    `      ${hint}`,
  ]);
});
